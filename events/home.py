"""Meetings on the start page and in the navigation."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.enums import InvitationState, Stage
from events.models import Invitation, Occasion
from events.permissions import manages
from liaison.accounts.models import User
from liaison.accounts.rights import Hats, Right
from liaison.moments import clock
from liaison.ui.home import Card, Entry
from liaison.ui.navigation import Link, Place
from liaison.ui.paging import count_up_to

SHOWN: Final = 5
AHEAD: Final = timedelta(days=30)


def cards(user: User) -> Iterable[Card]:
    """For firms: what they are asked to answer; for event staff and who presides: what comes next."""
    now = clock.now()
    asked = Invitation.objects.of_people(user).filter(
        state__in=[InvitationState.PENDING, InvitationState.OFFERED],
        occasion__stage=Stage.PUBLISHED,
        occasion__starts_at__gt=now,
    )
    rows = list(asked.select_related("occasion", "occasion__series", "enterprise").order_by("occasion__starts_at")[:SHOWN])
    if rows:
        yield Card(
            title=_("Invitations to answer"),
            entries=[_invited(row) for row in rows],
            count=count_up_to(asked),
            url=reverse("events:list"),
            link=_("Open the schedule"),
            icon="envelope",
            tone="warning",
            order=8,
        )
    if manages(user):
        coming = Occasion.objects.to_come(now).filter(starts_at__lte=now + AHEAD).for_list()
        yield Card(
            title=_("Meetings of the next 30 days"),
            entries=[_coming(row) for row in coming.order_by("starts_at", "pk")[:SHOWN]],
            count=count_up_to(coming),
            url=reverse("events:list"),
            link=_("Open the schedule"),
            empty=_("Nothing is planned for the next 30 days."),
            icon="calendar-event",
            order=20,
        )
        return
    mine = Occasion.objects.to_come(now).filter(presiding__leader=user).exclude(presiding__state="replaced").for_list()
    entries = [_coming(row) for row in mine.order_by("starts_at", "pk").distinct()[:SHOWN]]
    if entries:
        yield Card(
            title=_("Meetings you preside over"), entries=entries, url=reverse("events:list"), icon="calendar-event", order=20
        )


def _invited(row: Invitation) -> Entry:
    return Entry(str(row.occasion), row.get_absolute_url(), f"{row.enterprise} · {row.occasion.place}", at=row.occasion.starts_at)


def _coming(row: Occasion) -> Entry:
    return Entry(str(row), row.get_absolute_url(), f"{row.get_stage_display()} · {row.place}", at=row.starts_at)


def _plans(_user: User, hats: Hats) -> bool:
    return hats.may(Right.MANAGE_MEETINGS)


LINKS = (
    Link(_("Meetings"), "events:list", "calendar-event", order=15, public=True),
    Link(_("Plan a meeting"), "events:new", "plus-circle", place=Place.START, shown=_plans),
)
