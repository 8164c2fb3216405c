"""People's files must lie where no web server shows them and nobody else on the machine reads them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, default_storage

OTHERS = 0o077


def check_media_root(**_: Any) -> list[CheckMessage]:
    """What is wrong with the folder for files; nothing where they lie in object storage."""
    if not isinstance(default_storage, FileSystemStorage):
        return []
    root = Path(settings.MEDIA_ROOT).resolve()
    errors: list[CheckMessage] = [
        Error(
            f"MEDIA_ROOT {root} and the public folder {public} lie inside each other. / 附件目录不得与静态文件目录重叠。",
            id="files.E001",
        )
        for public in public_folders()
        if root == public or root in public.parents or public in root.parents
    ]
    if not settings.DEMO and root.exists() and root.stat().st_mode & OTHERS:
        errors.append(
            Error(
                f"MEDIA_ROOT {root} can be read by other accounts: chmod 700 {root}. / 附件目录对其他账户可读，请收紧权限。",
                id="files.E002",
            )
        )
    return errors


def public_folders() -> list[Path]:
    """All folders from which a web server gives files out."""
    folders = [entry[1] if isinstance(entry, tuple | list) else entry for entry in settings.STATICFILES_DIRS]
    return [Path(folder).resolve() for folder in [*folders, settings.STATIC_ROOT] if folder]
