"""Addresses of supervision orders and summonses."""

from django.urls import URLPattern

app_name = "inspection"
urlpatterns: list[URLPattern] = []
