"""Square codes: the picture shows the modules, and carries neither style nor script."""

import re
from xml.etree import ElementTree as ET

import pytest
import segno

from liaison.documents.codes import MARGIN, qr_modules, qr_svg

ADDRESS = "https://liaison.example.org/c/2022-1/?名=王"


def drawn(svg):
    """The modules that the picture draws: runs of dark ones, one stroke each."""
    root = ET.fromstring(svg)
    size = int(root.get("width"))
    dark = [[False] * size for _ in range(size)]
    x = y = 0.0
    for command, values in re.findall(r"([Mmh])\s*([-\d. ]+)", root.findall("{*}path")[-1].get("d")):
        numbers = [float(value) for value in values.split()]
        if command == "h":
            dark[int(y)][int(x) : int(x + numbers[0])] = [True] * int(numbers[0])
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if command == "M" else (x + numbers[0], y + numbers[1])
    return [row[MARGIN:-MARGIN] for row in dark[MARGIN:-MARGIN]]


def test_the_modules_are_the_code_of_the_text():
    assert qr_modules(ADDRESS) == [[bool(one) for one in row] for row in segno.make_qr(ADDRESS, error="m").matrix]


def test_the_picture_shows_the_modules():
    assert drawn(qr_svg(ADDRESS)) == qr_modules(ADDRESS)


@pytest.mark.parametrize("forbidden", ["style", "script", "class", "href", "<?xml"])
def test_the_picture_keeps_to_the_portals_policy(forbidden):
    assert forbidden not in qr_svg(ADDRESS)


def test_a_browser_takes_it_for_a_picture():
    assert qr_svg("<&>").startswith('<svg xmlns="http://www.w3.org/2000/svg"')
