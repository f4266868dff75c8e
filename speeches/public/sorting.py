"""Sorting: the orders a list of remarks can be read in, and the one that was asked for."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speeches.filters import RemarkFilter
from speeches.models.editions import RemarkEditionQuerySet
from speeches.search.ranking import Ranked

NEWEST, RELEVANT = "newest", "relevant"
# Value of the parameter -> what readers see. A list's usual order needs no parameter.
ORDERS = {NEWEST: _("新的在前"), "oldest": _("旧的在前"), "unit": _("按单位")}
ORDERS_OF_RESULTS = {RELEVANT: _("按相关程度"), **ORDERS}


@dataclass(frozen=True)
class Order:
    """One order to choose; `query` is the query string of the list in it."""

    label: str
    query: str
    selected: bool


@dataclass(frozen=True)
class Sorting:
    """The order asked for: `value` is "" for the `usual` one, `unknown` what is not understood."""

    value: str
    unknown: str = ""
    usual: str = NEWEST

    @classmethod
    def asked(cls, params: QueryDict, *, usual: str = NEWEST) -> "Sorting":
        """Return the order that the parameter `sort` asks for, the usual one for anything else."""
        value = params.get("sort", "").strip()
        if value in (usual, *ORDERS):
            return cls("" if value == usual else value, usual=usual)
        return cls("", unknown=value[:20], usual=usual)

    @property
    def unknown_in_words(self) -> str:
        """What is not understood, and the order that is taken instead; "" if there is nothing."""
        if not self.unknown:
            return ""
        sentence = (
            gettext("没有“%(order)s”这种次序，以下按相关程度排列。")
            if self.usual == RELEVANT
            else gettext("没有“%(order)s”这种次序，以下新的在前。")
        )
        return sentence % {"order": self.unknown}

    def sort(self, found: RemarkFilter) -> RemarkEditionQuerySet | Ranked:
        """Return the remarks in this order."""
        value = self.value or self.usual
        if value == RELEVANT:
            return found.ranked()
        remarks = found.narrowed()
        if value == "oldest":
            return remarks.oldest_first()
        return remarks.by_unit() if value == "unit" else remarks.newest_first()

    def orders(self, found: RemarkFilter) -> list[Order]:
        """Return every order with the query string that leads to it."""
        offered = ORDERS_OF_RESULTS if self.usual == RELEVANT else ORDERS
        return [
            Order(
                str(label),
                in_order(found, value, usual=self.usual),
                value == (self.value or self.usual),
            )
            for value, label in offered.items()
        ]


def in_order(found: RemarkFilter, value: str, *, usual: str = NEWEST) -> str:
    """Return the query string of these remarks in an order; the usual one is not named."""
    params = QueryDict(found.query, mutable=True)
    params.pop("sort", None)
    if value != usual:
        params["sort"] = value
    return params.urlencode()
