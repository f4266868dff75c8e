"""Search: the question box, and what was found, with the words in context.

The page is kept by nobody (`stamped = False`): searches are without number, and any publication
may change any of them.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
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
from speeches.search.counting import count, countable
from speeches.search.rephrasing import any_of
from speeches.search.wording import in_words

_PROGRAMS = re.compile(r"bot|crawl|spider|slurp|preview|monitor|http|curl|wget|python|java/", re.I)
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


class SearchResponse(TemplateResponse):
    """A page of results that counts its search once the reader has it."""

    counts: Callable[[], None] | None = None

    def close(self) -> None:
        """Count, when the server has sent everything, and let go of what the request held."""
        try:
            if self.counts is not None:
                self.counts()
        finally:
            super().close()


class Search(PublicPage):
    """The remarks in which something stands; without a question, how to ask one."""

    stamped = False
    template_name = "public/search.html"
    response_class = SearchResponse
    section = "search"

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Answer, and have a reader's search counted."""
        response = super().render_to_response(context, **kwargs)
        question = context.get("counted_as", "")
        if question and self.request.method == "GET" and _by_a_reader(self.request):
            assert isinstance(response, SearchResponse)  # noqa: S101 (`response_class`)
            day = timezone.localdate()
            response.counts = partial(count, question, results=context["total"], day=day)
        return response

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
            # Choices, orders and pages are steps of a search that was counted when it began.
            counted_as=countable(found.asked) if _is_fresh(listing, typed) else "",
            restrictions=[chip for chip in listing["chips"] if chip.facet != "q"],
            described=described_list(
                _("“%(typed)s” - 检索") % {"typed": typed[:MOST_CHARACTERS]},
                _("含“%(typed)s”的发言") % {"typed": typed[:MOST_CHARACTERS]},
                total=listing["total"],
            ),
            noindex=True,
            **kwargs,
        )


def _is_fresh(listing: dict[str, Any], typed: str) -> bool:
    paging = listing["paging"]
    return bool(paging.canonical == f"{paging.path}?{urlencode({'q': typed})}")


def _by_a_reader(request: HttpRequest) -> bool:
    """Tell whether a person asked: no program that names itself, no browser that guesses."""
    headers = request.headers
    agent = headers.get("User-Agent", "")
    guessed = "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", ""))
    return bool(agent) and not _PROGRAMS.search(agent) and not guessed


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
