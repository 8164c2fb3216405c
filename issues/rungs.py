"""A rung of the ladder in words: what is late, since when, whose, why one is told."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from issues.models import SUBJECT, Issue, IssueEvent
from liaison.accounts.models import User
from liaison.clocks.actions import acknowledging
from liaison.clocks.enums import Condition, Light, Told
from liaison.clocks.kinds import kind_of
from liaison.clocks.models import Step
from liaison.notifications.models import Notification
from liaison.ui.moments import words_when_shown
from liaison.workflow import Words

FIRM: Final = "issue_rung_firm"
Context = dict[str, Any]


def explain(rows: Sequence[Notification], known: Mapping[int, Context]) -> dict[int, Context]:
    """Words for messages about rungs, added to the issue's. All but the firm's own reminder are for staff alone (T16)."""
    wanted = {int(row.context["step"]) for row in rows}
    # a list has thousands of steps and few units and rungs, which are read once each
    steps = Step.objects.select_related("clock").prefetch_related("clock__unit", "rung").in_bulk(wanted) if wanted else {}
    found: dict[int, Context] = {}
    for row in rows:
        step = steps.get(int(row.context["step"]))
        if step is not None and (row.kind == FIRM or known[row.pk]["is_staff"]):
            found[row.pk] = {**known[row.pk], **_words(step), **({} if row.kind == FIRM else {"why": why(step)})}
    return found


def _words(step: Step) -> Context:
    clock = step.clock
    reached = step.settled_at or step.due_at
    return {
        "clock": kind_of(clock.kind).label,
        "light": Light(step.light).label,
        "due": words_when_shown(clock.due_at),
        "whose": str(clock.unit or _("the desk")),
        "reached": words_when_shown(reached),
        "late": reached >= clock.due_at,
        "forced": step.forced,
        "no_contact": step.rung.condition == Condition.NO_CONTACT,
    }


def _why(step: Step) -> str:
    roles = _(", ").join(str(Told(role).label) for role in step.rung.told)
    return _("This rung of the ladder is told to: %(roles)s. You are one of them, or stand in for one.") % {"roles": roles}


why: Final = lazy(_why, str)


def title_of(event: IssueEvent, label: Words) -> str:
    """The line of the story: which clock, how near its end."""
    detail = event.detail
    words = {
        "rung": label,
        "clock": kind_of(detail["kind"]).label,
        "light": Light(detail["light"]).label,
        "level": detail["level"],
    }
    return _("%(rung)s %(level)s: %(clock)s – %(light)s") % words


def waiting_for(issue: Issue, user: User) -> list[Step]:
    """Rungs that this reader has to acknowledge."""
    return acknowledging.waiting_for(SUBJECT, issue.pk, user, but=FIRM)


def line_of(step: Step) -> str:
    """One rung in a line: which level, which clock, since when."""
    words = {**_words(step), "level": step.level}
    return _("Level %(level)s: %(clock)s – %(light)s, due %(due)s, lies with %(whose)s") % words
