"""Addresses of the inbox."""

from django.urls import path

from liaison.notifications import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="inbox-read"),
    path("inbox/<int:pk>/", views.open_message, name="inbox-open"),
]
