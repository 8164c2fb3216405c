"""PDF by typst: a template of ours, facts as JSON; the same facts on the same day give the same bytes.

What people typed never is markup: a template reads it with ``json(bytes(sys.inputs.facts))`` as text. PDF/A-2b
embeds the fonts for the archive and makes a character that no font has an error instead of an empty box.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from liaison.documents import typesetter
from liaison.documents.printable import all_printable

TEMPLATES: Final = Path(settings.BASE_DIR) / "templates" / "documents"
NAME: Final = re.compile(r"[a-z][a-z_]*")
STANDARD: Final = "a-2b"
LONGEST: Final = 240
"Seconds; five hundred pages take about six of one processor."
NO_GLYPH: Final = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


class MissingGlyph(ValueError):  # noqa: N818 - it reads as what happened, as Django's Http404 does
    """No font of the portal has this character; the sentence is for the person who made the document."""

    def __init__(self, character: str) -> None:
        self.character = character
        code = " ".join(f"U+{ord(one):04X}" for one in character)
        sentence = _(
            "The fonts of this portal do not have the character “%(character)s” (%(code)s), so the document was not made. "
            "Write it another way, or ask the administrator for a font that has it."
        )
        super().__init__(sentence % {"character": character, "code": code})


def render_pdf(template: str, facts: Mapping[str, Any], *, dated: datetime) -> bytes:
    """The document ``templates/documents/<template>.typ``; ``dated`` is written into it as the time it was made."""
    return _render(template, facts, dated=dated, format="pdf", pdf_standards=STANDARD)


def render_long_pdf(template: str, facts: Mapping[str, Any], *, dated: datetime) -> bytes:
    """The same bytes as render_pdf, set in a process of its own: hundreds of pages leave nothing in the memory of this one."""
    order = {
        "template": _path_of(template),
        "root": str(TEMPLATES),
        "fonts": [str(folder) for folder in settings.FONT_DIRS],
        "facts": _written(facts),
        "dated": _fixed(dated).isoformat(),
        "standard": STANDARD,
    }
    done = subprocess.run(  # noqa: S603 - our own file; what people typed goes in as JSON
        [sys.executable, "-I", typesetter.__file__],
        input=json.dumps(order).encode(),
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},  # no secret goes in
        capture_output=True,
        timeout=LONGEST,
        check=False,
    )
    if done.returncode:
        raise _refusal_of(done.stderr.decode())
    return done.stdout


def _refusal_of(said: str) -> Exception:
    found = NO_GLYPH.search(said)
    return MissingGlyph(found[1]) if found else RuntimeError(said)


def render_png(template: str, facts: Mapping[str, Any], *, dated: datetime, ppi: int = 96) -> bytes:
    """The first page as a picture: a preview; a document of several pages is refused by typst."""
    return _render(template, facts, dated=dated, format="png", ppi=ppi)


def _render(template: str, facts: Mapping[str, Any], *, dated: datetime, **how: Any) -> bytes:
    compiler = typst.Compiler(
        _path_of(template),
        root=str(TEMPLATES),
        font_paths=_fonts(tuple(settings.FONT_DIRS)),
        ignore_system_fonts=True,
        sys_inputs={"facts": _written(facts)},
    )
    try:
        made = compiler.compile(timestamp=_fixed(dated), **how)
    except typst.TypstError as error:
        if found := NO_GLYPH.search(error.message):
            raise MissingGlyph(found[1]) from error
        raise
    if not isinstance(made, bytes):
        raise TypeError(f"{template} has more than one page")
    return made


def _path_of(template: str) -> str:
    if not NAME.fullmatch(template):
        raise ValueError(f"Not the name of a document template: {template!r}")
    return str(TEMPLATES / f"{template}.typ")


def _written(facts: Mapping[str, Any]) -> str:
    return json.dumps(all_printable(facts), ensure_ascii=False)


def _fixed(moment: datetime) -> datetime:
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("The date of a document must have a time zone")
    return moment.astimezone(timezone(offset)).replace(microsecond=0)


@lru_cache(maxsize=2)
def _fonts(folders: tuple[str, ...]) -> typst.Fonts:
    """Looked through once in a process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
