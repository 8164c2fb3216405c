"""The page of one issue: what matters now, what can be done, the matter, the talk, the story."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from issues import rungs
from issues.actions.conversation import may_talk, record_opening
from issues.clock_story import main_clock, running_clocks
from issues.enums import PetitionKind, PetitionState
from issues.forms.talk import MessageForm, NoteForm
from issues.inspection import BY_HAND
from issues.models import Answer, Attachment, Issue, SupervisionOrder
from issues.related import related_to
from issues.story import Reader
from issues.views.lookup import issue_for
from issues.workflow import ISSUE_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.clocks.models import Step
from liaison.moments import clock


@require_safe
def detail(request: SignedInRequest, address: str) -> HttpResponse:
    """Show one issue; staff leave a trace that the firm can see."""
    issue = issue_for(request.user, address)
    now = clock.now()
    record_opening(issue, by=request.user, now=now)
    context = page_of(issue, request.user, now)
    if issue.sensitive and context["reader"].is_staff:
        record(AuditTag.READ_SENSITIVE, by=request.user, subject=issue.address, request=request)
    return render(request, "issues/detail.html", context)


def page_of(issue: Issue, user: User, now: datetime) -> dict[str, Any]:
    """Everything the page shows to this reader."""
    reader = Reader(issue, user)
    steps = [*ISSUE_FLOW.open_to(issue, user, now), *BY_HAND.open_to(issue, user, now)]
    files, clocks = visible_files(issue, reader), running_clocks(issue)
    reached = reader.is_staff and any(clock.level for clock in clocks)
    if reader.is_staff:
        orders = SupervisionOrder.objects.select_related("unit", "directive__leader")
        prefetch_related_objects([issue], Prefetch("supervision_orders", orders))
    supervised = list(issue.supervision_orders.all()) if reader.is_staff else []
    answers = [answer for answer in issue.answers.all() if answer.signed_at or reader.is_staff]
    return {
        "issue": issue,
        "reader": reader,
        "title": reader.masked(issue.title),
        "body": reader.masked(issue.body),
        "clock": main_clock(reader, clocks, now),
        "now_line": reader.now_line(),
        "rungs": [(rungs.line_of(step), _heard_url(issue, step)) for step in rungs.waiting_for(issue, user)] if reached else [],
        "waiting": ISSUE_FLOW.waiting_for(issue, user, now),
        "steps": sorted(steps, key=lambda step: step.grave),
        "answers": [(answer, [file for file in files if file.answer_id == answer.pk]) for answer in answers],
        "matter_files": [file for file in files if file.answer_id is None and file.message_id is None],
        "talk": _talk(issue, reader, files),
        "events": reader.events(),
        "orders": [order for order in issue.orders.all() if order.is_live or reader.is_staff],
        "petitions": [p for p in issue.petitions.all() if p.state == "pending"] if reader.is_staff else [],
        "milestones": list(issue.milestones.all()) if _was_tracked(issue) else [],
        "directives": [order.directive for order in supervised if order.directive],  # each has opened one
        "supervision_orders": supervised,
        "related": related_to(issue, user) if reader.knows_firm else [],
        "summonses": list(issue.summonses.select_related("unit")) if reader.is_staff else [],
        "merged": list(issue.merged_issues.all()),
        "openings": list(issue.openings.select_related("unit", "user")),
        "message_form": MessageForm() if may_talk(issue, user) and issue.is_open else None,
        "note_form": NoteForm(prefix="note") if reader.is_staff and issue.is_open else None,
    }


def _heard_url(issue: Issue, step: Step) -> str:
    return reverse("issues:rung-acknowledge", args=[issue.address, step.pk])


def _was_tracked(issue: Issue) -> bool:
    """Only a plan that was agreed to has milestones."""
    return any(p.kind == PetitionKind.TRACKING and p.state == PetitionState.APPROVED for p in issue.petitions.all())


def visible_files(issue: Issue, reader: Reader) -> list[Attachment]:
    """Files that this reader may have: the firm none that are internal, nor those of an answer not signed off."""
    rows = issue.attachments.select_related("answer", "message")
    shown = [file for file in rows if reader.is_staff or not _is_internal(file)]
    for file in shown:  # never saved: what this reader may know of the name
        file.name = reader.masked(file.name)
    return shown


def _is_internal(file: Attachment) -> bool:
    answer: Answer | None = file.answer
    message = file.message
    return file.internal or (answer is not None and answer.signed_at is None) or (message is not None and message.internal)


def _talk(issue: Issue, reader: Reader, files: list[Attachment]) -> list[dict[str, Any]]:
    rows = issue.messages.select_related("author", "unit")
    shown = rows if reader.is_staff else rows.filter(internal=False)
    return [
        {
            "message": message,
            "text": reader.masked(message.text),
            "who": _speaker(message, reader),
            "files": [file for file in files if file.message_id == message.pk],
        }
        for message in shown
    ]


def _speaker(message: Any, reader: Reader) -> str:
    if message.side == "firm":
        return f"{reader.firm_name} · {message.author}" if reader.knows_firm else reader.firm_name
    place = str(message.unit or message.get_side_display())
    return f"{place} · {message.author}" if reader.is_staff else place
