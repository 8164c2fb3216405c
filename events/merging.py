"""Two editors of the same minutes: what each changed since the text that both began with (TC30)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Part:
    """One paragraph as a form holds it."""

    key: str
    text: str
    publish: bool = False


@dataclass(frozen=True)
class Merged:
    """One paragraph of the merge view."""

    part: Part
    "What the form shows: mine where both changed it."
    theirs: str | None = None
    "The other version, where it differs from what the form shows."
    clash: bool = False
    "Both changed it: a person decides."
    taken_over: bool = False
    "Only the other one changed it."


def merge(base: Sequence[Part], theirs: Sequence[Part], mine: Sequence[Part]) -> list[Merged]:
    """Paragraph by paragraph; what only one of us changed is taken, what both changed is shown twice. Nothing is left out."""
    old, other, own = _by_key(base), _by_key(theirs), _by_key(mine)
    order = [part.key for part in mine] + [part.key for part in theirs if part.key not in own]
    return [_merged(key, old.get(key), other.get(key), own.get(key)) for key in order]


def same(some: Sequence[Part], others: Sequence[Part]) -> bool:
    """Whether two versions say the same in the same order."""
    return list(some) == list(others)


def _by_key(parts: Iterable[Part]) -> Mapping[str, Part]:
    return {part.key: part for part in parts}


def _merged(key: str, old: Part | None, other: Part | None, own: Part | None) -> Merged:
    nothing = Part(key, "")
    old, other, own = old or nothing, other or nothing, own or nothing
    publish = own.publish if own.publish != old.publish else other.publish
    if own.text == other.text:
        return Merged(replace(own, publish=publish))
    if own.text == old.text:
        return Merged(replace(other, publish=publish), theirs=None, taken_over=True)
    if other.text == old.text:
        return Merged(replace(own, publish=publish), theirs=other.text)
    return Merged(replace(own, publish=publish), theirs=other.text, clash=True)
