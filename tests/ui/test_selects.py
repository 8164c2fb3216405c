"""The select that is drawn at once says the same as Django's."""

from html.parser import HTMLParser

import pytest
from django import forms

from liaison.ui.forms import PlainSelect

CHOICES = [("", "Any"), ("a", "Apples & pears"), ("<b>", '"quoted"'), (3, "three")]


class Read(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, sorted(attrs, key=str)))

    def handle_data(self, data):
        if data.strip():
            self.found.append(data.strip())


@pytest.mark.parametrize("value", [None, "", "a", "<b>", "3", "unknown"])
def test_it_is_read_like_djangos(value):
    attrs = {"id": "id_fruit", "class": "form-select", "disabled": True, "hidden": False}

    drawn = [kind(choices=CHOICES, attrs={"data-x": "1"}).render("fruit", value, attrs) for kind in (PlainSelect, forms.Select)]

    assert Read(drawn[0]).found == Read(drawn[1]).found
