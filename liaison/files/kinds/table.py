"""The kinds of file that the portal takes, and the module here that knows each."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, cast

Inspect = Callable[[Path, Path, str], None]
"""Read the first path; raise RefusedError, or leave a cleaned copy at the second path where the kind is re-encoded."""

MODULES: Final = {
    "pdf": "pdf",
    "docx": "office",
    "xlsx": "office",
    "pptx": "office",
    "ofd": "ofd",
    "txt": "text",
    "csv": "text",
    "jpg": "image",
    "jpeg": "image",
    "png": "image",
    "webp": "image",
}


def inspector_of(extension: str) -> Inspect:
    """The check of one kind; only its own parser is loaded, for loading is most of the time that a check takes."""
    return cast("Inspect", import_module(f".{MODULES[extension]}", __package__).inspect)
