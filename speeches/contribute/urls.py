"""Addresses of the contributing units' pages."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from speeches.contribute.desk import DeskView

app_name = "contribute"
urlpatterns = [
    path("", DeskView.as_view(), name="desk"),
    path("sign-out/", LogoutView.as_view(next_page="admin:login"), name="sign-out"),
]
