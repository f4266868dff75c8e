"""How the newsroom reaches whoever writes for the unit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from speeches.contribute.door import OfTheUnit
from speeches.contribute.forms import ContactForm
from speeches.doors.acting import attempt
from speeches.models import ContactDetails
from speeches.moderation.corresponding import keep_contact


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ContactView(OfTheUnit, View):
    """Contact details of the account; they stand in no error report."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what is kept."""
        return self._page(request, ContactForm(instance=self._kept()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what was typed."""
        form = ContactForm(request.POST, instance=self._kept())
        if not form.is_valid():
            return self._page(request, form)
        if attempt(request, keep_contact, about=self.contributor, **form.cleaned_data):
            messages.success(request, _("联系方式已保存。"))
        return redirect("contribute:contact")

    def _kept(self) -> ContactDetails | None:
        return ContactDetails.objects.filter(contributor=self.contributor).first()

    def _page(self, request: HttpRequest, form: ContactForm) -> HttpResponse:
        return render(request, "contribute/contact.html", {"form": form, "kept": self._kept()})
