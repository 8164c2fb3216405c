"""Pictures are decoded and written anew: whatever else hides in the file (place, device, a second format) is gone."""

from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from .refused import RefusedError

MOST_PIXELS: Final = 50_000_000
READ: Final = ("JPEG", "PNG", "WEBP")  # of which JPEG may turn out to be MPO, a photograph with its depth
WRITE: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "jpg": ("JPEG", {"quality": 90}),
    "jpeg": ("JPEG", {"quality": 90}),
    "png": ("PNG", {"compress_level": 3}),
    "webp": ("WEBP", {"quality": 85, "method": 0}),
}
MODES: Final = {
    "JPEG": {"L", "RGB"},
    "PNG": {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"},
    "WEBP": {"RGB", "RGBA"},
}


def inspect(source: Path, target: Path, extension: str) -> None:
    """Write the picture anew in the format of its name, upright and without anything but its pixels."""
    Image.MAX_IMAGE_PIXELS = None  # our own bound stands below and gives its own sentence
    try:
        picture: Image.Image = Image.open(source, formats=READ)
    except UnidentifiedImageError as error:
        raise RefusedError("content") from error
    if picture.width * picture.height > MOST_PIXELS:
        raise RefusedError("pixels")
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        raise RefusedError("moving")
    picture.load()
    encoder, options = WRITE[extension]
    picture = fitted(upright(picture), encoder)
    picture.save(target, encoder, **options)


def upright(picture: Image.Image) -> Image.Image:
    """Turn the picture as its camera noted; a damaged note is no reason to refuse a photograph."""
    try:
        ImageOps.exif_transpose(picture, in_place=True)
    except Exception:  # noqa: BLE001 - the note may be broken in any way
        return picture
    return picture


def fitted(picture: Image.Image, encoder: str) -> Image.Image:
    """Bring the picture to a colour mode that the format can hold, and drop all that is not a pixel."""
    clear = picture.info.get("transparency") if encoder == "PNG" else None
    see_through = picture.has_transparency_data
    if picture.mode not in MODES[encoder]:
        clear = None
        picture = converted(picture, encoder, see_through=see_through)
    picture.info = {} if clear is None else {"transparency": clear}
    return picture


def converted(picture: Image.Image, encoder: str, *, see_through: bool) -> Image.Image:
    """Change the colour mode; JPEG shows white where a picture is see-through."""
    if picture.mode.startswith("I"):
        picture = picture.point(lambda level: level / 256).convert("L")
    if not see_through:
        return picture.convert("L" if picture.mode in {"1", "L"} and encoder == "JPEG" else "RGB")
    picture = picture.convert("RGBA")
    if encoder != "JPEG":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
