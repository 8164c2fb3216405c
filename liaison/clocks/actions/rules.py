"""Rules in force, and saving a new version of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Max

from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.clocks.kinds import DefaultLimit, kinds
from liaison.clocks.ladder import DEFAULT_RUNGS
from liaison.clocks.models import LimitRule, RuleSet, Rung
from liaison.workdays.limits import Limit, LimitUnit


class NoLimit(LookupError):  # noqa: N818 - an answer to whoever registered a kind without a limit
    """The rules say nothing about this kind of clock."""


class RulesChanged(Exception):  # noqa: N818 - an answer, not an error of the program
    """Somebody else has saved a version meanwhile."""

    def __init__(self, newest: RuleSet) -> None:
        super().__init__(f"version {newest.version} is newer")
        self.newest = newest


@dataclass(frozen=True)
class Limits:
    """The limits in force."""

    version: RuleSet | None
    rows: Sequence[LimitRule]


def newest(of: RuleSet.Of) -> RuleSet | None:
    """The version in force."""
    return RuleSet.objects.filter(of=of).order_by("-version").first()


def limits_in_force() -> Limits:
    """One query: the rows of the newest version with the version itself."""
    last = RuleSet.objects.filter(of=RuleSet.Of.LIMITS).order_by("-version").values("pk")[:1]
    rows = list(LimitRule.objects.filter(rules=last).select_related("rules"))
    return Limits(rows[0].rules if rows else None, rows)


def limit_for(rows: Iterable[LimitRule], kind: str, nature: str = "", urgency: str = "") -> Limit:
    """The limit of the most particular rule that fits; urgency counts for more than nature."""
    fitting = [row for row in rows if row.kind == kind and row.nature in {"", nature} and row.urgency in {"", urgency}]
    if not fitting:
        raise NoLimit(kind)
    row = max(fitting, key=lambda rule: (bool(rule.urgency), bool(rule.nature)))
    return Limit(row.amount, LimitUnit(row.unit))


def limit_in_force(kind: str, nature: str = "", urgency: str = "") -> Limit:
    """The same by the rules of today."""
    return limit_for(limits_in_force().rows, kind, nature, urgency)


def rungs_in_force() -> dict[str, list[Rung]]:
    """By kind, in the order of their levels; one query."""
    last = RuleSet.objects.filter(of=RuleSet.Of.LADDER).order_by("-version").values("pk")[:1]
    rows = Rung.objects.filter(rules=last).order_by("kind", "level")
    return {kind: list(rungs) for kind, rungs in groupby(rows, key=lambda rung: rung.kind)}


@transaction.atomic
def save_limits(rows: Iterable[LimitRule], *, by: User | None, now: datetime, note: str, seen: int | None = None) -> RuleSet:
    """Put other limits in force for clocks that begin from now on; ``seen`` is the version that was edited."""
    return _save(RuleSet.Of.LIMITS, LimitRule.objects.bulk_create, rows, by=by, now=now, note=note, seen=seen)


@transaction.atomic
def save_ladder(rows: Iterable[Rung], *, by: User | None, now: datetime, note: str, seen: int | None = None) -> RuleSet:
    """Put another ladder in force for clocks that begin, or get a new date, from now on."""
    return _save(RuleSet.Of.LADDER, Rung.objects.bulk_create, rows, by=by, now=now, note=note, seen=seen)


def _save(
    of: RuleSet.Of,
    create: Callable[[list[LimitRule]], object] | Callable[[list[Rung]], object],
    rows: Iterable[LimitRule] | Iterable[Rung],
    *,
    by: User | None,
    now: datetime,
    note: str,
    seen: int | None,
) -> RuleSet:
    """The newest version's row is the lock; two first versions at once meet the constraint."""
    last = RuleSet.objects.select_for_update(no_key=True).filter(of=of).order_by("-version").first()
    if seen is not None and last is not None and last.version != seen:
        raise RulesChanged(last)
    latest = RuleSet.objects.filter(of=of).aggregate(most=Max("version"))["most"] or 0
    if last is not None and latest != last.version:  # another was saved while we waited for the lock
        raise RulesChanged(RuleSet.objects.get(of=of, version=latest))
    saved = RuleSet.objects.create(of=of, version=latest + 1, saved_at=now, saved_by=by, note=note)
    fresh = list(rows)
    for row in fresh:
        row.pk, row.rules = None, saved
    create(fresh)  # type: ignore[arg-type]  # each caller gives the rows and their manager together
    if by is not None:
        record(AuditTag.REFERENCE_CHANGED, by=by, subject=str(saved), detail={"note": note})
    return saved


@transaction.atomic
def install_rules(now: datetime) -> None:
    """A new installation, or a release with new kinds of clocks: what is missing is added as it is delivered."""
    known = list(limits_in_force().rows)
    missing = [
        _row(kind.code, limit) for kind in kinds() if kind.code not in {row.kind for row in known} for limit in kind.limits
    ]
    if missing:
        save_limits([*known, *missing], by=None, now=now, note="")
    if newest(RuleSet.Of.LADDER) is None:
        save_ladder([_rung(default) for default in DEFAULT_RUNGS], by=None, now=now, note="")


def _row(kind: str, limit: DefaultLimit) -> LimitRule:
    return LimitRule(kind=kind, nature=limit.nature, urgency=limit.urgency, amount=limit.amount, unit=limit.unit.value)


def _rung(default: object) -> Rung:
    values = {name: getattr(default, name) for name in ("kind", "level", "light", "basis", "amount", "condition")}
    return Rung(**values, told=list(default.told), acts=list(default.acts))  # type: ignore[attr-defined]
