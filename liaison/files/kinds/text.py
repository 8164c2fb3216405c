"""Plain text: every byte must be readable, and it must not be a page or a script in disguise."""

import codecs
import re
from pathlib import Path
from typing import Final

from .refused import RefusedError

CHUNK: Final = 1 << 16
CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
ACTIVE: Final = re.compile(
    rb"\s*(<\?|<!|#!|<\s*/?\s*(html|head|body|script|svg|iframe|style|title|a|img|meta|link)\b)", re.IGNORECASE
)
BINARY: Final = (
    b"MZ",
    b"\x7fELF",
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"GIF8",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
)
UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def inspect(source: Path, _target: Path, _extension: str) -> None:
    """Take text in UTF-8 or GB18030, the two that Chinese offices write."""
    with source.open("rb") as stream:
        head = stream.read(1024)
    if head.startswith(UTF_16):
        raise RefusedError("encoding")
    head = head.removeprefix(codecs.BOM_UTF8)
    if head.startswith(BINARY) or ACTIVE.match(head):
        raise RefusedError("content")
    if not (reads_as(source, "utf-8") or reads_as(source, "gb18030")):
        raise RefusedError("encoding")


def reads_as(source: Path, encoding: str) -> bool:
    """Whether the whole file decodes and holds no control characters."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with source.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                if CONTROLS.search(decoder.decode(chunk)):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
