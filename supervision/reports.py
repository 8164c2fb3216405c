"""A report as one reader may know it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from issues.enums import Channel
from issues.models import Issue
from issues.permissions import may_view as may_view_issue
from issues.related import Related
from liaison.accounts.models import User
from liaison.accounts.rights import hats_of
from liaison.clocks.actions.acknowledging import waiting_for
from liaison.clocks.enums import Light
from liaison.clocks.kinds import kind_of
from liaison.clocks.models import Step
from liaison.ui.moments import words_of
from supervision.enums import ReportStage
from supervision.models import SUBJECT, Report, ReportEvent, ReportPhoto
from supervision.reading import is_author, knows_author
from supervision.workflow import REPORT_EVENTS, REPORT_FLOW


@dataclass(frozen=True)
class Line:
    """One entry of the story."""

    at: datetime
    title: str
    who: str
    text: str


@dataclass
class Reader:
    """One person before one report."""

    report: Report
    user: User

    @cached_property
    def is_author(self) -> bool:
        """Whose report it is."""
        return is_author(self.report, self.user)

    @cached_property
    def knows_author(self) -> bool:
        """Whether they may know who wrote it; if not, they read only what the desk passed on, and see no photographs."""
        return knows_author(self.report, self.user)

    @property
    def author(self) -> str:
        """Who wrote it, as this reader may know it."""
        return self.report.author.name if self.knows_author else _("A supervisor")

    @property
    def photos(self) -> list[ReportPhoto]:
        """Photographs that this reader may open."""
        return list(self.report.photos.all()) if self.knows_author else []

    @property
    def issue(self) -> Issue | None:
        """What it became: with a link for whoever may read the issue, else by its stage alone."""
        return self.report.issue

    @property
    def may_open_issue(self) -> bool:
        """Whether the issue's page is open to this reader."""
        return self.report.issue is not None and may_view_issue(self.report.issue, self.user)

    @property
    def story(self) -> list[Line]:
        """What happened; the author learns who did it only by office."""
        rows = self.report.events.select_related("actor")
        return [self._line(row) for row in rows if not (row.internal and self.is_author)]

    def _line(self, row: ReportEvent) -> Line:
        return Line(row.at, label_of(row.kind), self._who(row), "" if self.is_author and row.kind != "rate" else row.text)

    def _who(self, row: ReportEvent) -> str:
        if row.actor is None:
            return _("by itself")
        if row.actor_id == self.report.author_id:
            return self.author
        return _("Responsible office") if self.is_author else row.actor.name


def rungs_of(report: Report, user: User) -> list[tuple[str, str]]:
    """Rungs of the ladder that this reader has to acknowledge: in a line, and where to do it."""
    if report.set_aside or is_author(report, user):
        return []
    return [
        (line_of(step), reverse("supervision:report-rung", args=[report.key, step.pk]))
        for step in waiting_for(SUBJECT, report.pk, user)
    ]


def line_of(step: Step) -> str:
    """Which clock, how near its end."""
    words = {
        "clock": kind_of(step.clock.kind).label,
        "light": Light(step.light).label,
        "due": words_of(step.clock.due_at),
    }
    return _("%(clock)s – %(light)s, due %(due)s") % words


def label_of(kind: str) -> str:
    """The words of an event."""
    return str(REPORT_EVENTS[kind] if kind in REPORT_EVENTS else REPORT_FLOW[kind].label)


def related_reports(issue: Issue, user: User) -> Iterable[Related]:
    """Reports that led to an issue, or to an order on it; the author of one that is passed on without the name is not named."""
    if not hats_of(user).is_staff or not (issue.channel == Channel.SUPERVISOR or issue.supervision_orders.all()):
        return
    rows = Report.objects.visible_to(user).filter(issue=issue).exclude(stage=ReportStage.CONVERTED).select_related("author")
    for report in rows.order_by("pk"):
        yield Related(report.subject, report.get_absolute_url(), Reader(report, user).author)
