"""Addresses of feeds; the form stands where files have their extension."""

from django.urls import path, register_converter

from speeches.feeds.views import MeetingFeed, RemarkFeed
from speeches.feeds.writing import FORMS


class FormConverter:
    """One of the forms in which feeds are written."""

    regex = "|".join(FORMS)

    def to_python(self, value: str) -> str:
        """Return the form's name as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """Return the form's name as it stands in the address."""
        return value


register_converter(FormConverter, "form")

app_name = "feeds"
urlpatterns = [
    path("remarks.<form:form>", RemarkFeed.as_view(), name="remarks"),
    path("meetings.<form:form>", MeetingFeed.as_view(), name="meetings"),
]
