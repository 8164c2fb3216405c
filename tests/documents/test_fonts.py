"""The fonts that installation makes: two weights under their own names, with the licence beside them."""

from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

FONTS = Path(settings.FONT_DIRS[0])


@pytest.mark.parametrize(("style", "weight"), [("Regular", 400), ("Bold", 700)])
def test_a_weight_is_one_file_under_its_name(style, weight):
    font = TTFont(FONTS / f"NotoSerifSC-{style}.ttf", lazy=True)

    assert [font["name"].getDebugName(number) for number in (1, 2, 6)] == ["Noto Serif SC", style, f"NotoSerifSC-{style}"]
    assert font["OS/2"].usWeightClass == weight
    assert len(font.getBestCmap()) > 13_000


def test_every_character_of_the_national_standard_is_there():
    known = TTFont(FONTS / "NotoSerifSC-Regular.ttf", lazy=True).getBestCmap()
    han = [bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]

    assert [one for one in han if one and ord(one) not in known] == []


def test_the_licence_lies_beside_them():
    assert "SIL Open Font License" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
