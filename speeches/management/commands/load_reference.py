"""`manage.py load_reference`: districts, themes, phrases and roles; safe to run again."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.moderation.phrasing import add_phrases
from speeches.moderation.reference import add_districts, add_themes
from speeches.moderation.roles import grant_roles

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Adds missing districts, themes and phrases, changes none; roles get their permissions."""

    help = _("装入哈尔滨的区县、一套起步主题、几个常用提法和各个角色；可以重复执行。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add the missing rows and say how many."""
        now = timezone.now()
        districts = add_districts(json.loads((DATA / "districts.json").read_text("utf-8")), at=now)
        themes = add_themes(json.loads((DATA / "themes.json").read_text("utf-8")), at=now)
        phrases = add_phrases(json.loads((DATA / "phrases.json").read_text("utf-8")), at=now)
        grant_roles(at=now)
        self.stdout.write(
            _("新增区县 %(districts)d 个、主题 %(themes)d 个、提法 %(phrases)d 个；角色已就绪。")
            % {"districts": districts, "themes": themes, "phrases": phrases}
        )
