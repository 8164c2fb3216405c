"""PDF: readable without a password, with pages, and with nothing in it that runs, opens or carries other files."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from .refused import RefusedError

TAIL: Final = 70_000  # a zip's closing record lies within the last 64 KB
# A quick look at the object as text finds candidates; only those are walked, because walking is slow.
SUSPECT: Final = re.compile(rb"/(JS|JavaScript|Launch|ImportData|GoToE|EmbeddedFiles?|EF|FileAttachment|XFA|RichMedia\w*|F)\b")
ACTIVE_KEYS: Final = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
CARRYING_KEYS: Final = {"/EmbeddedFiles", "/EF"}
ACTIVE_VALUES: Final = {Name.JavaScript, Name.Launch, Name.ImportData, Name.GoToE, Name.RichMedia, Name.RichMediaExecute}
CARRYING_VALUES: Final = {Name.EmbeddedFile, Name.FileAttachment}


def inspect(source: Path, _target: Path, _extension: str) -> None:
    """Keep the bytes as they are, for a seal or signature covers them."""
    check_frame(source)
    try:
        with pikepdf.open(source, suppress_warnings=True) as document:
            if document.is_encrypted:
                raise RefusedError("encrypted")
            if not len(document.pages):
                raise RefusedError("damaged")
            for thing in document.objects:
                check_object(thing)
    except pikepdf.PasswordError as error:
        raise RefusedError("encrypted") from error


def check_frame(source: Path) -> None:
    """It must begin as a PDF, be complete, and not be an archive as well."""
    with source.open("rb") as stream:
        if stream.read(5) != b"%PDF-":
            raise RefusedError("content")
        stream.seek(max(0, source.stat().st_size - TAIL))
        tail = stream.read()
    if b"PK\x05\x06" in tail:
        raise RefusedError("content")
    if b"%%EOF" not in tail[-2048:]:
        raise RefusedError("damaged")


def check_object(thing: Object) -> None:
    """Refuse what runs, what carries files, and a stream whose data lies outside the document."""
    top = thing.stream_dict if isinstance(thing, Stream) else thing
    if not isinstance(top, Dictionary | Array) or not SUSPECT.search(top.unparse(resolved=True)):
        return
    if isinstance(thing, Stream) and "/F" in top:
        raise RefusedError("external")
    for dictionary in dictionaries(top):
        keys, values = set(dictionary.keys()), names(dictionary)
        if keys & ACTIVE_KEYS or values & ACTIVE_VALUES:
            raise RefusedError("active")
        if keys & CARRYING_KEYS or values & CARRYING_VALUES:
            raise RefusedError("embedded")


def names(dictionary: Dictionary) -> set[Object]:
    """The kinds by which a dictionary calls itself."""
    found = (dictionary.get(key) for key in ("/S", "/Type", "/Subtype"))
    return {name for name in found if isinstance(name, Name)}


def dictionaries(top: Object) -> Iterator[Dictionary]:
    """All dictionaries written inside this object; those with a number of their own are looked at on their own."""
    open_things: list[Object] = [top]
    while open_things:
        thing = open_things.pop()
        if isinstance(thing, Dictionary):
            yield thing
        inner = thing.values() if isinstance(thing, Dictionary) else thing
        open_things += [part for part in inner if isinstance(part, Dictionary | Array) and not part.is_indirect]
