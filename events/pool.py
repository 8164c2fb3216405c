"""What a draw of the rotation is given: the register of firms, and who was invited before."""

from collections import defaultdict
from datetime import date
from typing import Final

from django.db.models import Q

from enterprises.enums import Ownership, Section, Size
from enterprises.models import Enterprise, Label
from events.enums import INVITED, VOID, Stage
from events.models import Invitation, Occasion, RotationRule
from events.models.rotation import MOST_DRAWN
from events.places import free_places
from events.rotation import given
from events.rotation.drawing import Draw, draw
from events.rotation.given import Candidate, Rule
from liaison.accounts.models import Unit
from liaison.workdays import ZONE

USUAL_SEATS: Final = 10


def rule_of(occasion: Occasion) -> RotationRule:
    """The rule that event staff set, else: everybody, for the places that are free."""
    rule = RotationRule.objects.filter(occasion=occasion).first()
    if rule is not None:
        return rule
    free = free_places(occasion)
    return RotationRule(occasion=occasion, seats=min(max(USUAL_SEATS if free is None else free, 1), MOST_DRAWN))


def draw_for(occasion: Occasion, seed: int) -> Draw:
    """Draw, changing nothing. The same firms, rule and seed give the same list."""
    row = rule_of(occasion)
    rule = Rule(
        seats=row.seats,
        sectors=frozenset(row.sectors),
        sizes=frozenset(row.sizes),
        towns=frozenset(row.towns),
        ownerships=frozenset(row.ownerships),
        labels=frozenset(row.labels),
        cooling_off_days=row.cooling_off_days,
    )
    already = occasion.invitations.exclude(state__in=sorted(VOID)).values_list("enterprise__credit_code", flat=True)
    return draw(
        candidates(occasion), rule, on=_day(occasion), seed=seed, ordinal=occasion.number or 0, already=frozenset(already)
    )


def candidates(occasion: Occasion) -> list[Candidate]:
    """Every firm of the register, with its invitations to the other occasions of the series (without one: of the kind)."""
    invited = _invited_before(occasion)
    labels: defaultdict[int, set[str]] = defaultdict(set)
    for pk, name in Enterprise.labels.through.objects.values_list("enterprise_id", "label__name"):
        labels[pk].add(name)
    rows = Enterprise.objects.exclude(verified_at=None).select_related("town").order_by("pk")
    return [
        Candidate(
            code=firm.credit_code,
            name=firm.name,
            sector=firm.industry,
            size=firm.size,
            town=firm.town.code,
            ownership=firm.ownership,
            joined_on=firm.verified_at.astimezone(ZONE).date(),
            labels=frozenset(labels[firm.pk]),
            invited=tuple(invited[firm.pk]),
            verified=firm.is_open,
        )
        for firm in rows
        if firm.verified_at is not None
    ]


def _invited_before(occasion: Occasion) -> defaultdict[int, list[given.Invitation]]:
    alike = Q(occasion__series=occasion.series_id) if occasion.series_id else Q(occasion__kind=occasion.kind)
    rows = Invitation.objects.filter(alike, state__in=sorted(INVITED)).exclude(occasion=occasion.pk)
    known: defaultdict[int, list[given.Invitation]] = defaultdict(list)
    for row in rows.exclude(occasion__stage=Stage.CANCELLED).select_related("occasion").order_by("pk"):
        made_on = row.invited_at.astimezone(ZONE).date()
        known[row.enterprise_id].append(given.Invitation(_day(row.occasion), row.occasion.number or 0, made_on))
    return known


def _day(occasion: Occasion) -> date:
    return occasion.starts_at.astimezone(ZONE).date()


class Names:
    """Codes of the register in words; units and labels are read once."""

    def __init__(self) -> None:
        self._towns = {unit.code: unit for unit in Unit.objects.all()}
        self._labels = {label.name: label for label in Label.objects.all()}

    def __call__(self, dimension: str, value: str) -> str:
        """The word for one value."""
        match dimension:
            case "sector":
                return str(Section(value).label) if value in Section.values else value
            case "size":
                return str(Size(value).label) if value in Size.values else value
            case "ownership":
                return str(Ownership(value).label) if value in Ownership.values else value
            case "town":
                return str(self._towns.get(value, value))
            case _:
                return str(self._labels.get(value, value))
