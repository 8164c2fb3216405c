"""The life of a batch, of an appointment and of a report as tables."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.ui.moments import words_of
from liaison.workdays import ZONE
from liaison.workflow import Flow, Step, Words
from supervision.enums import AccountStage, BatchStage, ReportStage, Standing
from supervision.models import Account, Appointment, Batch, Report
from supervision.permissions import evaluates, is_manager, is_person, is_person_or_keeper, keeps
from supervision.reading import answers, directs, inspects, is_author, rates, sorts


def at(*stages: str) -> frozenset[str]:
    """The stages a step starts from."""
    return frozenset(stages)


def nobody_is_on_it(batch: Batch, _now: datetime) -> Words | None:
    """A list without names is no list."""
    if batch.appointments.filter(stage=Standing.CANDIDATE).exists():
        return None
    return _("Nobody is on the list yet.")


def is_announced_still(batch: Batch, now: datetime) -> Words | None:
    """Everybody has the whole announcement to object; it ends with its last day."""
    if (why := nobody_is_on_it(batch, now)) is not None:
        return why
    assert batch.announced_until is not None  # a database constraint says so
    today = now.astimezone(ZONE).date()
    if today >= batch.to_on:
        return _("The term has ended.")
    if today > batch.announced_until:
        return None
    return _("The announcement runs until the end of %(day)s. Nobody can be appointed before.") % {
        "day": words_of(batch.announced_until, "day")
    }


def is_over(appointment: Appointment, now: datetime) -> Words | None:
    """What has ended by itself cannot be ended."""
    return _("The term has ended.") if now.astimezone(ZONE).date() > appointment.to_on else None


BATCH_FLOW: Flow[Batch] = Flow(
    Step("add", at(BatchStage.PLANNED), (), is_manager, pgettext_lazy("batch", "Put somebody on the list")),
    Step(
        "announce",
        at(BatchStage.PLANNED),
        (BatchStage.ANNOUNCED,),
        is_manager,
        pgettext_lazy("batch", "Announce"),
        unless=nobody_is_on_it,
        told=True,
    ),
    Step(
        "appoint",
        at(BatchStage.ANNOUNCED),
        (BatchStage.APPOINTED,),
        is_manager,
        pgettext_lazy("batch", "Appoint"),
        unless=is_announced_still,
        told=True,
    ),
    Step(
        "cancel",
        at(BatchStage.PLANNED, BatchStage.ANNOUNCED),
        (BatchStage.CANCELLED,),
        is_manager,
        pgettext_lazy("batch", "Give up"),
        grave=True,
    ),
)
APPOINTMENT_FLOW: Flow[Appointment] = Flow(
    Step(
        "interest",
        at(Standing.CANDIDATE, Standing.APPOINTED),
        (),
        is_person_or_keeper,
        pgettext_lazy("appointment", "Declare an interest"),
        unless=is_over,
    ),
    Step(
        "end-interest",
        at(Standing.CANDIDATE, Standing.APPOINTED),
        (),
        keeps,
        pgettext_lazy("appointment", "End a declared interest"),
        unless=is_over,
    ),
    Step("account", at(Standing.APPOINTED), (), is_person, pgettext_lazy("appointment", "Give account of a year")),
    Step("consent", at(Standing.APPOINTED), (), is_person, pgettext_lazy("appointment", "Public list"), unless=is_over),
    Step("reissue", at(Standing.APPOINTED), (), keeps, pgettext_lazy("appointment", "Issue a new certificate"), unless=is_over),
    Step(
        "strike",
        at(Standing.CANDIDATE),
        (Standing.STRUCK,),
        keeps,
        pgettext_lazy("appointment", "Take off the list"),
        grave=True,
    ),
    Step(
        "resign",
        at(Standing.APPOINTED),
        (Standing.RESIGNED,),
        is_person_or_keeper,
        pgettext_lazy("appointment", "Resign"),
        unless=is_over,
        grave=True,
    ),
    Step(
        "dismiss",
        at(Standing.APPOINTED),
        (Standing.DISMISSED,),
        keeps,
        pgettext_lazy("appointment", "Dismiss"),
        unless=is_over,
        grave=True,
    ),
)
OTHER_EVENTS = {"begin": _("List begun"), "appointed": _("Appointed"), "evaluated": _("Year evaluated")}
"Events that are no steps."


def cannot_send(report: Report, now: datetime) -> Words | None:
    """Only a supervisor in office reports, and not without what is needed."""
    if not report.appointment.runs_on(now.astimezone(ZONE).date()):
        return _("Your appointment is not in force, so nothing can be sent.")
    needed = (report.unit_id, report.category_id, report.subject, report.seen_at, report.place, report.manner, report.function)
    return None if all(needed) and report.facts else _("Something is missing still.")


R = ReportStage
REPORT_FLOW: Flow[Report] = Flow(
    Step("send", at(R.DRAFT), (R.SENT, R.CONVERTED), is_author, pgettext_lazy("supervisor's report", "Send"), unless=cannot_send),
    Step(
        "sort",
        at(R.SENT),
        (R.ISSUE, R.LEADER, R.INSPECTION, R.ANSWERED),
        sorts,
        pgettext_lazy("supervisor's report", "Sort"),
    ),
    Step(
        "direct",
        at(R.LEADER),
        (R.ANSWERED, R.INSPECTION),
        directs,
        pgettext_lazy("supervisor's report", "Write a directive"),
    ),
    Step(
        "order",
        at(R.INSPECTION),
        (R.ORDERED,),
        inspects,
        pgettext_lazy("supervisor's report", "Issue a supervision order"),
    ),
    Step("answer", at(R.SENT, R.INSPECTION), (R.ANSWERED,), answers, pgettext_lazy("supervisor's report", "Answer")),
    Step("rate", at(R.ANSWERED), (R.RATED,), rates, pgettext_lazy("supervisor's report", "Rate the answer")),
    Step("discard", at(R.DRAFT), (), is_author, pgettext_lazy("supervisor's report", "Discard the draft"), grave=True),
)
REPORT_EVENTS = {"followed": _("What it led to is done"), "rung": _("Time is running out")}
"Events of reports that are no steps."
ACCOUNT_FLOW: Flow[Account] = Flow(
    Step(
        "evaluate",
        at(AccountStage.GIVEN),
        (AccountStage.EVALUATED,),
        evaluates,
        pgettext_lazy("account", "Evaluate"),
    ),
)
