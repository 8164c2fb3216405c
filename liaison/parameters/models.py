"""Numbers that an administrator edits as data, each declared once with its bounds and default."""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Declared:
    """A number's meaning, unit, default and bounds."""

    label: str | Promise
    default: int
    least: int
    most: int


DECLARED: Final = {
    "enterprises.invitation_days": Declared(_("Validity of an invitation to act for an enterprise, days"), 7, 1, 60),
    "enterprises.registrations_per_address": Declared(
        _("Attempts to register from one address until it must wait"), 60, 5, 10_000
    ),
    "clocks.acknowledge_days": Declared(_("Acknowledging a rung of the ladder, working days until it climbs"), 1, 1, 30),
    "issues.daily_cap": Declared(_("Issues that a firm may send in a day"), 20, 1, 1000),
    "issues.arrears_most_days": Declared(_("Result on an overdue payment at the latest, days after dispatch"), 90, 30, 365),
    "issues.send_back_days": Declared(_("Asking to send an order back, working days after dispatch"), 1, 1, 30),
    "issues.reopen_days": Declared(_("Reopening after closing, days"), 30, 1, 365),
    "issues.recheck_days": Declared(_("Re-check of unsolved and planned issues, days"), 30, 1, 365),
    "issues.supervision_days": Declared(_("Answer to a supervision order, working days"), 3, 1, 90),
    "issues.summons_days": Declared(_("Holding a summons, working days"), 3, 1, 90),
    "issues.export_rows": Declared(_("Rows of an exported list of issues"), 20_000, 100, 200_000),
    "notifications.hourly_budget": Declared(
        _("Messages to one person in an hour by one way; more go as one digest"), 20, 1, 1000
    ),
    "events.first_reminder_hours": Declared(_("First reminder of a meeting, hours before; 0: none"), 72, 0, 720),
    "events.second_reminder_hours": Declared(_("Second reminder of a meeting, hours before; 0: none"), 24, 0, 720),
    "events.last_reminder_hours": Declared(_("Last reminder of a meeting, hours before; 0: none"), 2, 0, 720),
    "events.hold_hours": Declared(_("A freed place is held for the next firm in line, hours"), 24, 1, 168),
    "supervision.announcement_days": Declared(_("Announcement before supervisors are appointed, working days"), 5, 1, 60),
    "supervision.term_years": Declared(_("Longest term of a supervisor, years"), 3, 1, 10),
    "supervision.quota": Declared(_("Reports that a supervisor owes in a quarter"), 2, 0, 100),
    "supervision.remind_days": Declared(_("Reminder of the quota, days before the quarter ends"), 20, 1, 90),
    "supervision.term_end_days": Declared(_("Reminder of the end of a supervisor's term, days before"), 60, 1, 365),
    "supervision.most_terms": Declared(_("Terms that one person may serve as a supervisor"), 2, 1, 10),
    "events.retention_days": Declared(_("Personal details of guests are kept after a meeting, days"), 30, 1, 365),
    "issues.smallest_cell": Declared(_("Smallest count that a rated unit is shown"), 5, 1, 100),
}


class Parameter(models.Model):
    """A declared number that was changed from its default."""

    key = models.CharField(max_length=60, unique=True)
    value = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


def parameter(key: str) -> int:
    """The number in force."""
    declared = DECLARED[key]
    changed = Parameter.objects.filter(key=key).values_list("value", flat=True).first()
    return declared.default if changed is None else changed
