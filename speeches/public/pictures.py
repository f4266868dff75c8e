"""Pictures: the files of a meeting's current edition and no others."""

from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest

from speeches.models import MeetingEdition
from speeches.public.pages import PublicView, absence

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
        """Return the file, or 404 where only the caption came along."""
        editions = MeetingEdition.objects.filter(meeting=self.kwargs["pk"])
        edition = editions.current().only("pictures").first()
        if edition is None:
            raise absence(editions)
        try:
            name = edition.pictures[self.kwargs["number"] - 1]["image"]
            content_type = CONTENT_TYPES[PurePosixPath(name).suffix.lower()]
            file = default_storage.open(name)
        except (IndexError, KeyError, FileNotFoundError) as error:
            raise Http404 from error
        response = FileResponse(file, content_type=content_type)
        response["X-Content-Type-Options"] = "nosniff"
        return response
