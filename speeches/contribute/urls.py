"""Addresses of the contributing units' pages."""

from django.urls import path

from speeches.contribute.calls import BeginView, CallView, UploadView
from speeches.contribute.contact import ContactView
from speeches.contribute.desk import DeskView
from speeches.contribute.drafts import AutosaveView, DraftView, ThrowAwayView
from speeches.contribute.links import LinkView
from speeches.contribute.submissions import ReviseView, SubmissionView, TakeBackView
from speeches.doors.leaving import SignOutView

app_name = "contribute"
urlpatterns = [
    path("", DeskView.as_view(), name="desk"),
    path("calls/<int:pk>/", CallView.as_view(), name="call"),
    path("calls/<int:pk>/begin/", BeginView.as_view(), name="begin"),
    path("calls/<int:pk>/upload/", UploadView.as_view(), name="upload"),
    path("drafts/<int:pk>/", DraftView.as_view(), name="draft"),
    path("drafts/<int:pk>/autosave/", AutosaveView.as_view(), name="autosave"),
    path("drafts/<int:pk>/delete/", ThrowAwayView.as_view(), name="throw-away"),
    path("submissions/<slug:receipt>/", SubmissionView.as_view(), name="submission"),
    path("submissions/<slug:receipt>/revise/", ReviseView.as_view(), name="revise"),
    path("submissions/<slug:receipt>/take-back/", TakeBackView.as_view(), name="take-back"),
    path("contact/", ContactView.as_view(), name="contact"),
    path("links/<str:token>/", LinkView.as_view(), name="link"),
    path("sign-out/", SignOutView.as_view(next_page="admin:login"), name="sign-out"),
]
