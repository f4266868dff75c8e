"""A call for remarks: its words, and the two ways to begin an answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from speeches.contribute.door import OfTheUnit
from speeches.contribute.forms import FileForm
from speeches.contribute.wanted import time_left, wanted_length
from speeches.doors.acting import now, perform, tell
from speeches.importing import LARGEST, ImportRefused
from speeches.models import Call
from speeches.moderation.refusals import Refused
from speeches.moderation.writing import begin, begin_with_file


class OfACall(OfTheUnit, View):
    """A page of a call that the unit may answer; any other is not there."""

    def call(self, pk: int) -> Call:
        """Return the call."""
        calls = Call.objects.asking(self.contributor.unit).select_related("meeting")
        return get_object_or_404(calls, pk=pk)

    def page(self, request: HttpRequest, call: Call, form: FileForm) -> HttpResponse:
        """Show the call, with the form for a file as it was sent."""
        moment = now()
        context = {
            "call": call,
            "form": form,
            "is_open": call.is_open(moment),
            "time_left": time_left(call, moment),
            "wanted": wanted_length(call),
        }
        return render(request, "contribute/call.html", context)


class CallView(OfACall):
    """What the newsroom asks for."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.page(request, self.call(pk), FileForm())


class BeginView(OfACall):
    """Begins an empty remark."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin it and go to its form."""
        call = self.call(pk)
        try:
            draft = perform(request, begin, call)
        except Refused as refusal:
            tell(request, refusal)
            return redirect("contribute:call", pk)
        return redirect("contribute:draft", draft.pk)


class UploadView(OfACall):
    """Begins a remark with a file."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead back: whoever reloads a refused upload has nothing to send."""
        return redirect("contribute:call", self.call(pk).pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Read the file and go to the form it filled, or say beside the field why not."""
        call = self.call(pk)
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            draft = self._begin(request, call, form)
            if draft is not None:
                return redirect("contribute:draft", draft.pk)
        return self.page(request, call, form)

    def _begin(self, request: HttpRequest, call: Call, form: FileForm) -> Any:
        file = form.cleaned_data["file"]
        # Not even read: a file of that size would fill the memory.
        if file.size > LARGEST:
            form.add_error("file", _("文件超过 20 MB，请删去图片或拆分后上传。"))
            return None
        try:
            return perform(request, begin_with_file, call, data=file.read(), name=file.name)
        except (ImportRefused, Refused) as refusal:
            form.add_error("file", f"{file.name}：{refusal}")
            return None
