"""The newsroom's admin replaces Django's own."""

from importlib import import_module

from django.apps import apps
from django.contrib.admin import site
from django.contrib.admin.apps import AdminConfig


class NewsroomAdminConfig(AdminConfig):
    """Makes `NewsroomAdminSite` the default site and registers the desk's pages with it.

    The pages are registered here and not by the package itself, because naming the site's class
    imports the package while the site is being made.
    """

    default_site = "speeches.admin.site.NewsroomAdminSite"

    def ready(self) -> None:
        """Register every page of the desk."""
        super().ready()
        # django-otp's own page would show secrets of phones, and give them past the acts.
        site.unregister(apps.get_model("otp_totp", "TOTPDevice"))
        import_module("speeches.admin.registration")
        # Its system check is wanted before any request loads the middleware.
        import_module("speeches.admin.second_factor_door")
