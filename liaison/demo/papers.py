"""A few small attachments, drawn here and sent through the same check as everybody's."""

import io
import random
from collections.abc import Callable
from functools import cache
from typing import Final
from zlib import crc32

from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from liaison.files.checks import CheckedFile, accept_upload

VARIANTS: Final = 3
"Pictures of one sort; the check takes time, so the same bytes serve under several names."
RED, INK, PAPER = (196, 38, 38), (120, 120, 124), (252, 252, 250)
PAGE, PHOTO = (420, 594), (480, 320)


def paper(name: str) -> CheckedFile:
    """A checked file of this name: a photograph, or a scanned page with a seal."""
    extension = name.rpartition(".")[2]
    content, media_type, sha256 = checked_bytes(extension, crc32(name.encode()) % VARIANTS)
    return CheckedFile(name, File(io.BytesIO(content), name=name), media_type, len(content), sha256)


@cache
def checked_bytes(extension: str, variant: int) -> tuple[bytes, str, str]:
    """What the check gave back for one drawing."""
    draw, form = DRAWINGS[extension]
    sent = io.BytesIO()
    draw(random.Random(variant)).save(sent, form)
    checked = accept_upload(SimpleUploadedFile(f"{variant}.{extension}", sent.getvalue()))
    return checked.content.read(), checked.media_type, checked.sha256


def photograph(chance: random.Random) -> Image.Image:
    """Sky, ground and a long building, as a phone would take it."""
    picture = Image.new("RGB", PHOTO, (178 + chance.randrange(30), 200, 220))
    pen = ImageDraw.Draw(picture)
    horizon = 180 + chance.randrange(50)
    pen.rectangle((0, horizon, *PHOTO), fill=(128 + chance.randrange(40), 122, 104))
    left = 40 + chance.randrange(60)
    pen.rectangle((left, horizon - 90, left + 300, horizon + 10), fill=(206, 204, 198), outline=(90, 90, 90))
    for window in range(left + 15, left + 285, 38):
        pen.rectangle((window, horizon - 66, window + 22, horizon - 34), fill=(84, 104, 126))
    return picture


def scanned_page(chance: random.Random) -> Image.Image:
    """Lines of writing and a round red seal."""
    picture = Image.new("RGB", PAGE, PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((120, 44, 300, 60), fill=INK)
    for top in range(96, 470, 22):
        pen.rectangle((48, top, 250 + chance.randrange(125), top + 7), fill=INK)
    x, y = 300, 490
    pen.ellipse((x - 48, y - 48, x + 48, y + 48), outline=RED, width=4)
    pen.regular_polygon((x, y, 16), 3, fill=RED)
    pen.regular_polygon((x, y, 16), 3, rotation=180, fill=RED)
    return picture


DRAWINGS: Final[dict[str, tuple[Callable[[random.Random], Image.Image], str]]] = {
    "png": (photograph, "PNG"),
    "jpg": (photograph, "JPEG"),
    "pdf": (scanned_page, "PDF"),
}
