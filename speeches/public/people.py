"""People: those that current editions name as speakers, and each person's own page."""

from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from speeches.models import EditionSpeaker, Person, RemarkEdition
from speeches.public.describing import Described, described_list
from speeches.public.pages import PublicPage
from speeches.public.paging import page_of, remark_list, remarks_within
from speeches.public.stories import story


def public_speeches() -> QuerySet[EditionSpeaker]:
    """Return the identified speakers of current editions."""
    return EditionSpeaker.objects.filter(
        person__isnull=False, edition__in=RemarkEdition.objects.current()
    )


class PersonList(PublicPage):
    """People with their latest post as printed, those that speak most first."""

    template_name = "public/person_list.html"
    section = "people"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the people of current editions; a note that tells namesakes apart stays inside."""
        total = public_speeches().aggregate(number=Count("person", distinct=True))["number"]
        paging = page_of(self.request, in_list_order(), total=total)
        return super().get_context_data(
            paging=paging,
            total=total,
            people=paging.entries,
            described=Described(_("发言人"), _("在政协会议上发言的人。")),
            **kwargs,
        )


class PersonDetail(PublicPage):
    """One person: posts as printed on the day, and what they said."""

    template_name = "public/person_detail.html"
    section = "people"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the person and their remarks; 404 for one that no current edition names."""
        speeches = public_speeches().filter(person=OuterRef("pk"))
        person = Person.objects.filter(Exists(speeches), pk=self.kwargs["pk"]).first()
        if person is None:
            raise Http404
        found = remarks_within(person=person.pk)
        listing = remark_list(self.request, found)
        return super().get_context_data(
            **listing,
            story=story(found, "theme"),
            described=described_list(
                person.name,
                _("%(person)s在政协会议上的发言") % {"person": person.name},
                total=listing["total"],
            ),
            person=person,
            posts=posts_as_printed(person),
            **kwargs,
        )


def in_list_order() -> QuerySet[Person]:
    """Order by number of remarks, with that number and the latest post as printed."""
    speeches = public_speeches().filter(person=OuterRef("pk"))
    numbers = (
        speeches.order_by()
        .values("person")
        .annotate(number=Count("edition", distinct=True))
        .values("number")
    )
    latest = speeches.order_by("-edition__date", "-edition")
    return (
        Person.objects.filter(Exists(speeches))
        .annotate(
            remark_count=Subquery(numbers),
            unit_as_printed=Subquery(latest.values("edition__unit_as_printed")[:1]),
            post_as_printed=Subquery(latest.values("edition__post_as_printed")[:1]),
        )
        .order_by("-remark_count", "pk")
    )


def posts_as_printed(person: Person) -> QuerySet[RemarkEdition, Any]:
    """Return unit and post as current editions print them, with the days they cover."""
    return (
        RemarkEdition.objects.current()
        .by(person)
        .exclude(unit_as_printed="", post_as_printed="")
        .order_by()
        .values("unit_as_printed", "post_as_printed")
        .annotate(first=Min("date"), last=Max("date"), number=Count("pk"))
        .order_by("-last", "unit_as_printed", "post_as_printed")
    )
