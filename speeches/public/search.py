"""Search: the question box, and what was found, with the words in context.

The page is kept by nobody (`stamped = False`): searches are without number, and any publication
may change any of them.
"""

from functools import partial
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from speeches.filters import RemarkFilter
from speeches.public.describing import Described, described_list
from speeches.public.loosening import Loosening
from speeches.public.names import named, suggested
from speeches.public.pages import PublicPage, PublicView
from speeches.public.remarks import filtered_list
from speeches.public.sorting import RELEVANT, Sorting
from speeches.records import found_rows
from speeches.search.asking import MOST_CHARACTERS
from speeches.search.rephrasing import any_of
from speeches.search.wording import in_words

# Seconds; people type a word, delete a letter, and type it again.
SUGGESTIONS_LAST = 60


class Suggestions(PublicView):
    """Names that what is typed may become, for the script beside the box."""

    stamped = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Return a few names with their kind, hint and address, as JSON."""
        # Longer than any name.
        typed = request.GET.get("q", "").replace("\0", " ")[:MOST_CHARACTERS]
        names = [
            {"name": name.name, "kind": name.kind, "hint": name.hint, "url": name.url}
            for name in suggested(typed)
        ]
        response = JsonResponse({"names": names}, json_dumps_params={"ensure_ascii": False})
        # In the reader's own browser only, which has shown them: what is withdrawn leaves every
        # shared cache at once.
        patch_cache_control(response, private=True, max_age=SUGGESTIONS_LAST)
        return response


class Search(PublicPage):
    """The remarks in which something stands; without a question, how to ask one."""

    stamped = False
    template_name = "public/search.html"
    section = "search"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was understood, and what was found, or where to look instead."""
        sorting = Sorting.asked(self.request.GET, usual=RELEVANT)
        found = RemarkFilter(self.request.GET, sort=sorting.value)
        if not found.params.get("q"):
            return super().get_context_data(
                address=reverse("public:search"),
                described=Described(
                    _("检索"), _("检索已发布的发言：提法、标题、单位、发言人、主题、会议和年份。")
                ),
                **kwargs,
            )
        typed = str(found.params["q"])
        rows = partial(found_rows, asked=found.asked)
        listing = filtered_list(self.request, found, sorting, rows)
        listing["none_chosen"] = urlencode({"q": typed})
        return super().get_context_data(
            **listing,
            **({} if listing["total"] else {"either": either_instead(found)}),
            names=named(typed, found.asked) or ([] if listing["total"] else suggested(typed)),
            typed=typed,
            understood=in_words(found.asked),
            restrictions=[chip for chip in listing["chips"] if chip.facet != "q"],
            described=described_list(
                _("“%(typed)s” - 检索") % {"typed": typed[:MOST_CHARACTERS]},
                _("含“%(typed)s”的发言") % {"typed": typed[:MOST_CHARACTERS]},
                total=listing["total"],
            ),
            noindex=True,
            **kwargs,
        )


def either_instead(found: RemarkFilter) -> Loosening | None:
    """Return the question for any of the words, where all of them together find nothing.

    None where that finds nothing either, or where one word was asked for.
    """
    question = any_of(found.asked)
    if not question:
        return None
    params = found.params.copy()
    params["q"] = question
    wider = RemarkFilter(params)
    return Loosening(question, wider.query, wider.total()) if wider.total() else None
