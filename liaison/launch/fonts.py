"""The fonts of documents: ``.venv/bin/python -I liaison/launch/fonts.py [node_modules] [fonts]``.

Noto Serif SC (SIL Open Font License 1.1) comes as a hundred small parts for browsers; a document needs one file
for each weight. The largest part has the usual characters and their typographic tables; the rarer characters of
the other parts are added to it as they are.
"""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

PACKAGE = "@fontsource/noto-serif-sc"
FAMILY = "Noto Serif SC"
STYLES = {400: "Regular", 700: "Bold"}
REST = "[0-9]*"  # parts by number; those by script hold nothing more for Chinese and Latin but the two below
BY_SCRIPT = ("latin", "latin-ext")
VERTICAL = ("vhea", "vmtx")  # nothing is set from top to bottom, and the added characters would have to be entered here too
NAMES_KEPT = (0, 7, 8, 9, 11, 13, 14)  # copyright, trade mark, makers, licence


def main() -> int:
    """Merge both weights side by side, and put the licence beside them."""
    modules, folder = (Path(part) for part in (sys.argv[1:] or ("node_modules", "fonts")))
    folder.mkdir(exist_ok=True)
    with ProcessPoolExecutor(len(STYLES)) as pool:
        list(pool.map(merge, [modules] * len(STYLES), [folder] * len(STYLES), STYLES))
    shutil.copyfile(modules / PACKAGE / "LICENSE", folder / "OFL.txt")
    return 0


def merge(modules: Path, folder: Path, weight: int) -> None:
    """Write one weight; never half of it under its name."""
    files = modules / PACKAGE / "files"
    ending = f"{weight}-normal.woff"
    merged = opened(files / f"noto-serif-sc-chinese-simplified-{ending}")
    for table in VERTICAL:
        del merged[table]
    parts = [files / f"noto-serif-sc-{script}-{ending}" for script in BY_SCRIPT]
    for part in parts + sorted(files.glob(f"noto-serif-sc-{REST}-{ending}")):
        add(merged, opened(part))
    rename(merged, weight)
    written = folder / f"NotoSerifSC-{STYLES[weight]}.part"
    merged.flavor = None
    merged.save(written)
    written.replace(written.with_suffix(".ttf"))


def opened(part: Path) -> TTFont:
    """Read a part whose outlines stay the bytes they are: that makes it two seconds instead of thirty."""
    return TTFont(part, recalcBBoxes=False, recalcTimestamp=False)


def add(merged: TTFont, part: TTFont) -> None:
    """Enter the characters that are not there yet, under names of their own."""
    known = merged.getBestCmap()
    outlines, widths = merged["glyf"], merged["hmtx"]
    entered: dict[int, str] = {}
    for character, glyph in part.getBestCmap().items():
        outline = part["glyf"].glyphs[glyph]
        if character in known or refers_to_others(outline):
            continue
        entered[character] = name = f"u{character:05X}.added"
        outlines.glyphs[name] = outline
        widths[name] = part["hmtx"][glyph]
    merged.setGlyphOrder([*merged.getGlyphOrder(), *entered.values()])
    outlines.setGlyphOrder(merged.getGlyphOrder())
    for table in merged["cmap"].tables:
        if table.isUnicode():
            table.cmap |= {code: name for code, name in entered.items() if table.format > 4 or code <= 0xFFFF}  # noqa: PLR2004


def refers_to_others(outline: Glyph) -> bool:
    """Whether it is put together from other glyphs of its part: a few accented letters, which documents do not need."""
    return getattr(outline, "data", b"")[:1] >= b"\x80"  # its number of contours is negative; a space has no outline


def rename(merged: TTFont, weight: int) -> None:
    """Say what it is: the parts call themselves by the lightest weight."""
    names, style = merged["name"], STYLES[weight]
    names.names = [record for record in names.names if record.nameID in NAMES_KEPT]
    file_name = f"{FAMILY.replace(' ', '')}-{style}"
    for number, said in {1: FAMILY, 2: style, 3: file_name, 4: f"{FAMILY} {style}", 6: file_name}.items():
        names.setName(said, number, 3, 1, 0x409)
    merged["OS/2"].usWeightClass = weight
    bold = weight > min(STYLES)
    merged["OS/2"].fsSelection = merged["OS/2"].fsSelection & ~0x61 | (0x20 if bold else 0x40)
    merged["head"].macStyle = int(bold)
    if "STAT" in merged:
        del merged["STAT"]


if __name__ == "__main__":
    sys.exit(main())
