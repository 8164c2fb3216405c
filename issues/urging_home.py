"""Urging notes on the desk's start page."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from issues.models import Urging
from issues.models.urging import UrgingQuerySet
from issues.story import Reader
from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of
from liaison.ui.home import Card, Entry
from liaison.ui.paging import count_up_to

SHOWN = 5
AFTER_THE_POOL = 25


def cards(user: User) -> Iterable[Card]:
    """What the ladder has drafted and nobody has sent."""
    if not hats_of(user).may(Right.TRIAGE_ISSUES):
        return []
    drafts = Urging.objects.visible_to(user).drafts()
    count = count_up_to(drafts)
    return [_card(drafts, count, user)] if count else []


def _card(drafts: UrgingQuerySet, count: int, user: User) -> Card:
    first = drafts.select_related("issue__enterprise", "unit").order_by("drafted_at", "pk")[:SHOWN]
    return Card(
        title=_("Urging notes to send"),
        entries=[_entry(draft, user) for draft in first],
        count=count,
        url=reverse("issues:urgings"),
        link=_("Open the list"),
        icon="megaphone",
        tone="warning",
        order=AFTER_THE_POOL,
    )


def _entry(draft: Urging, user: User) -> Entry:
    title = Reader(draft.issue, user).masked(draft.issue.title)
    return Entry(
        title=title,
        url=reverse("issues:urging", args=[draft.pk]),
        note=f"{draft.unit} · {draft.issue.number}",
        at=draft.drafted_at,
    )
