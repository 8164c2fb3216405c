"""What the code at the door carries: which invitation, and our signature; nothing about the person.

``LIAISON:breakfast-2026-12-01:1042.kJ3…:9fX…``: the signature tells a code that was replaced from one that we never made.
"""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import segno
from django.core.signing import Signer
from django.utils.crypto import constant_time_compare
from django.utils.safestring import SafeString, mark_safe

from events.models import Invitation

SIGNATURE_LENGTH: Final = 16
"96 bits: nobody guesses it, and the picture stays coarse enough for a phone."
TEXT: Final = re.compile(
    r"LIAISON:(?P<slug>[-\w]{1,60}):(?P<pk>[0-9]{1,15})\.(?P<code>[A-Za-z0-9]{1,32}):(?P<signature>[-\w]{16})"
)
_signer = Signer(salt="events.door")


@dataclass(frozen=True)
class Code:
    """What a genuine code says."""

    slug: str
    invitation_id: int
    code: str


def code_text(invitation: Invitation) -> str:
    """The text in the picture."""
    head = f"LIAISON:{invitation.occasion.slug}:{invitation.pk}.{invitation.code}"
    return f"{head}:{_signature(head)}"


def tidy_text(text: str) -> str:
    """What a scanner that types through a Chinese keyboard meant: full-width signs become plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


def read_code(text: str) -> Code | None:
    """What the text says; None when it is not of our making."""
    tidy = tidy_text(text)
    found = TEXT.fullmatch(tidy)
    if found is None or not constant_time_compare(_signature(tidy.rpartition(":")[0]), found["signature"]):
        return None
    return Code(found["slug"], int(found["pk"]), found["code"])


def code_hash(invitation: Invitation) -> str:
    """How the list on a device knows a code without holding it: who finds the list can make no code."""
    return sha256(code_text(invitation).encode()).hexdigest()


def picture_of(invitation: Invitation, title: str) -> SafeString:
    """The code as a picture for the page: an SVG without styles, on white also where the page is dark."""
    code = segno.make(code_text(invitation), error="m", micro=False)
    drawn = code.svg_inline(border=4, light="#fff", title=title, svgclass="door-code", lineclass=None, omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno, which escapes the title


def _signature(head: str) -> str:
    return _signer.signature(head)[:SIGNATURE_LENGTH]
