"""Which clock runs for a report: read off its state after every step. What is set aside has none that others could count."""

from datetime import datetime
from typing import Final

from liaison.accounts.models import User
from liaison.clocks.actions.keeping import Matter, Wanted, keep
from supervision.enums import ReportStage, Timed
from supervision.models import SUBJECT, Report

CLOCK_AT: Final = {
    ReportStage.SENT: Timed.SORT,
    ReportStage.LEADER: Timed.DIRECT,
    ReportStage.INSPECTION: Timed.INSPECT,
}


def keep_clock(report: Report, now: datetime, by: User | None) -> None:
    """Bring the clock of a locked report in line with its stage; the caller saves ``due_at``."""
    kind = None if report.set_aside else CLOCK_AT.get(ReportStage(report.stage))
    wanted = [Wanted(kind, now)] if kind else []
    running = keep(Matter(SUBJECT, report.pk), wanted, done=lambda _clock: True, now=now, by=by)
    report.due_at = next((clock.due_at for clock in running.values()), None)
