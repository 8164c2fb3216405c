"""What the tests of intake post, and how they read a page's form."""

import io
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

ANSWERS = {
    "title": "申请流动资金贷款续贷",
    "body": "公司流动资金紧张,希望协调银行办理续贷。",
    "category": "01",
    "nature": "help",
    "urgency": "normal",
    "sensitive": "no",
}


def answers(**changes: Any) -> dict[str, Any]:
    return {**ANSWERS, **changes}


def png(name: str = "照片.png", colour: str = "red") -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.new("RGB", (12, 12), colour).save(picture, "PNG")
    return SimpleUploadedFile(name, picture.getvalue(), content_type="image/png")


class _Fields(HTMLParser):
    """The values that a browser would post from the form with this address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.text = action, False, ""
        self.fields: dict[str, Any] = {}

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = values.get("action", "") == self.action and values.get("method") == "post"
        if not self.inside or "name" not in values:
            return
        ticked = values.get("type") not in {"radio", "checkbox"} or "checked" in values
        if tag == "input" and values.get("type") != "file" and ticked:
            self.fields.setdefault(values["name"], []).append(values.get("value", ""))
        if tag == "textarea":
            self.text = values["name"]
            self.fields[self.text] = [""]

    def handle_data(self, data):
        if self.text:
            self.fields[self.text] = [data.removeprefix("\n")]

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.text = ""
        if tag == "form":
            self.inside = False


def form_on(response, action: str) -> dict[str, list[str]]:
    """What the page would post."""
    reader = _Fields(action)
    reader.feed(response.text)
    return reader.fields


def words_of(response) -> str:
    """The page without its tags."""
    main = re.search(r"<main.*?</main>", response.text, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0] if main else response.text)).split())
