"""The first page a contributing unit sees."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView


@method_decorator(never_cache, name="dispatch")
class DeskView(LoginRequiredMixin, TemplateView):
    """Says whose account it is and how remarks reach the newsroom; kept in no cache."""

    template_name = "contribute/desk.html"
