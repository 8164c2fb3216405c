"""Full-text search that finds Chinese words of two characters through an index: pairs of neighbours, made in Python."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Value

LONGEST_WORD = 64
LAST_POSITION = 16_383
"A tsvector counts no further."

# Han with all its extensions (𠮷 too), 〇 and 々, kana, hangul: scripts that put no space between words.
_UNSPACED = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(f"([{_UNSPACED}]+)|((?:(?![{_UNSPACED}])[^\\W_])+)")


def _normal(text: str) -> str:
    """Full-width letters and digits become half-width, capitals small."""
    return unicodedata.normalize("NFKC", text).lower()


def _lexemes(text: str, *, whole: bool) -> Iterator[tuple[int, str]]:
    """Positions and lexemes; with ``whole`` also the last character of each Chinese run, so that every character begins one."""
    position = 1
    for chinese, word in _RUNS.findall(_normal(text)):
        if word:
            yield position, word[:LONGEST_WORD]
            position += 1
            continue
        for start in range(len(chinese) - 1):
            yield position + start, chinese[start : start + 2]
        if whole or len(chinese) == 1:
            yield position + len(chinese) - 1, chinese[-1]
        position += len(chinese)


def tokens(*texts: str) -> str:
    """The text of a tsvector; separate texts stand apart, so that no phrase spans two of them."""
    found: list[str] = []
    offset = 0
    for text in texts:
        last = 0
        for position, lexeme in _lexemes(text, whole=True):
            found.append(f"'{lexeme}':{min(position + offset, LAST_POSITION)}")
            last = position
        offset += last + 1
    return " ".join(found)


def pairs(*texts: str) -> frozenset[str]:
    """What two texts are compared by: pairs of Chinese neighbours, and words of other scripts."""
    return frozenset(lexeme for text in texts for _position, lexeme in _lexemes(text, whole=False))


def _phrase(chunk: str) -> str:
    """One blank-separated part of what was typed: its lexemes must follow each other as typed."""
    places = list(_lexemes(chunk, whole=False))
    if len(places) == 1 and len(places[0][1]) == 1:
        return f"'{places[0][1]}':*"
    parts: list[str] = []
    for index, (position, lexeme) in enumerate(places):
        gap = f" <{position - places[index - 1][0]}> " if index else ""
        parts.append(f"{gap}'{lexeme}'{':*' if len(lexeme) == 1 else ''}")
    return "".join(parts)


class _Query(SearchQuery):
    """A query whose text is PostgreSQL's own notation already: no parser of the server's touches it."""

    template = "%(expressions)s::tsquery"

    def __init__(self, text: str) -> None:
        super().__init__(Value(text))

    def as_sql(  # type: ignore[override] # SearchQuery's own signature
        self, compiler: Any, connection: Any, function: str | None = None, template: str | None = None
    ) -> Any:
        """Cast instead of calling to_tsquery."""
        return super().as_sql(compiler, connection, function, template or self.template)


def query(text: str) -> SearchQuery:
    """What was typed, as a query: every blank-separated part must occur. Nothing searchable finds nothing."""
    phrases = [f"({phrase})" for chunk in _normal(text).split() if (phrase := _phrase(chunk))]
    return _Query(" & ".join(phrases))


def is_searchable(text: str) -> bool:
    """Whether ``text`` holds anything to search for."""
    return _RUNS.search(_normal(text)) is not None
