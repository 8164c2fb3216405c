"""The fonts that installation makes: two weights under their own names, with the licence beside them."""

from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

LACKING = "劐阢坶塥蒈蓰猸弪艴骣桊轷戤赇牿犋毪胲脶膪憝铴镩稆瘭耠耢耥蟓筢蹯鲰齄"
"Of GB/T 2312 in @fontsource/noto-serif-sc 5.3.0."
FONTS = Path(settings.FONT_DIRS[0])


@pytest.mark.parametrize(("style", "weight"), [("Regular", 400), ("Bold", 700)])
def test_a_weight_is_one_file_under_its_name(style, weight):
    font = TTFont(FONTS / f"NotoSerifSC-{style}.ttf", lazy=True)

    assert [font["name"].getDebugName(number) for number in (1, 2, 6)] == ["Noto Serif SC", style, f"NotoSerifSC-{style}"]
    assert font["OS/2"].usWeightClass == weight
    assert len(font.getBestCmap()) > 13_000


def test_the_national_standard_is_there_but_for_what_the_makers_parts_lack():
    known = TTFont(FONTS / "NotoSerifSC-Regular.ttf", lazy=True).getBestCmap()
    han = [bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]

    assert "".join(one for one in han if one and ord(one) not in known) == LACKING


def test_the_licence_lies_beside_them():
    assert "SIL Open Font License" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
