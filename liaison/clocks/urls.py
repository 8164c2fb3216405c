"""Addresses of the rules of clocks."""

from django.urls import path

from liaison.clocks.views import limits

app_name = "clocks"
urlpatterns = [
    path("limits/", limits.page, name="limits"),
    path("limits/edit/", limits.edit, name="limits-edit"),
    path("limits/history/", limits.history, name="limits-history"),
]
