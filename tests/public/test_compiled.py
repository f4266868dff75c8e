"""The language of the compiled templates: strict, escaping, the same words for both engines."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.templatetags.static import static
from django.urls import reverse, set_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import escape
from pytest_django.fixtures import Settings

from cppcc.compiling import put_out
from cppcc.jinja2 import environment
from speeches.models.addressing import path_to
from speeches.templatetags.reading import approved_html

FOLDER = settings.BASE_DIR / "templates" / "jinja2"
TEMPLATES = sorted(file for file in FOLDER.rglob("*") if file.is_file())
# An interface text is trusted, so it may be nothing but a text that stands in the template.
TEXT = re.compile(r"""(?<!\w)_\((?!"[^"]*"\)|'[^']*'\))""")
# The two places that let HTML through are filters with a reason; these would be more.
UNESCAPED = re.compile(r"\|\s*(?:safe|forceescape|striptags)\b|autoescape|Markup")


def rendered(source: str, **context: Any) -> str:
    return engines["jinja2"].from_string(source).render(context)


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{file.relative_to(FOLDER)}: {match.group()}"
        for file in TEMPLATES
        for match in pattern.finditer(file.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(
    "source", ["{{ nobody }}", "{{ row.nothing }}", "{% if nobody %}{% endif %}"]
)
def test_what_nobody_handed_in_is_an_error_and_no_empty_place(source: str) -> None:
    with pytest.raises(UndefinedError):
        rendered(source, row={})


def test_a_field_is_found_though_dictionaries_have_a_method_of_its_name() -> None:
    assert rendered("{{ row.items }} {{ row.get }}", row={"items": "条", "get": "得"}) == "条 得"
    assert rendered("{{ row.items }}", row=SimpleNamespace(items="条")) == "条"
    assert rendered("{% for k, v in row.items() %}{{ k }}{{ v }}{% endfor %}", row={"a": 1}) == "a1"


def test_values_are_escaped_and_texts_of_the_interface_are_not() -> None:
    hostile = "<b>\"'&"

    assert rendered("{{ value }}", value=hostile) == "&lt;b&gt;&#34;&#39;&amp;"
    assert rendered("{{ value }}", value=approved_html("<b>")) == "<b>"
    assert rendered('{{ _("甲<wbr>乙 100%") }}') == "甲<wbr>乙 100%"
    assert (
        rendered("{% trans name=value %}“{{ name }}”<wbr>100%{% endtrans %}", value="<i>%(name)s")
        == "“&lt;i&gt;%(name)s”<wbr>100%"
    )


def test_texts_and_files_are_known_when_a_template_is_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = '{{ _("会议") }} {% trans %}{{ n }}篇，{{ n }}%{% endtrans %}'
    template = engines["jinja2"].from_string(words + ' {{ static("public/icon.svg") }}')

    monkeypatch.setattr("django.utils.translation._trans.gettext", None)

    assert template.render({"n": 5}) == f"会议 5篇，5% {static('public/icon.svg')}"


def test_with_a_second_language_texts_are_asked_for_with_every_page(settings: Settings) -> None:
    settings.LANGUAGES = [("zh-hans", "简体中文"), ("de", "Deutsch")]
    template = environment(autoescape=True).from_string("{{ _('Monday') }}")

    with override("de"):
        assert template.render() == "Montag"
    with override("zh-hans"):
        assert template.render() == "星期一"


@given(st.text() | st.integers() | st.none() | st.booleans() | st.text().map(SafeString))
def test_values_are_put_out_as_markupsafe_escapes_them(value: Any) -> None:
    assert str(put_out(value)) == str(escape(value))
    assert rendered("{{ value }}", value=value) == str(escape(value))


def test_linked_data_passes_with_its_own_escapes() -> None:
    assert rendered("{{ data|as_linked_data }}", data={"a": "</script>&"}) == (
        '{"a": "\\u003C/script\\u003E\\u0026"}'
    )


def test_interface_texts_stand_in_the_templates() -> None:
    assert found(TEXT) == []
    assert TEXT.search("{{ _(remark.label) }}")


def test_templates_let_nothing_through_unescaped() -> None:
    assert found(UNESCAPED) == []
    assert UNESCAPED.search("{{ text|safe }}")


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(FOLDER)))
def test_every_compiled_template_compiles_and_hides_none_of_the_other_engine(file: Path) -> None:
    name = str(file.relative_to(FOLDER))

    assert engines["jinja2"].get_template(name)
    assert not (settings.BASE_DIR / "templates" / name).exists()


def test_addresses_follow_the_path_under_which_the_site_is_mounted() -> None:
    assert path_to("public:district-detail", "230112") == "/districts/230112/"
    set_script_prefix("/news/")
    try:
        assert path_to("public:home") == reverse("public:home") == "/news/"
    finally:
        set_script_prefix("/")
    assert path_to("public:home") == "/"
