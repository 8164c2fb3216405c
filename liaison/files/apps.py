"""Private files: checked by content, served by permission."""

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Upload checks and permission-checked downloads."""

    name = "liaison.files"
    label = "files"
    verbose_name = _("Files")

    def ready(self) -> None:
        """Refuse to start on a folder that others can read; forget the bytes of a deleted file."""
        from liaison.files import privacy  # noqa: PLC0415
        from liaison.files.models import StoredFile, forget_bytes  # noqa: PLC0415

        checks.register(privacy.check_media_root, checks.Tags.security)
        if not settings.DEMO and (errors := privacy.check_media_root()):
            raise ImproperlyConfigured("\n".join(error.msg for error in errors))
        for model in apps.get_models():
            if issubclass(model, StoredFile):
                post_delete.connect(forget_bytes, sender=model)
