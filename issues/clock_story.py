"""The clocks of one issue as one reader may know them: which matters now, and for each why it ends when it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from issues.enums import Stage, Timed
from issues.models import SUBJECT, Issue
from issues.story import Reader
from liaison.clocks.enums import Light, PauseReason
from liaison.clocks.kinds import ClockKind, kind_of
from liaison.clocks.models import Clock, ClockEvent, Pause
from liaison.clocks.words import limit_of, state_of, why_this_date
from liaison.ui.moments import words_of
from liaison.workdays import portal
from liaison.workflow import Words

FIRST: Final[dict[str, tuple[Timed, ...]]] = {
    Stage.SUBMITTED: (Timed.ADMIT,),
    Stage.ADMITTED: (Timed.DISPATCH,),
    Stage.DISPATCHED: (Timed.ACCEPT, Timed.ANSWER),
    Stage.HANDLING: (Timed.ANSWER,),
    Stage.SIGN_OFF: (Timed.SIGN_OFF, Timed.ANSWER),
    Stage.TRACKING: (Timed.REPORT,),
    Stage.ANSWERED: (Timed.EVALUATE,),
    Stage.CALLBACK: (Timed.CALL_BACK,),
    Stage.REDO: (Timed.DISPATCH,),
    Stage.CLOSED: (Timed.RECHECK,),
    Stage.ENDED: (Timed.RECHECK,),
}
"Which clock matters at which stage."


@dataclass(frozen=True)
class ClockTold:
    """One clock in words."""

    clock: Clock
    kind: ClockKind
    whose: str
    limit: str
    state: str
    light: str
    pauses: list[str]
    changes: list[str]
    steps: list[Any]

    @property
    def why(self) -> list[str]:
        """Why it ends when it does, by the calendar that it was reckoned with."""
        return why_this_date(self.clock, portal.calendar_of(self.clock.calendar_version))


def clocks_of(reader: Reader, now: datetime) -> list[ClockTold]:
    """Every clock that this reader may know, running ones first."""
    rows = (
        Clock.objects.of(SUBJECT, reader.issue.pk)
        .select_related("unit", "rules")
        .prefetch_related("pauses__approved_by", "events", "steps")
    )
    shown = [clock for clock in rows if reader.is_staff or not kind_of(clock.kind).internal]
    return [_told(clock, reader, now) for clock in sorted(shown, key=_running_first)]


def _running_first(clock: Clock) -> tuple[bool, int]:
    return not clock.is_running, -clock.pk


def _told(clock: Clock, reader: Reader, now: datetime) -> ClockTold:
    calendar = portal.calendar()
    return ClockTold(
        clock=clock,
        kind=kind_of(clock.kind),
        whose=str(clock.unit) if clock.unit else whose(clock),
        limit=limit_of(clock),
        state=state_of(clock, now, calendar),
        light=light_of(clock, now),
        pauses=[_pause(pause, reader) for pause in clock.pauses.all()],
        changes=[_change(event) for event in clock.events.all() if event.old != event.new],
        steps=[step for step in clock.steps.all() if step.state != "cancelled"] if reader.is_staff else [],
    )


def whose(clock: Clock) -> str:
    """Who owes it where it is no unit."""
    return {Timed.EVALUATE: _("the enterprise"), Timed.CALL_BACK: _("the callers")}.get(Timed(clock.kind), _("the desk"))


def light_of(clock: Clock, now: datetime) -> str:
    """Overdue is reckoned, never stored (T31); what stands still has no light (T24)."""
    if not clock.is_running or clock.paused_at is not None:
        return ""
    if clock.due_at < now:
        return Light.RED
    return Light.YELLOW if clock.warn_at is not None and clock.warn_at <= now else Light.BLUE


def _pause(pause: Pause, reader: Reader) -> str:
    end = words_of(pause.ended_at, "full") if pause.ended_at else _("now")
    parts = {"start": words_of(pause.began_at, "full"), "end": end, "reason": PauseReason(pause.reason).label}
    words = _("%(start)s – %(end)s: %(reason)s") % parts
    if reader.is_staff and pause.approved_by:
        words += " · " + _("approved by %(person)s") % {"person": pause.approved_by}
    return words


def _change(event: ClockEvent) -> str:
    values = {
        "at": words_of(event.at, "full"),
        "old": words_of(event.old, "full") if event.old else "–",
        "new": words_of(event.new, "full") if event.new else "–",
        "because": event.get_because_display(),
    }
    words = _("%(at)s: %(old)s → %(new)s, because: %(because)s") % values
    return f"{words} ({event.note})" if event.note else words


@dataclass(frozen=True)
class Main:
    """The one clock that matters now, so that the page can say it in one line."""

    label: Words
    state: str
    light: str
    due_at: datetime


def running_clocks(issue: Issue) -> list[Clock]:
    """Those that have not ended, the earliest due first."""
    return list(Clock.objects.running().of(SUBJECT, issue.pk).order_by("due_at", "pk"))


def main_clock(reader: Reader, clocks: Sequence[Clock], now: datetime) -> Main | None:
    """Of the running clocks the first that the stage asks for; the firm is never shown an inner one."""
    issue = reader.issue
    running = {clock.kind: clock for clock in reversed(clocks)}
    shown = [kind for kind in FIRST.get(issue.stage, ()) if reader.is_staff or not kind_of(kind).internal]
    clock = next((running[kind] for kind in shown if kind in running), None)
    if clock is None:
        return None
    return Main(kind_of(clock.kind).label, state_of(clock, now, portal.calendar()), light_of(clock, now), clock.due_at)
