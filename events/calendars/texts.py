"""Texts as a calendar file takes them."""

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

from icalendar import vText

LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"All that some reader of calendar files takes for the end of a line."
TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"Signs that turn the direction of what follows; in a title they only deceive."
DROPPED: Final = frozenset({"Cc", "Cs"})
REST: Final = r"[^\s<>\"'()\[\]{}，。；、（）《》“”]"
"What may follow in an address on the web."
ADDRESS: Final = re.compile(r"[^\s\x00-\x1f\x7f,;:\"<>\\]+@[^\s\x00-\x1f\x7f,;:\"<>\\@]+")


class Words(vText):
    r"""A text that keeps ``\N``: the library's own takes a backslash before a capital N for the end of a line."""

    def to_ical(self) -> bytes:
        """Escape backslashes, semicolons, commas and ends of lines."""
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return text.encode()


def clean(text: str, most: int) -> str:
    """Drop what is no text, keep lines and tabulators, and cut what is too long."""
    lines = LINE_ENDS.sub("\n", text)
    kept = "".join(
        sign for sign in lines if sign in "\n\t" or (unicodedata.category(sign) not in DROPPED and sign not in TURNING)
    )
    kept = kept.strip()
    return kept if len(kept) <= most else f"{kept[: most - 1].rstrip()}…"


def _is_kept(sign: str) -> bool:
    return sign in "\n\t" or (unicodedata.category(sign) not in DROPPED and sign not in TURNING)


def one_line(text: str, most: int) -> str:
    """Return a text without ends of lines."""
    return clean(" ".join(LINE_ENDS.sub("\n", text).split()), most)


def without_personal_links(text: str, page: str) -> str:
    """Put the page's address for every other one of the portal: files are passed on, and personal links with them."""
    host = rf"{re.escape(urlsplit(page).hostname or '')}(?![\w-]|\.\w)(?::\d+)?"
    links = rf"https?://(?:[^\s/@]*@)?{host}{REST}*|(?<![\w@.-]){host}[/?#]{REST}*"
    return re.sub(links, lambda _: page, text, flags=re.IGNORECASE)


def checked_page(url: str) -> str:
    """Return the address of a page that everybody gets; one with a query, a fragment or a sign-in is somebody's own."""
    parts = urlsplit(url)
    plain = url.isascii() and url.isprintable() and " " not in url
    if not plain or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("The page's address is a web address.")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("The page's address is the same for everybody: no query, no fragment, no sign-in.")
    return url


def checked_address(email: str) -> str:
    """Return an address of electronic mail that cannot break out of its line."""
    if not ADDRESS.fullmatch(email):
        raise ValueError("Not an address of electronic mail.")
    return email
