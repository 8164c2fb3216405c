"""The draw as JSON: everything that an independent program needs to draw again and compare (docs/rotation.md)."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import override

from events.rotation.drawing import Choice, Draw, Passed, Share
from events.rotation.given import Candidate, Invitation, Rule
from events.rotation.reasons import Reason
from events.rotation.words import Namer, as_it_is, say

FORMAT: Final = "liaison.rotation/1"
LANGUAGES: Final = {"zh": "zh-hans", "en": "en"}


def as_json(draw: Draw, name: Namer = as_it_is) -> dict[str, Any]:
    """Return the draw as plain lists and dictionaries; days in ISO form, the seed as text."""
    return {
        "format": FORMAT,
        "occasion": {
            "on": draw.occasion.on.isoformat(),
            "ordinal": draw.occasion.ordinal,
            "already": sorted(draw.occasion.already),
        },
        "seed": str(draw.seed),
        "rule": _rule(draw.rule),
        "pool": _pool(draw),
        "shares": [_share(share) for share in draw.shares],
        "chosen": [_place(choice, name) for choice in draw.chosen],
        "passed_over": [_place(passed, name) for passed in draw.passed_over],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "seats": rule.seats,
        "sectors": sorted(rule.sectors),
        "sizes": sorted(rule.sizes),
        "towns": sorted(rule.towns),
        "ownerships": sorted(rule.ownerships),
        "labels": sorted(rule.labels),
        "cooling_off_days": rule.cooling_off_days,
        "cooling_off_occasions": rule.cooling_off_occasions,
        "balance": [dimension.value for dimension in rule.balance],
    }


def _pool(draw: Draw) -> dict[str, Any]:
    chosen = [choice.standing.count for choice in draw.chosen]
    reserve = [passed.standing.count for passed in draw.reserve if passed.standing]
    before, after = [*chosen, *reserve], [*(count + 1 for count in chosen), *reserve]
    refusals = Counter(place.reasons[0].code.value for place in draw.passed_over if place.rank is None)
    return {
        "candidates": len(draw.chosen) + len(draw.passed_over),
        "eligible": len(before),
        "chosen": len(draw.chosen),
        "not_eligible": dict(sorted(refusals.items())),
        "counts_before": _ends(before),
        "counts_after": _ends(after),
    }


def _ends(counts: list[int]) -> dict[str, int | None]:
    return {"fewest": min(counts, default=None), "most": max(counts, default=None)}


def _share(share: Share) -> dict[str, Any]:
    return {
        "dimension": share.dimension.value,
        "value": share.value,
        "eligible": share.eligible,
        "quota": share.quota,
        "chosen": share.chosen,
    }


def _place(place: Choice | Passed, name: Namer) -> dict[str, Any]:
    standing = place.standing
    return {
        "rank": place.rank,
        "firm": _firm(place.firm),
        "times": place.firm.times,
        "last_on": place.firm.last.on.isoformat() if place.firm.last else None,
        "level": standing.level if standing else None,
        "count": standing.count if standing else None,
        "ticket": place.ticket,
        "reasons": [_reason(reason, name) for reason in place.reasons],
    }


def _firm(firm: Candidate) -> dict[str, Any]:
    return {
        "code": firm.code,
        "name": firm.name,
        "sector": firm.sector,
        "size": firm.size,
        "town": firm.town,
        "ownership": firm.ownership,
        "labels": sorted(firm.labels),
        "verified": firm.verified,
        "joined_on": firm.joined_on.isoformat(),
        "invited": [_invitation(one) for one in sorted(firm.invited, key=lambda one: (one.on, one.ordinal, one.counted_from))],
    }


def _invitation(invitation: Invitation) -> dict[str, Any]:
    return {
        "on": invitation.on.isoformat(),
        "ordinal": invitation.ordinal,
        "made_on": invitation.counted_from.isoformat(),
    }


def _reason(reason: Reason, name: Namer) -> dict[str, Any]:
    facts: Mapping[str, Any] = {key: list(fact) if isinstance(fact, tuple) else fact for key, fact in reason.facts.items()}
    return {"code": reason.code.value, "facts": dict(facts), "words": _words(reason, name)}


def _words(reason: Reason, name: Namer) -> dict[str, str]:
    words = {}
    for key, language in LANGUAGES.items():
        with override(language):
            words[key] = say(reason, name)
    return words
