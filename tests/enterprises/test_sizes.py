"""The statistical table of 2017, line by line, at each of its limits."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enterprises.enums import Section, Size
from enterprises.sizes import section_of, size_of

# section, code, {measure: (large, medium, small)}: typed from the published table, apart from the product's own copy
TABLE = [
    ("A", "0111", {"revenue": (20000, 500, 50)}),
    ("B", "0610", {"employees": (1000, 300, 20), "revenue": (40000, 2000, 300)}),
    ("C", "3443", {"employees": (1000, 300, 20), "revenue": (40000, 2000, 300)}),
    ("D", "4411", {"employees": (1000, 300, 20), "revenue": (40000, 2000, 300)}),
    ("E", "4710", {"revenue": (80000, 6000, 300), "assets": (80000, 5000, 300)}),
    ("F", "5111", {"employees": (200, 20, 5), "revenue": (40000, 5000, 1000)}),
    ("F", "5211", {"employees": (300, 50, 10), "revenue": (20000, 500, 100)}),
    ("G", "5431", {"employees": (1000, 300, 20), "revenue": (30000, 3000, 200)}),
    ("G", "5910", {"employees": (1000, 300, 20), "revenue": (30000, 3000, 200)}),
    ("G", "5930", {"employees": (200, 100, 20), "revenue": (30000, 1000, 100)}),
    ("G", "6010", {"employees": (1000, 300, 20), "revenue": (30000, 2000, 100)}),
    ("H", "6110", {"employees": (300, 100, 10), "revenue": (10000, 2000, 100)}),
    ("H", "6210", {"employees": (300, 100, 10), "revenue": (10000, 2000, 100)}),
    ("I", "6311", {"employees": (2000, 100, 10), "revenue": (100000, 1000, 100)}),
    ("I", "6421", {"employees": (2000, 100, 10), "revenue": (100000, 1000, 100)}),
    ("I", "6513", {"employees": (300, 100, 10), "revenue": (10000, 1000, 50)}),
    ("K", "7010", {"revenue": (200000, 1000, 100), "assets": (10000, 5000, 2000)}),
    ("K", "7020", {"employees": (1000, 300, 100), "revenue": (5000, 1000, 500)}),
    ("K", "7030", {"employees": (300, 100, 10)}),
    ("L", "7263", {"employees": (300, 100, 10), "assets": (120000, 8000, 100)}),
    ("M", "7310", {"employees": (300, 100, 10)}),
    ("N", "7724", {"employees": (300, 100, 10)}),
    ("O", "8010", {"employees": (300, 100, 10)}),
    ("Q", "8510", {"employees": (300, 100, 10)}),
    ("R", "8810", {"employees": (300, 100, 10)}),
]
STEPS = [(0, Size.LARGE, Size.MEDIUM), (1, Size.MEDIUM, Size.SMALL), (2, Size.SMALL, Size.MICRO)]


@pytest.mark.parametrize(("section", "code", "floors"), TABLE)
@pytest.mark.parametrize(("place", "at", "below"), STEPS)
def test_each_limit(section, code, floors, place, at, below):
    reached = {measure: limits[place] for measure, limits in floors.items()}
    assert size_of(section, code, reached) == at
    for measure in floors:
        assert size_of(section, code, reached | {measure: reached[measure] - 1}) == below


@pytest.mark.parametrize(
    ("section", "code"),
    [
        ("G", "5310"),
        ("J", "6620"),
        ("K", "7040"),
        ("P", "8310"),
        ("Q", "8411"),
        ("S", "9111"),
        ("T", "9700"),
        ("F", ""),
        ("G", ""),
        ("I", ""),
        ("K", "70"),
        ("G", "59"),
    ],
)
def test_what_the_table_does_not_cover_has_no_class(section, code):
    assert size_of(section, code, {"employees": 500, "revenue": 50000, "assets": 50000}) is None


def test_one_figure_of_a_micro_firm_is_enough():
    assert size_of("C", "", {"employees": 19, "revenue": None}) == Size.MICRO
    assert size_of("C", "", {"employees": 500, "revenue": None}) is None


def test_every_line_is_in_the_section_that_the_code_says():
    assert all(section_of(code) == section for section, code, _floors in TABLE)
    assert all(section_of(f"{number:02d}") for number in range(1, 98))
    assert section_of("98") == section_of("00") == ""


figures = st.integers(0, 300_000)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(TABLE),
    figures,
    figures,
    figures,
    st.sampled_from(["employees", "revenue", "assets"]),
    st.integers(1, 100_000),
)
def test_more_never_makes_a_firm_smaller(line, employees, revenue, assets, measure, more):
    section, code, _floors = line
    before = {"employees": employees, "revenue": revenue, "assets": assets}
    order = [Size.MICRO, Size.SMALL, Size.MEDIUM, Size.LARGE]
    assert order.index(size_of(section, code, before | {measure: before[measure] + more})) >= order.index(
        size_of(section, code, before)
    )


def test_all_sections_have_a_rule_or_none():
    assert {section for section, _code, _floors in TABLE} | set("JPST") == set(Section.values)
