"""What several tests of the reading site watch."""

from typing import Any

import pytest
from django.template.backends.jinja2 import Template


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates of pages, in the order in which they are rendered."""
    names: list[str] = []
    render = Template.render

    def noted(template: Template, *args: Any, **kwargs: Any) -> str:
        names.append(str(template.template.name))
        return render(template, *args, **kwargs)

    monkeypatch.setattr(Template, "render", noted)
    return names
