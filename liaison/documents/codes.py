"""Square codes (QR) that a telephone reads from paper and from the screen."""

import io
from typing import Final

import segno

MARGIN: Final = 4
"White modules around the code that a reader needs (ISO/IEC 18004)."


def qr_svg(text: str) -> str:
    """The code as a picture without style or script: for ``<img src>`` with ``image/svg+xml`` and for documents."""
    picture = io.BytesIO()
    made(text).save(picture, kind="svg", border=MARGIN, light="#fff", xmldecl=False, svgclass=None, lineclass=None)
    return picture.getvalue().decode()


def qr_modules(text: str) -> list[list[bool]]:
    """The code row by row, dark or light, without margin."""
    return [[bool(module) for module in row] for row in made(text).matrix]


def made(text: str) -> segno.QRCode:
    """A code that survives a stain: 15 of 100 modules may be lost, more where it costs no space."""
    return segno.make_qr(text, error="m")
