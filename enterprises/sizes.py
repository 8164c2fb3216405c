"""Size classes: 统计上大中小微型企业划分办法(2017), 国统字〔2017〕213号, as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from enterprises.enums import Size

DIVISIONS: Final = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60), "H": (61, 62),
    "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79), "O": (80, 82), "P": (83, 83),
    "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
}  # fmt: skip
"First and last division of each section of GB/T 4754-2017."

Measure = str
Floors = tuple[int, int, int]


@dataclass(frozen=True)
class Line:
    """One line of the table: the least figures of large, medium and small; below the last is micro."""

    name: str
    floors: Mapping[Measure, Floors]


AGRICULTURE = Line("农、林、牧、渔业", {"revenue": (20_000, 500, 50)})
INDUSTRY = Line("工业", {"employees": (1_000, 300, 20), "revenue": (40_000, 2_000, 300)})
CONSTRUCTION = Line("建筑业", {"revenue": (80_000, 6_000, 300), "assets": (80_000, 5_000, 300)})
WHOLESALE = Line("批发业", {"employees": (200, 20, 5), "revenue": (40_000, 5_000, 1_000)})
RETAIL = Line("零售业", {"employees": (300, 50, 10), "revenue": (20_000, 500, 100)})
TRANSPORT = Line("交通运输业", {"employees": (1_000, 300, 20), "revenue": (30_000, 3_000, 200)})
STORAGE = Line("仓储业", {"employees": (200, 100, 20), "revenue": (30_000, 1_000, 100)})
POST = Line("邮政业", {"employees": (1_000, 300, 20), "revenue": (30_000, 2_000, 100)})
HOTELS = Line("住宿业", {"employees": (300, 100, 10), "revenue": (10_000, 2_000, 100)})
CATERING = Line("餐饮业", {"employees": (300, 100, 10), "revenue": (10_000, 2_000, 100)})
TELECOM = Line("信息传输业", {"employees": (2_000, 100, 10), "revenue": (100_000, 1_000, 100)})
SOFTWARE = Line("软件和信息技术服务业", {"employees": (300, 100, 10), "revenue": (10_000, 1_000, 50)})
DEVELOPERS = Line("房地产开发经营", {"revenue": (200_000, 1_000, 100), "assets": (10_000, 5_000, 2_000)})
PROPERTY = Line("物业管理", {"employees": (1_000, 300, 100), "revenue": (5_000, 1_000, 500)})
LEASING = Line("租赁和商务服务业", {"employees": (300, 100, 10), "assets": (120_000, 8_000, 100)})
OTHERS = Line("其他未列明行业", {"employees": (300, 100, 10)})

BY_PREFIX: Final[dict[str, Line | None]] = {
    "51": WHOLESALE, "52": RETAIL,
    "53": None,  # railways: outside the table
    "54": TRANSPORT, "55": TRANSPORT, "56": TRANSPORT, "57": TRANSPORT, "58": TRANSPORT,
    "591": TRANSPORT, **dict.fromkeys(("592", "593", "594", "595", "596", "599"), STORAGE), "60": POST,
    "61": HOTELS, "62": CATERING, "63": TELECOM, "64": TELECOM, "65": SOFTWARE,
    "701": DEVELOPERS, "702": PROPERTY, "703": OTHERS, "709": OTHERS,
    "704": None,  # letting one's own houses: outside the table
    "84": None,  # hospitals: outside the table, unlike social work
    "85": OTHERS,
}  # fmt: skip
BY_SECTION: Final[dict[str, Line]] = {
    "A": AGRICULTURE, "B": INDUSTRY, "C": INDUSTRY, "D": INDUSTRY, "E": CONSTRUCTION, "H": HOTELS, "L": LEASING,
    "M": OTHERS, "N": OTHERS, "O": OTHERS, "R": OTHERS,
}  # fmt: skip
"Sections that are one line whatever the code; finance, education and the state are outside the table."


def section_of(industry_code: str) -> str:
    """The section to which a code of two to four digits belongs; blank if to none."""
    division = int(industry_code[:2])
    return next((letter for letter, (first, last) in DIVISIONS.items() if first <= division <= last), "")


def line_of(section: str, industry_code: str) -> Line | None:
    """The line of the table that applies; None if none does or the code is not exact enough to tell."""
    for length in (3, 2):
        prefix = industry_code[:length]
        if len(prefix) == length and prefix in BY_PREFIX:
            return BY_PREFIX[prefix]
    return BY_SECTION.get(section)


def size_of(section: str, industry_code: str, figures: Mapping[Measure, int | Decimal | None]) -> Size | None:
    """The size class: every figure must reach the floor of a class; one figure below the last floor makes micro."""
    line = line_of(section, industry_code)
    if line is None:
        return None
    classes = [_class_by(figures.get(measure), floors) for measure, floors in line.floors.items()]
    if Size.MICRO in classes:
        return Size.MICRO
    known = [found for found in classes if found is not None]
    if len(known) < len(classes):
        return None
    return max(known, key=list(Size).index)


def _class_by(figure: int | Decimal | None, floors: Floors) -> Size | None:
    if figure is None:
        return None
    for size, floor in zip(Size, floors, strict=False):
        if figure >= floor:
            return size
    return Size.MICRO
