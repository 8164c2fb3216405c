"""Components that every page is made of."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, tags, paginator, middleware."""

    name = "liaison.ui"
    label = "ui"
