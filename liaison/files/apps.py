"""Private files: checked by content, served by permission."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Upload checks and permission-checked downloads."""

    name = "liaison.files"
    label = "files"
