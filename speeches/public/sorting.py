"""Sorting: the orders a list of remarks can be read in, and the one that was asked for."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from speeches.filters import RemarkFilter
from speeches.models.editions import RemarkEditionQuerySet

NEWEST = "newest"
# Value of the parameter -> what readers see. The first one needs no parameter.
ORDERS = {NEWEST: _("新的在前"), "oldest": _("旧的在前"), "unit": _("按单位")}


@dataclass(frozen=True)
class Order:
    """One order to choose; `query` is the query string of the list in it."""

    label: str
    query: str
    selected: bool


@dataclass(frozen=True)
class Sorting:
    """The order asked for: `value` is "" for the usual one, `unknown` what is not understood."""

    value: str
    unknown: str = ""

    @classmethod
    def asked(cls, params: QueryDict) -> "Sorting":
        """Return the order that the parameter `sort` asks for, the usual one for anything else."""
        value = params.get("sort", "").strip()
        if value in ORDERS:
            return cls("" if value == NEWEST else value)
        return cls("", unknown=value[:20])

    def sort(self, remarks: RemarkEditionQuerySet) -> RemarkEditionQuerySet:
        """Return the remarks in this order."""
        if self.value == "oldest":
            return remarks.oldest_first()
        return remarks.by_unit() if self.value == "unit" else remarks.newest_first()

    def orders(self, found: RemarkFilter) -> list[Order]:
        """Return every order with the query string that leads to it."""
        return [
            Order(str(label), in_order(found, value), value == (self.value or NEWEST))
            for value, label in ORDERS.items()
        ]


def in_order(found: RemarkFilter, value: str) -> str:
    """Return the query string of these remarks in an order; the usual one is not named."""
    params = QueryDict(found.query, mutable=True)
    params.pop("sort", None)
    if value != NEWEST:
        params["sort"] = value
    return params.urlencode()
