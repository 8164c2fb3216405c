"""The one entrance for files: nothing that people send is kept unless it came through here."""

import hashlib
import json
import logging
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile

from liaison.files.names import clean_name, extension_of
from liaison.files.refusals import FileRefused

logger = logging.getLogger(__name__)

LARGEST: Final = 20 * 1024 * 1024
LONGEST_CHECK: Final = 10.0
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
ADVICE: Final = {
    **dict.fromkeys(("zip", "rar", "7z", "gz", "tar", "bz2", "xz"), "archive"),
    **dict.fromkeys(("doc", "xls", "ppt", "wps", "et", "dps", "rtf"), "legacy"),
    **dict.fromkeys(("docm", "xlsm", "pptm", "dotm", "xltm", "potm", "xlsb"), "active"),
    **dict.fromkeys(("heic", "heif", "avif", "tif", "tiff", "bmp"), "heic"),
    "gif": "moving",
}
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class CheckedFile:
    """A file that was found harmless, with what is known about it; none of it is the sender's word."""

    name: str
    content: "File[bytes]"
    media_type: str
    size: int
    sha256: str


def accept_upload(upload: "UploadedFile[bytes]", *, seconds: float = LONGEST_CHECK) -> CheckedFile:
    """Take the file, or raise FileRefused with the reason; pictures come back written anew."""
    name = clean_name(upload.name or "")
    extension = extension_of(name)
    if extension not in MEDIA_TYPES:
        raise FileRefused(ADVICE.get(extension, "kind"), name)
    if upload.size is None or upload.size > LARGEST:
        raise FileRefused("too_large", name)
    with tempfile.TemporaryDirectory(prefix="liaison-check-") as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        copy_bounded(upload, source, name)
        inspect(extension, source, target, name=name, seconds=min(seconds, LONGEST_CHECK))
        return checked(target if target.exists() else source, name, extension)


def copy_bounded(upload: "UploadedFile[bytes]", source: Path, name: str) -> None:
    """Write down what was really sent, whatever size was announced."""
    size = 0
    upload.seek(0)
    with source.open("wb") as stream:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > LARGEST:
                raise FileRefused("too_large", name)
            if size == len(chunk) and chunk.startswith(OLE):
                raise FileRefused("legacy", name)  # also a new format behind a password
            stream.write(chunk)
    if not size:
        raise FileRefused("empty", name)


def inspect(extension: str, source: Path, target: Path, *, name: str, seconds: float) -> None:
    """Let a small process of its own read the file: a parser that crashes or never ends takes nothing with it."""
    command = [sys.executable, "-m", "kinds", extension, str(source), str(target)]
    started = time.monotonic()
    try:
        answer = subprocess.run(  # noqa: S603 - our own module; the extension is from our table, the paths are ours
            command,
            cwd=Path(__file__).parent,  # as "liaison.files.kinds" it would load the whole portal first
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},  # no secret goes in
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=max(seconds, 0.5),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FileRefused("slow", name) from None
    if answer.returncode:
        logger.warning(
            "File check ended with %s after %.1f s: %s", answer.returncode, time.monotonic() - started, answer.stderr[-300:]
        )
        raise FileRefused("slow", name)
    if code := json.loads(answer.stdout)["refused"]:
        raise FileRefused(code, name)


def checked(path: Path, name: str, extension: str) -> CheckedFile:
    """Move the result to a temporary file that goes when nobody holds it."""
    content = tempfile.NamedTemporaryFile(prefix="liaison-file-")  # noqa: SIM115 - the caller reads it
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        shutil.copyfileobj(stream, content)
    size = content.tell()
    content.seek(0)
    return CheckedFile(name, File(content, name=name), MEDIA_TYPES[extension], size, sha256)
