"""Phrases (提法): what is followed, any phrase that is asked about, several on one picture."""

from typing import Any

from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from speeches.models import Phrase
from speeches.models.phrases import LONGEST_PHRASE
from speeches.public.describing import Described
from speeches.public.pages import PublicPage
from speeches.public.paging import page_of
from speeches.public.phrase_asking import MOST_PHRASES, followed_phrase, sought
from speeches.public.phrase_counts import Sought
from speeches.public.phrase_figures import Line
from speeches.public.subscribing import remark_feeds
from speeches.public.trends import trend
from speeches.search.concordance import AROUND, Order, neighbour_key

PER_PAGE = 50


class PhraseList(PublicPage):
    """The phrases that are followed; with `p`, whatever phrases are asked about."""

    section = "phrases"
    # No act says when the answer to a free question changes, nor when the list's numbers do.
    stamped = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer; a followed phrase that is asked about alone has a page of its own."""
        asked = request.GET.getlist("p")
        self.asked = sought(asked)
        self.typed = any(value.strip() for value in asked)
        self.too_many = len({value.strip() for value in asked} - {""}) > MOST_PHRASES
        if len(self.asked) == 1 and self.asked[0].phrase is not None:
            return HttpResponseRedirect(self.asked[0].url)
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        """Return the template of the list, of one phrase, or of several."""
        if not self.asked:
            return ["public/phrase_list.html"]
        return [
            "public/phrase_detail.html" if len(self.asked) == 1 else "public/phrases_compared.html"
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the list, the one phrase, or the several."""
        limits = {"most": MOST_PHRASES, "longest": LONGEST_PHRASE}
        if not self.asked:
            return super().get_context_data(
                described=Described(
                    _("提法"), _("固定提法在已发布发言中出现的篇数、次数和每一处。")
                ),
                followed=followed(),
                not_understood=self.typed,
                **limits,
                **kwargs,
            )
        if len(self.asked) == 1:
            return super().get_context_data(
                **phrase_context(self.request, self.asked[0]), noindex=True, **limits, **kwargs
            )
        names = "、".join(_("“%(label)s”") % {"label": one.label} for one in self.asked)
        return super().get_context_data(
            address=compared_address(self.asked),
            described=Described(
                _("%(names)s对照") % {"names": names},
                _("几个提法在已发布发言中的使用情况，同一张图上对照。"),
            ),
            noindex=True,
            phrases=[
                (one, compared_address([o for o in self.asked if o != one])) for one in self.asked
            ],
            trend=trend(self.asked),
            months_file=_file("public:phrase-months", self.asked),
            too_many=self.too_many,
            **limits,
            **kwargs,
        )


class PhraseDetail(PublicPage):
    """A phrase that is followed."""

    template_name = "public/phrase_detail.html"
    section = "phrases"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the phrase with its figures and its concordance."""
        phrase = followed_phrase(self.kwargs["pk"])
        if phrase is None:
            raise Http404
        context = phrase_context(self.request, phrase)
        return super().get_context_data(
            **context,
            # The same lines in another order.
            noindex=context["order"] is not Order.DATE,
            most=MOST_PHRASES,
            longest=LONGEST_PHRASE,
            **kwargs,
        )


def followed() -> list[tuple[Phrase, int, int]]:
    """Return the phrases that are followed with their remarks and occurrences: one query."""
    rows = Phrase.objects.in_order().annotate(
        remarks=Count("counts"), occurrences=Sum("counts__occurrences", default=0)
    )
    return [(row, row.remarks, row.occurrences) for row in rows]


def phrase_context(request: HttpRequest, phrase: Sought) -> dict[str, Any]:
    """Return what the page of one phrase shows."""
    order = asked_order(request)
    lines = in_order(phrase.lines, order)
    base = {} if phrase.phrase else {"p": phrase.label}
    query = urlencode({**base, **({} if order is Order.DATE else {"sort": order.value})})
    return {
        "phrase": phrase,
        "described": Described(
            _("“%(label)s”") % {"label": phrase.label},
            _("“%(label)s”在%(remarks)d篇已发布的发言中出现：何时、何处、谁说的，逐处列出。")
            % {"label": phrase.label, "remarks": phrase.remarks},
        ),
        "trend": trend([phrase]),
        "order": order,
        "orders": [
            (label, one is order, _order_address(request.path, base, one))
            for one, label in (
                (Order.DATE, _("按日期")),
                (Order.LEFT, _("按左邻")),
                (Order.RIGHT, _("按右邻")),
            )
        ],
        "around": AROUND,
        "paging": page_of(request, lines, total=len(lines), query=query, per_page=PER_PAGE),
        "concordance_file": _file("public:phrase-concordance", [phrase], order),
        "months_file": _file("public:phrase-months", [phrase]),
        "feeds": remark_feeds(phrase.question) if phrase.remarks else [],
    }


def asked_order(request: HttpRequest) -> Order:
    """Return the order that `sort` asks for; what it does not know is the order by date."""
    value = request.GET.get("sort", "")
    return Order(value) if value in set(Order) else Order.DATE


def in_order(lines: list[Line], order: Order) -> list[Line]:
    """Return the lines in this order; what is alike stays newest first."""
    if order is Order.DATE:
        return lines
    return sorted(lines, key=lambda line: neighbour_key(line.place, order))


def compared_address(phrases: list[Sought]) -> str:
    """Return the address of these phrases together; of one alone, its own page."""
    if len(phrases) == 1:
        return phrases[0].url
    query = urlencode([("p", one.label) for one in phrases])
    return f"{reverse('public:phrase-list')}?{query}"


def _file(name: str, phrases: list[Sought], order: Order = Order.DATE) -> str:
    params = [("p", one.label) for one in phrases]
    if order is not Order.DATE:
        params.append(("sort", order.value))
    return f"{reverse(name)}?{urlencode(params)}"


def _order_address(path: str, base: dict[str, str], order: Order) -> str:
    query = urlencode({**base, **({} if order is Order.DATE else {"sort": order.value})})
    return (f"{path}?{query}" if query else path) + "#concordance"
