"""Addresses of pages that belong to no app."""

from django.urls import path

from liaison.ui import views

urlpatterns = [
    path("", views.home, name="home"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("i18n/setlang/", views.set_language, name="set_language"),
]
