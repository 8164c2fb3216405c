"""Reads a page as a strict reader would: what a browser forgives is listed here."""

import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "headers")
ROOT = Path(__file__).parent.parent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wanted: list[tuple[str, str]] = []
        self.found: list[str] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if len(values) != len(attrs):
            self.found.append(f"<{tag}> names an attribute twice: {attrs}")
        if "style" in values or tag == "style" or any(name.startswith("on") for name in values):
            self.found.append(f"<{tag}> has inline style or script")
        if tag == "script" and "src" not in values and values.get("type") != "application/json":
            self.found.append("inline <script>")
        if "id" in values:
            self.ids.append(values["id"])
        self.wanted += [(name, each) for name in REFERRING for each in values.get(name, "").split()]
        if tag == "a" and re.fullmatch(r"#.+", values.get("href", "")):
            self.wanted.append(("href", values["href"][1:]))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.found.append(f"</{tag}> closes {self.open[-1:] or 'nothing'} at line {self.getpos()[0]}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def faults_of(page: str) -> list[str]:
    """Everything that is not in order in the HTML of one page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    found = reader.found + [f"<{tag}> is never closed" for tag in reader.open]
    found += [f"id {each!r} stands twice" for each in sorted({i for i in reader.ids if reader.ids.count(i) > 1})]
    found += [f"{name} points to {each!r}, which is not there" for name, each in reader.wanted if each not in reader.ids]
    if reader.headings.count(1) != 1:
        found.append(f"{reader.headings.count(1)} headings of the first level")
    found += [f"h{a} is followed by h{b}" for a, b in zip(reader.headings, reader.headings[1:], strict=False) if b > a + 1]
    if not re.search(r'<main[^>]* data-page="[a-z0-9-]+"', page):
        found.append("<main> does not name the page")
    if not re.search(r"<title>\s*\S", page):
        found.append("no title")
    return found


def nu_checker() -> list[str] | None:
    """The command of the W3C's own checker, where this machine has it (npm package vnu-jar and Java)."""
    jar = Path(os.environ.get("LIAISON_VNU_JAR", ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"))
    java = shutil.which("java")
    return [java, "-jar", str(jar), "--errors-only", "--format", "text"] if java and jar.exists() else None


def nu_faults(folder: Path) -> str:
    """What the W3C's checker says about the .html files of a folder; empty when it says nothing or is not there."""
    command = nu_checker()
    if command is None:
        return ""
    pages = sorted(str(page) for page in folder.glob("*.html"))
    done = subprocess.run([*command, *pages], capture_output=True, text=True, check=False, timeout=120)
    return done.stderr if done.returncode else ""
