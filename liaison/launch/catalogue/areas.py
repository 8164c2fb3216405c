"""Which catalogue a file's words belong to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

KERNEL = "liaison"
APPS = ("enterprises", "events", "issues", "supervision")
AREAS = (KERNEL, *APPS)
LANGUAGES = ("zh_Hans", "en")
NOTICE_OF = {"enterprise_": "enterprises", "event_": "events", "issue_": "issues", "supervision_": "supervision"}
TEMPLATE_SUFFIXES = {".html", ".txt"}


def area_of(path: Path) -> str:
    """Return the area of a path relative to the repository."""
    first, *rest = path.parts
    if first in APPS:
        return first
    if first == "templates" and rest and rest[0] in APPS:
        return rest[0]
    if first == "templates" and len(rest) > 1 and rest[0] == "notices":
        return next((area for prefix, area in NOTICE_OF.items() if rest[1].startswith(prefix)), KERNEL)
    return KERNEL


def sources(root: Path) -> Iterator[Path]:
    """Yield every Python module and template that may hold words for people."""
    for area in AREAS:
        yield from sorted((root / area).rglob("*.py"))
        yield from sorted(path for path in (root / area).rglob("templates/**/*") if path.suffix in TEMPLATE_SUFFIXES)
    yield from sorted(path for path in (root / "templates").rglob("*") if path.suffix in TEMPLATE_SUFFIXES)


def catalogue(root: Path, area: str, language: str) -> Path:
    """Return the path of an area's catalogue in one language."""
    return root / area / "locale" / language / "LC_MESSAGES" / "django.po"
