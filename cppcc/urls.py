"""Root addresses: the newsroom's admin, and the public site."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include("speeches.admin.second_factor_urls")),
    path("contribute/", include("speeches.contribute.urls")),
    path("feeds/", include("speeches.feeds.urls")),
    path("", include("speeches.public.urls")),
]

handler400 = "cppcc.errors.bad_request"
handler403 = "cppcc.errors.permission_denied"
handler404 = "cppcc.errors.page_not_found"
handler500 = "cppcc.errors.server_error"
