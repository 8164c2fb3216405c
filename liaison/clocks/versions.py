"""Versions of the rules, each with what it changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from liaison.clocks.models import RuleSet
from liaison.clocks.rule_words import Change, limit_changes, rung_changes

ROWS = {RuleSet.Of.LIMITS: "limits", RuleSet.Of.LADDER: "rungs"}
COMPARED: dict[str, Callable[[Iterable[Any], Iterable[Any]], list[Change]]] = {"limits": limit_changes, "rungs": rung_changes}


@dataclass(frozen=True)
class Version:
    """One version and what it changed; the first one changed nothing, it began."""

    rules: RuleSet
    changes: list[Change]
    is_first: bool


def versions(found: Iterable[RuleSet], of: RuleSet.Of) -> list[Version]:
    """Versions of one page, newest first; each is compared with the one before it, whichever page that stands on."""
    sets = list(found)
    if not sets:
        return []
    rows = ROWS[of]
    oldest = RuleSet.objects.filter(of=of, version__lt=sets[-1].version).order_by("-version")[:1]
    compared = [*sets, *oldest]
    by_version = {each.pk: list(getattr(each, rows).all()) for each in _with_rows(compared, rows)}
    told = [
        Version(one, COMPARED[rows](by_version[old.pk], by_version[one.pk]), is_first=False) for one, old in pairwise(compared)
    ]
    return told if len(compared) > len(sets) else [*told, Version(sets[-1], [], is_first=True)]


def changes_since(seen: int, newest: RuleSet) -> list[Change]:
    """What others changed since the version that somebody edits."""
    rows = ROWS[RuleSet.Of(newest.of)]
    sets = {
        each.version: each for each in _with_rows(RuleSet.objects.filter(of=newest.of, version__in=[seen, newest.version]), rows)
    }
    if seen not in sets:
        return []
    return COMPARED[rows](getattr(sets[seen], rows).all(), getattr(sets[newest.version], rows).all())


def _with_rows(sets: Any, rows: str) -> Iterable[RuleSet]:
    keys = [each.pk for each in sets]
    return RuleSet.objects.filter(pk__in=keys).select_related("saved_by").prefetch_related(rows)
