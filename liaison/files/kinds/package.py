"""What every zipped document (Office, OFD) must keep to before anybody unpacks it."""

import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Final

from .refused import RefusedError

MOST_PARTS: Final = 5_000
MOST_UNPACKED: Final = 300 << 20
MOST_READ_AT_ONCE: Final = 8 << 20
RATIO: Final = 200  # a sheet of zeros reaches about 100
SMALL: Final = 1 << 20  # below this no ratio is a bomb
CHUNK: Final = 1 << 18
PROGRAMS: Final = (b"MZ", b"\x7fELF", b"#!")
OLE: Final = b"\xd0\xcf\x11\xe0"
ZIP: Final = b"PK\x03\x04"
ACTIVE_SUFFIXES: Final = {
    *(".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta"),
    *(".jar", ".lnk", ".html", ".htm", ".svg", ".swf", ".chm", ".reg"),
}


def opened(stream: IO[bytes]) -> zipfile.ZipFile:
    """Open the package when its list of parts is sound and within bounds."""
    if stream.read(4) != ZIP:
        raise RefusedError("content")
    stream.seek(0)
    try:
        package = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise RefusedError("damaged") from error
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise RefusedError("bomb")
    if package.comment or len({part.filename.lower() for part in parts}) != len(parts):
        raise RefusedError("damaged")
    check_overlap(parts)
    for part in parts:
        check_part(part)
    return package


def check_overlap(parts: list[zipfile.ZipInfo]) -> None:
    """Parts that share the same bytes are a bomb of the newer sort."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise RefusedError("bomb")
        end = part.header_offset + part.compress_size
    if parts and min(part.header_offset for part in parts) != 0:
        raise RefusedError("content")  # something else stands before the package


def check_part(part: zipfile.ZipInfo) -> None:
    """One line of the list of parts."""
    path = PurePosixPath(part.filename)
    if path.is_absolute() or ".." in path.parts or any(sign in part.filename for sign in ("\\", ":", "\0")):
        raise RefusedError("damaged")
    if stat.S_ISLNK(part.external_attr >> 16):
        raise RefusedError("damaged")
    if part.flag_bits & 0x1:
        raise RefusedError("encrypted")
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise RefusedError("damaged")
    if part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1):
        raise RefusedError("bomb")
    if path.suffix.lower() in ACTIVE_SUFFIXES:
        raise RefusedError("active")


def heads(package: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Unpack every part once, for nothing but its check sum, and give its first bytes."""
    for part in package.infolist():
        try:
            with package.open(part) as stream:
                head = stream.read(1024)
                while stream.read(CHUNK):
                    pass
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
            raise RefusedError("damaged") from error
        if head.startswith(PROGRAMS):
            raise RefusedError("active")
        if part.filename.lower().endswith((".xml", ".rels")) and b"<!DOCTYPE" in head.replace(b"\0", b"").upper():
            raise RefusedError("active")
        yield part, head


def whole(package: zipfile.ZipFile, name: str) -> bytes:
    """A small part's content."""
    try:
        part = package.getinfo(name)
    except KeyError as error:
        raise RefusedError("content") from error
    if part.file_size > MOST_READ_AT_ONCE:
        raise RefusedError("bomb")
    return package.read(part)
