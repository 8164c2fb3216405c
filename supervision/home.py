"""Supervision on the start page and in the navigation."""

from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User
from liaison.accounts.rights import Hats, Right, hats_of
from liaison.moments import clock
from liaison.ui.home import Card, Entry
from liaison.ui.navigation import Link, Place
from liaison.ui.paging import count_up_to
from liaison.workflow import Words
from supervision.conflicts import of_whole_desk, serves
from supervision.enums import BatchStage, ReportStage
from supervision.models import Batch, Report
from supervision.permissions import manages, running_appointment

SHOWN: Final = 5


def cards(user: User) -> Iterable[Card]:
    """For the desk: lists whose announcement is over."""
    if manages(user):
        waiting = Batch.objects.filter(stage=BatchStage.ANNOUNCED, announced_until__lt=clock.today()).order_by("pk")
        if entries := [Entry(row.title, row.get_absolute_url(), at=row.announced_until) for row in waiting[:SHOWN]]:
            yield Card(
                title=_("Supervisors to be appointed"),
                entries=entries,
                count=count_up_to(waiting),
                url=reverse("supervision:batches"),
                icon="person-badge",
                order=18,
            )


def report_cards(user: User) -> Iterable[Card]:
    """Reports that wait for this person: to be sorted, directed, answered; for a supervisor, to be rated."""
    hats, visible = hats_of(user), Report.objects.visible_to(user).exclude(author=user)
    apart = visible.exclude(unit__in=serves(user))
    waiting = Report.objects.none()
    if hats.may(Right.MANAGE_SUPERVISORS):
        waiting |= apart.filter(stage=ReportStage.SENT, set_aside=False)
    if hats.may(Right.SUPERVISE):
        waiting |= apart.filter(stage=ReportStage.INSPECTION)
        waiting |= apart.filter(stage=ReportStage.SENT, set_aside=False, unit__in=of_whole_desk())
    if hats.may(Right.LEAD_UNITS):
        waiting |= apart.filter(stage=ReportStage.LEADER, leader__in=hats.owner_ids)
    if hats.may(Right.READ_SET_ASIDE):
        waiting |= visible.filter(stage=ReportStage.SENT, set_aside=True)
    yield from _card(_("Supervisors' reports that wait for you"), waiting, order=12)
    answered = Report.objects.visible_to(user).filter(author=user, stage=ReportStage.ANSWERED)
    yield from _card(_("Answers to your reports, to be rated"), answered, order=12)


def _card(title: Words, rows: QuerySet[Report], *, order: int) -> Iterable[Card]:
    if entries := [
        Entry(row.subject, row.get_absolute_url(), row.standing, at=row.due_at) for row in rows.order_by("sent_at")[:SHOWN]
    ]:
        url = reverse("supervision:reports")
        yield Card(title=title, entries=entries, count=count_up_to(rows), url=url, icon="journal-text", order=order)


def _writes(user: User, _hats: Hats) -> bool:
    return running_appointment(user) is not None


LINKS = (
    Link(_("Write a report"), "supervision:report-new", "pencil-square", place=Place.START, shown=_writes),
    Link(_("Supervisors"), "supervision:start", "person-badge", order=16, public=True),
)
