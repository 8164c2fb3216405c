"""What the ladder asks of reports: whether they still wait, who is told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, cast

from liaison.accounts.models import User
from liaison.accounts.queries import holders
from liaison.accounts.rights import RIGHTS, Right
from liaison.clocks.enums import Told
from liaison.clocks.kinds import Firing, Titled, Unheard, key_of
from liaison.clocks.models import Clock
from liaison.notifications.actions import Notice, notify_all
from supervision.models import Report, ReportEvent
from supervision.notices import handlers_of
from supervision.reading import is_apart, may_read
from supervision.timing import CLOCK_AT

RESPONSIBLE: Final = frozenset({Told.HANDLER, Told.LIAISON, Told.DEPUTY, Told.HEAD})
"Roles that whoever has the report takes."
DISTRICT: Final = {
    Told.DESK: Right.MANAGE_SUPERVISORS,
    Told.INSPECTOR: Right.SUPERVISE,
    Told.MAIN_LEADER: Right.DIRECT,
}
RUNG: Final = "supervision_report_rung"
UNHEARD: Final = "supervision_report_unheard"
Fired = tuple[Firing, Report]


class ReportSubjects:
    """Reports as the ladder sees them (liaison.clocks.kinds.Subjects); what is set aside has no clock."""

    def lock(self, pks: Collection[int]) -> Mapping[int, object]:
        """Reports that no act holds."""
        rows = Report.objects.filter(pk__in=pks).select_for_update(no_key=True, skip_locked=True, of=("self",))
        return {report.pk: report for report in rows.select_related("author", "leader")}

    def hold(self, pks: Collection[int]) -> None:
        """All of them, in the order of their keys."""
        list(Report.objects.filter(pk__in=pks).select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))

    def holds(self, firing: Firing, subject: object) -> bool:
        """Whether the report still waits for what the clock is about."""
        report = cast("Report", subject)
        return not report.set_aside and CLOCK_AT.get(report.stage) == firing.clock.kind  # type: ignore[call-overload]

    def fire(self, firings: Sequence[tuple[Firing, object]], now: datetime) -> Mapping[int, int]:
        """Events and messages of a batch."""
        fired = cast("Sequence[Fired]", firings)
        ReportEvent.objects.bulk_create(
            ReportEvent(report=report, kind="rung", at=now, internal=True, detail={"level": firing.step.level})
            for firing, report in fired
        )
        counts = notify_all([_notice(firing, report, firing.step.rung.told) for firing, report in fired], now=now)
        return {firing.step.pk: count for (firing, _report), count in zip(fired, counts, strict=True)}

    def unheard(self, rungs: Sequence[tuple[Unheard, object]], now: datetime) -> None:
        """The people of the next rung up hear that nobody has acknowledged."""
        some = cast("Sequence[tuple[Unheard, Report]]", rungs)
        notify_all([_notice(each.firing, report, each.above.told, UNHEARD) for each, report in some], now=now)

    def moved(self, clocks: Sequence[Clock], now: datetime) -> None:  # noqa: ARG002 - a copy needs no moment
        """Copy due moments to the reports, whose lists show them."""
        for clock in clocks:
            Report.objects.filter(pk=clock.subject_id).update(due_at=clock.due_at)

    def titles(self, clocks: Iterable[Clock], reader: User) -> Mapping[int, Titled]:
        """Their subjects; those that the reader may not see are left out."""
        wanted = list(clocks)
        rows = Report.objects.visible_to(reader).in_bulk({clock.subject_id for clock in wanted})
        return {
            clock.pk: Titled(rows[clock.subject_id].subject, rows[clock.subject_id].get_absolute_url())
            for clock in wanted
            if clock.subject_id in rows
        }


def _notice(firing: Firing, report: Report, told: Collection[str], kind: str = RUNG) -> Notice:
    people = {user.pk: user for user in _people(report, told) if may_read(report, user) and is_apart(report, user)}
    return Notice(kind, key_of(firing.step), list(people.values()), {"report": report.pk}, must_reach=True)


def _people(report: Report, told: Collection[str]) -> Iterable[User]:
    if RESPONSIBLE & set(told):
        yield from handlers_of(report)
    for role, right in DISTRICT.items():
        if role in told:
            yield from holders(RIGHTS[right])
