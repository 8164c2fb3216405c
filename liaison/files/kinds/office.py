"""Word, Excel and PowerPoint packages: no macros, no controls, nothing loaded from elsewhere, nothing hidden inside."""

import io
import re
import zipfile
from pathlib import Path
from typing import IO, Final

from . import package, xml
from .refused import RefusedError

MAIN: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
ACTIVE_TYPES: Final = re.compile(r"macroenabled|macrosheet|vbaproject|vbadata|activex|ms-office\.attachedtoolbars", re.IGNORECASE)
ACTIVE_PARTS: Final = re.compile(r"(^|/)(vbaProject|vbaData|attachedToolbars)\.|(^|/)activeX/|(^|/)macrosheets/", re.IGNORECASE)
LINKED_BOOK: Final = ("externalLinkPath", "xlPathMissing", "xlStartup", "xlLibrary")
AWAY: Final = re.compile(
    r"(\w{2,}://(?!/)|//|\\\\|file:/*\\\\|file:/{4,})", re.IGNORECASE
)  # another machine; file:///C:/ is this one
DEEPEST: Final = 1  # a chart carries its own sheet; a sheet in a sheet in a sheet is hiding


def inspect(source: Path, _target: Path, extension: str) -> None:
    """The package and the small sheets that charts bring along."""
    with source.open("rb") as stream:
        check(stream, extension, depth=0)


def check(stream: IO[bytes], extension: str, *, depth: int) -> None:
    """One package, and those embedded in it, one level deep."""
    with package.opened(stream) as document:
        for part, head in package.heads(document):
            check_part(document, part, head, depth)
        types = [attributes for _name, attributes in xml.elements(package.whole(document, "[Content_Types].xml"))]
        said = [attributes.get("ContentType", "") for attributes in types]
        if any(ACTIVE_TYPES.search(kind) for kind in said):
            raise RefusedError("active")
        if MAIN[extension] not in said:
            raise RefusedError("content")


def check_part(document: zipfile.ZipFile, part: zipfile.ZipInfo, head: bytes, depth: int) -> None:
    """One part by its name and its first bytes."""
    name = part.filename
    if ACTIVE_PARTS.search(name):
        raise RefusedError("active")
    if head.startswith(package.OLE):
        raise RefusedError("embedded")
    if head.startswith(package.ZIP):
        check_embedded(document, part, depth)
    if name.endswith(".rels"):
        check_links(package.whole(document, name))
    if "externalLinks/" in name and name.endswith(".xml"):
        check_external_book(package.whole(document, name))


def check_embedded(document: zipfile.ZipFile, part: zipfile.ZipInfo, depth: int) -> None:
    """A package inside a package: only an Office file that passes by itself."""
    extension = part.filename.rpartition(".")[2].lower()
    if depth >= DEEPEST or extension not in MAIN:
        raise RefusedError("embedded")
    check(io.BytesIO(package.whole(document, part.filename)), extension, depth=depth + 1)


def check_links(relations: bytes) -> None:
    """A link that a reader clicks is fine; what the program fetches by itself is not."""
    for name, attributes in xml.elements(relations):
        if name != "Relationship" or attributes.get("TargetMode") != "External":
            continue
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind == "hyperlink" or (kind in LINKED_BOOK and not AWAY.match(attributes.get("Target", ""))):
            continue
        raise RefusedError("external")


def check_external_book(part: bytes) -> None:
    """A link to another workbook is fine, one that starts another program is not."""
    if any(name in {"ddeLink", "oleLink"} for name, _attributes in xml.elements(part)):
        raise RefusedError("active")
