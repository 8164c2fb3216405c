"""Who may be drawn. Cooling-off belongs here: a firm that cools off is not eligible this time."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from events.rotation.given import Candidate, Dimension, Rule
from events.rotation.reasons import Code, Reason, iso, reason


@dataclass(frozen=True)
class Occasion:
    """The day of the occasion, its number in the series, and the firms that are invited to it already."""

    on: date
    ordinal: int = 0
    already: Collection[str] = ()


def outside(firm: Candidate, rule: Rule) -> Iterator[Reason]:
    """Yield why a firm does not belong to the pool of the rule, whatever the day."""
    if not firm.verified:
        yield reason(Code.NOT_VERIFIED)
    for dimension in Dimension:
        asked = rule.asked(dimension)
        if asked and firm.value(dimension) not in asked:
            facts = {"dimension": dimension.value, "value": firm.value(dimension), "asked": tuple(sorted(asked))}
            yield Reason(Code.NOT_ASKED_FOR, facts)
    if rule.labels and not rule.labels & firm.labels:
        yield reason(Code.LABEL_MISSING, asked=tuple(sorted(rule.labels)))


def resting(firm: Candidate, rule: Rule, occasion: Occasion) -> Iterator[Reason]:
    """Yield why a firm of the pool is not drawn this time."""
    if firm.code in occasion.already:
        yield reason(Code.ALREADY_INVITED)
    if not firm.invited:
        return
    last_on = max(invitation.on for invitation in firm.invited)
    until = last_on + timedelta(days=rule.cooling_off_days)
    if rule.cooling_off_days and occasion.on < until:
        yield reason(Code.COOLING_OFF_DAYS, last_on=iso(last_on), days=rule.cooling_off_days, until=iso(until))
    ordinal = max(invitation.ordinal for invitation in firm.invited)
    first = ordinal + rule.cooling_off_occasions + 1
    if rule.cooling_off_occasions and ordinal and occasion.ordinal < first:
        yield reason(Code.COOLING_OFF_OCCASIONS, last=ordinal, occasions=rule.cooling_off_occasions, again=first)
