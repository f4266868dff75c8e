"""The newsroom's admin replaces Django's own."""

from importlib import import_module

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
        import_module("speeches.admin.registration")
