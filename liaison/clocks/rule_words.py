"""Rules of clocks in words, and what another version of them changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, ngettext, pgettext

from liaison.clocks.enums import Act, Basis, Condition, Light, Told
from liaison.clocks.kinds import ClockKind, kind_of, kinds
from liaison.clocks.models import LimitRule, Rung
from liaison.workdays.limits import Limit, LimitUnit
from liaison.workdays.words import limit_words

LAST: Final = 10_000
RuleKey = tuple[str, str, str]
"Kind, nature, urgency."


@dataclass(frozen=True)
class Change:
    """One rule before and after; an empty side means that there was, or is, none."""

    rule: str
    before: str
    after: str


def rule_words(kind: str, nature: str = "", urgency: str = "") -> str:
    """Answer · Complaint · Urgent."""
    known = kind_of(kind)
    more = [_label(known.natures, nature), _label(known.urgencies, urgency)]
    return " · ".join([str(known.label), *filter(None, more)])


def _label(choices: Iterable[tuple[str, object]], code: str) -> str:
    return str(dict(choices).get(code, code)) if code else ""


def length_of(rule: LimitRule) -> str:
    """So many days or hours."""
    return limit_words(Limit(rule.amount, LimitUnit(rule.unit)))


def order_of(key: RuleKey) -> tuple[int, bool, bool, int, int]:
    """Kinds as they were registered; within one the general rule first, then natures, then urgencies."""
    kind, nature, urgency = key
    known = kind_of(kind)
    return (
        _place([each.code for each in kinds()], kind),
        bool(urgency),
        bool(nature),
        _place([code for code, _label in known.natures], nature),
        _place([code for code, _label in known.urgencies], urgency),
    )


def _place(codes: list[str], code: str) -> int:
    return codes.index(code) if code in codes else LAST


def key_of(rule: LimitRule) -> RuleKey:
    """What the rule is for."""
    return rule.kind, rule.nature, rule.urgency


def in_order(rules: Iterable[LimitRule]) -> list[LimitRule]:
    """As people read them."""
    return sorted(rules, key=lambda rule: order_of(key_of(rule)))


def limit_changes(before: Iterable[LimitRule], after: Iterable[LimitRule]) -> list[Change]:
    """What another version of the limits changes."""
    old = {key_of(rule): length_of(rule) for rule in before}
    new = {key_of(rule): length_of(rule) for rule in after}
    return [
        Change(rule_words(*key), old.get(key, ""), new.get(key, ""))
        for key in sorted(old.keys() | new.keys(), key=order_of)
        if old.get(key) != new.get(key)
    ]


def most_words(kind: ClockKind) -> str:
    """What the law allows at most."""
    return limit_words(Limit(kind.most.amount, kind.most.unit)) if kind.most else ""


# --- the ladder -----------------------------------------------------------------------------------
def ladder_name(kind: str) -> str:
    """Whose ladder it is."""
    return str(kind_of(kind).label) if kind else gettext("All clocks without a ladder of their own")


def moment_of_rung(basis: str, amount: int) -> str:
    """When a rung is reached."""
    if basis == Basis.SHARE:
        return gettext("at %(percent)d%% of the limit") % {"percent": amount}
    if amount == 0:
        return gettext("at the due moment")
    return ngettext("%(days)d working day after the due moment", "%(days)d working days after the due moment", amount) % {
        "days": amount
    }


def light_words(light: str) -> str:
    """A light's colour and meaning in one word each."""
    return {
        Light.BLUE: pgettext("light", "Blue: notice"),
        Light.YELLOW: pgettext("light", "Yellow: warning"),
        Light.RED: pgettext("light", "Red: overdue"),
    }[Light(light)]


def told_words(told: Iterable[str]) -> str:
    """Who is told, in the order of the table."""
    chosen = set(told)
    return pgettext("between items of a list", ", ").join(str(each.label) for each in Told if each in chosen)


def acts_words(acts: Iterable[str]) -> str:
    """What is done besides."""
    chosen = set(acts)
    return pgettext("between items of a list", ", ").join(str(each.label) for each in Act if each in chosen)


def rung_words(rung: Rung) -> str:
    """The whole rung in one line."""
    condition = str(Condition(rung.condition).label) if rung.condition else ""
    parts = [light_words(rung.light), moment_of_rung(rung.basis, rung.amount), condition, told_words(rung.told)]
    return " · ".join(filter(None, [*parts, acts_words(rung.acts)]))


def rung_changes(before: Iterable[Rung], after: Iterable[Rung]) -> list[Change]:
    """What another version of the ladder changes."""
    old = {(rung.kind, rung.level): rung_words(rung) for rung in before}
    new = {(rung.kind, rung.level): rung_words(rung) for rung in after}
    return [
        Change(_rung_name(*key), old.get(key, ""), new.get(key, ""))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def _rung_name(kind: str, level: int) -> str:
    return gettext("%(ladder)s · rung %(level)d") % {"ladder": ladder_name(kind), "level": level}
