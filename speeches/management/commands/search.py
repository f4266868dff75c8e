"""`manage.py search`: what readers would find, for scripts and tests."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.http import QueryDict
from django.utils.translation import gettext as _

from speeches.filters import RemarkFilter
from speeches.models import RemarkEdition
from speeches.search.wording import in_words

# The parameters of the lists, each an option of the same name.
OPTIONS = ("district", "theme", "unit", "meeting", "person", "year")
# Editions of one query.
SLICE = 500


class Command(BaseCommand):
    """Prints how many remarks are found, their ids, best first, and the counts of the facets."""

    help = _("检索已发布的发言，打印篇数、编号（按相关程度）和分类篇数。")

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("query", help=_("检索词，写法与网页相同"))
        for name in OPTIONS:
            label = RemarkFilter.base_filters[name].label
            parser.add_argument(f"--{name}", action="append", default=[], help=label)
        parser.add_argument("--json", action="store_true", help=_("打印一行 JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Search and print."""
        params = QueryDict(mutable=True)
        params["q"] = options["query"]
        for name in OPTIONS:
            params.setlist(name, options[name])
        asked = RemarkFilter(params)
        total = asked.total()
        remarks = _remarks(asked.ranked()[0:total])
        if options["json"]:
            facets = {
                facet.name: {c.value: c.count for c in facet.choices if c.count}
                for facet in asked.facets()
            }
            found = {"count": total, "ids": remarks, "facets": facets}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        self.stdout.write(in_words(asked.asked))
        self.stdout.write(_("共%(number)d篇。") % {"number": total})
        for remark in remarks:
            self.stdout.write(str(remark))


def _remarks(editions: list[int]) -> list[int]:
    """Return whose editions these are, in the same order."""
    remarks: dict[int, int] = {}
    for start in range(0, len(editions), SLICE):
        some = RemarkEdition.objects.filter(pk__in=editions[start : start + SLICE])
        remarks.update(some.values_list("pk", "remark_id"))
    return [remarks[pk] for pk in editions]
