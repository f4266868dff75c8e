"""Pictures: the files of a meeting's current edition and no others."""

from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest

from speeches.models import MeetingEdition
from speeches.public.pages import PublicView, WithdrawnError

# What browsers show as pictures and never run. Anything else is not served.
CONTENT_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


class MeetingPicture(PublicView):
    """One picture, addressed by its number on the page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        """Return the file, or 404 where only the caption came along.

        What a withdrawn meeting showed is gone (410); what it never showed was never there.
        """
        standing = MeetingEdition.objects.filter(meeting=self.kwargs["pk"], superseded_at=None)
        edition = standing.only("pictures", "withdrawn_at").first()
        try:
            name = edition.pictures[self.kwargs["number"] - 1]["image"] if edition else ""
            content_type = CONTENT_TYPES[PurePosixPath(name).suffix.lower()]
            if edition and edition.withdrawn_at:
                raise WithdrawnError(edition.withdrawn_at)
            file = default_storage.open(name)
        except (IndexError, KeyError, FileNotFoundError) as error:
            raise Http404 from error
        response = FileResponse(file, content_type=content_type)
        response["X-Content-Type-Options"] = "nosniff"
        return response
