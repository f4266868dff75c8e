"""Addresses of one's own account: for everybody who signs in, contributing units included."""

from django.urls import path

from speeches.admin import second_factor

app_name = "account"
urlpatterns = [
    path("", second_factor.account, name="own"),
    path("code/", second_factor.code, name="code"),
    path("set-up/", second_factor.set_up, name="set-up"),
]
