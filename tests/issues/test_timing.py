"""Which clocks an issue has at each stage, how they end, and what moves them."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from issues.actions.healing import keep_missing_clocks
from issues.actions.pausing import resume_suspended
from issues.enums import Timed
from issues.models import SUBJECT, Category, Issue
from liaison.clocks.enums import Because, Outcome, StepState
from liaison.clocks.models import Clock, ClockEvent, Pause, Step
from liaison.workdays import ZONE
from liaison.workdays.limits import Limit, LimitUnit
from tests.factories.issues import MONDAY, step, submitted, walk

DAY = timedelta(days=1)
TO_STAGE = {
    "submitted": [],
    "admitted": ["admit"],
    "dispatched": ["admit", "dispatch"],
    "handling": ["admit", "dispatch", "accept", "accept-co"],
    "contacted": ["admit", "dispatch", "accept", "accept-co", "contact"],
    "signing": ["admit", "dispatch", "accept", "accept-co", "contact", "opinion", "answer"],
    "answered": ["admit", "dispatch", "accept", "accept-co", "contact", "opinion", "answer", "sign-off"],
    "callback": ["admit", "dispatch-alone", "accept", "contact", "answer", "sign-off", "evaluate-badly"],
    "redo": ["admit", "dispatch-alone", "accept", "contact", "answer", "sign-off", "evaluate-badly", "call-back-redo"],
    "closed": ["admit", "dispatch-alone", "accept", "contact", "answer", "sign-off", "evaluate"],
}


def running(issue: Issue) -> list[str]:
    return sorted(Clock.objects.running().of(SUBJECT, issue.pk).values_list("kind", flat=True))


def clock(issue: Issue, kind: Timed) -> Clock:
    return Clock.objects.of(SUBJECT, issue.pk).filter(kind=kind).latest("pk")


@pytest.mark.parametrize(
    ("stage", "kinds"),
    [
        ("submitted", ["admit"]),
        ("admitted", ["dispatch"]),
        ("dispatched", ["accept", "accept", "answer", "opinion"]),
        ("handling", ["answer", "contact", "opinion"]),
        ("contacted", ["answer", "opinion"]),
        ("signing", ["answer", "sign_off"]),
        ("answered", ["evaluate"]),
        ("callback", ["call_back"]),
        ("redo", ["dispatch"]),
        ("closed", []),
    ],
)
def test_every_stage_has_its_own_clocks(district, stage, kinds):
    """T44, T04: what a step ends has no clock left, what it begins has one at once."""
    issue = walk(district, submitted(district), *TO_STAGE[stage])

    assert running(issue) == kinds


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (Timed.ADMIT, datetime(2026, 9, 7, 15, 0, tzinfo=ZONE)),
        (Timed.DISPATCH, datetime(2026, 9, 8, 17, 30, tzinfo=ZONE)),
        (Timed.ACCEPT, datetime(2026, 9, 7, 11, 30, tzinfo=ZONE)),
        (Timed.CONTACT, datetime(2026, 9, 8, 17, 30, tzinfo=ZONE)),
        (Timed.ANSWER, datetime(2026, 9, 16, 17, 30, tzinfo=ZONE)),
        (Timed.SIGN_OFF, datetime(2026, 9, 8, 17, 30, tzinfo=ZONE)),
        (Timed.EVALUATE, datetime(2026, 9, 14, 17, 30, tzinfo=ZONE)),
    ],
)
def test_each_kind_has_the_limit_of_the_rules(district, kind, due):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact", "answer", "sign-off")

    assert clock(issue, kind).due_at == due


def test_what_was_done_in_time_is_met_and_what_was_not_is_missed(district):
    """T10: the outcome is a row of its own, written once."""
    issue = walk(district, submitted(district), "admit", "dispatch-alone")
    walk(district, issue, "accept", now=MONDAY + DAY)

    found = {each.kind: each.outcome for each in Clock.objects.of(SUBJECT, issue.pk)}
    assert found == {"admit": "met", "dispatch": "met", "accept": "missed", "answer": "", "contact": ""}


def test_an_outcome_cannot_be_written_twice(district):
    issue = walk(district, submitted(district), "admit")

    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Clock.objects.of(SUBJECT, issue.pk).filter(kind=Timed.ADMIT).update(outcome=Outcome.MISSED)


def test_changes_of_a_clock_cannot_be_changed(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept")
    ClockEvent.objects.create(clock=clock(issue, Timed.ANSWER), at=MONDAY, because=Because.LIMIT)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ClockEvent.objects.update(note="x")


@pytest.mark.parametrize("name", ["merge", "withdraw"])
def test_what_ends_otherwise_leaves_no_clock_and_no_planned_rung(district, name):
    """T05: a merged or withdrawn matter never climbs."""
    other, issue = submitted(district), submitted(district)
    if name == "merge":
        issue = step(district, issue, "merge", "desk1", into=other)
    else:
        issue = step(district, issue, "withdraw", "firm1", reason="已自行解决")
        issue = step(district, issue, "call-back", "caller1", result="withdrawn", text="企业确认")

    assert running(issue) == []
    own = Step.objects.filter(clock__subject_id=issue.pk)
    assert not own.filter(state=StepState.PLANNED).exists()
    assert clock(issue, Timed.ADMIT).outcome == Outcome.VOID


def test_a_send_back_does_not_stop_the_answer(district):
    """T09: the answer's time goes on, whoever has it."""
    issue = walk(district, submitted(district), "admit", "dispatch-alone")
    before = clock(issue, Timed.ANSWER)
    issue = step(district, issue, "ask-send-back", "tax.head", reason="非本局职责", basis="三定方案")
    issue = step(district, issue, "decide-send-back", "desk1", MONDAY + DAY, result="approve")

    assert running(issue) == ["answer", "dispatch"]
    issue = step(district, issue, "dispatch", "desk1", MONDAY + DAY, lead_unit=district.units["env"], limit=7)
    after = clock(issue, Timed.ANSWER)
    assert (after.pk, after.due_at, after.unit_id) == (before.pk, before.due_at, district.units["env"].pk)


def suspended(district, until: date, kind: str = "firm") -> Issue:
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")
    issue = step(district, issue, "ask-suspension", "tax.handler", kind=kind, reason="等材料", until=until)
    return step(district, issue, "decide-suspension", "desk1", result="approve")


def test_a_pause_is_an_interval_with_reason_and_approver(district):
    issue = suspended(district, date(2026, 9, 10))

    pause = Pause.objects.get()
    told = (pause.clock.kind, pause.reason, pause.began_at, pause.ended_at, pause.asked_by.username, pause.approved_by.username)
    assert told == ("answer", "firm", MONDAY, None, "tax.handler", "desk1")
    assert clock(issue, Timed.ANSWER).next_step_at is None


def test_a_paused_clock_has_no_light(district, client):
    """T24: it says that it stands still and cannot be late."""
    issue = suspended(district, date(2026, 9, 30))
    client.force_login(district["desk1"])

    page = client.get(f"{issue.get_absolute_url()}clocks/").content.decode()

    assert clock(issue, Timed.ANSWER).paused_at == MONDAY
    assert "■" not in page


def test_what_was_paused_is_made_up_for_to_the_minute(district):
    """T22, T23: 9:30 on Monday to 15:00 on Wednesday are 18 hours of working time; the Sunday is a make-up day."""
    issue = suspended(district, date(2026, 9, 30))
    issue = step(district, issue, "resume", "tax.handler", MONDAY + 2 * DAY + timedelta(hours=5, minutes=30))

    assert clock(issue, Timed.ANSWER).due_at == datetime(2026, 9, 20, 14, 30, tzinfo=ZONE)
    assert issue.due_at == issue.orders.get().due_at == clock(issue, Timed.ANSWER).due_at


def test_a_pause_ends_with_its_last_day_however_late_the_sweep(district):
    """T37: a sweep that was off for a week resumes what it would have resumed."""
    issue = suspended(district, date(2026, 9, 9))

    assert resume_suspended(MONDAY + 9 * DAY) == 1
    issue.refresh_from_db()
    assert Pause.objects.get().ended_at == datetime(2026, 9, 10, 0, 0, tzinfo=ZONE)
    assert issue.due_at == datetime(2026, 9, 20, 17, 0, tzinfo=ZONE)


def test_a_withdrawal_that_is_taken_back_costs_the_unit_nothing(district):
    """T07: nobody can work while the caller asks why."""
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")
    issue = step(district, issue, "withdraw", "firm1", reason="先等等")
    issue = step(district, issue, "call-back", "caller1", MONDAY + DAY, result="continue", text="企业希望继续")

    assert running(issue) == ["answer"]
    assert issue.due_at == datetime(2026, 9, 17, 17, 30, tzinfo=ZONE)


def extended(district, until: date) -> Issue:
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")
    issue = step(district, issue, "ask-extension", "tax.handler", reason="待批复", until=until, note="需要几天")
    return step(district, issue, "decide-extension", "desk1", result="approve")


def test_more_time_begins_the_ladder_anew(district):
    issue = extended(district, date(2026, 9, 21))
    answer = clock(issue, Timed.ANSWER)

    assert (answer.cycle, answer.due_at, issue.due_at) == (2, datetime(2026, 9, 21, 17, 30, tzinfo=ZONE), answer.due_at)
    states = set(answer.steps.values_list("cycle", "state"))
    assert states == {(1, StepState.CANCELLED), (2, StepState.PLANNED)}


def test_the_change_of_a_date_is_told_with_old_new_and_because(district):
    issue = extended(district, date(2026, 9, 21))

    event = clock(issue, Timed.ANSWER).events.get()
    told = (event.because, event.by.username, event.old, event.new)
    assert told == (
        Because.EXTENDED, "desk1", datetime(2026, 9, 16, 17, 30, tzinfo=ZONE), datetime(2026, 9, 21, 17, 30, tzinfo=ZONE),
    )  # fmt: skip


def test_a_pause_after_more_time_moves_the_granted_day(district):
    issue = extended(district, date(2026, 9, 21))
    issue = step(district, issue, "ask-suspension", "tax.handler", kind="firm", reason="等材料", until=date(2026, 9, 30))
    issue = step(district, issue, "decide-suspension", "desk1", MONDAY + DAY, result="approve")
    issue = step(district, issue, "resume", "tax.handler", MONDAY + 2 * DAY)

    assert issue.due_at == datetime(2026, 9, 22, 17, 30, tzinfo=ZONE)


def test_urgent_is_24_hours_by_the_clock(district):
    issue = submitted(district, now=MONDAY + 4 * DAY, urgency="urgent")
    fields = {"category": Category.objects.get(code="01"), "nature": "help", "kind": "individual", "urgency": "urgent"}
    issue = step(district, issue, "admit", "desk1", MONDAY + 4 * DAY, **fields)
    issue = step(district, issue, "dispatch", "desk1", MONDAY + 4 * DAY, lead_unit=district.units["tax"])

    assert issue.due_at == MONDAY + 5 * DAY
    assert issue.orders.get().limit == Limit(24, LimitUnit.HOURS)


def test_overdue_payments_have_the_limits_of_their_law(district):
    """Pass on within 10 working days, a result within 30 days, which no pause moves (T26)."""
    Category.objects.update(is_arrears=True)
    issue = submitted(district)
    assert running(issue) == ["admit", "pass_on"]
    assert clock(issue, Timed.PASS_ON).due_at == datetime(2026, 9, 20, 17, 30, tzinfo=ZONE)  # a make-up Sunday is day 10

    issue = walk(district, issue, "admit", "dispatch-alone", "accept", "contact")
    issue = step(district, issue, "ask-suspension", "tax.handler", kind="firm", reason="等材料", until=date(2026, 9, 30))
    issue = step(district, issue, "decide-suspension", "desk1", result="approve")
    issue = step(district, issue, "resume", "tax.handler", MONDAY + 3 * DAY)

    assert clock(issue, Timed.ARREARS).due_at == datetime(2026, 10, 8, 17, 30, tzinfo=ZONE)


def test_a_long_matter_is_due_on_its_next_report(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact", "answer")
    plan = {"text": "分步推进", "milestones": [(date(2026, 11, 2), "立项")], "until": date(2026, 10, 12)}
    issue = step(district, issue, "ask-track", "tax.head", **plan)
    issue = step(district, issue, "decide-track", "desk1", result="approve")
    assert running(issue) == ["milestone", "report"]

    issue = step(district, issue, "progress", "tax.handler", MONDAY + 30 * DAY, text="已立项", until=date(2026, 11, 9))

    reports = Clock.objects.of(SUBJECT, issue.pk).filter(kind=Timed.REPORT).order_by("pk")
    assert [(each.outcome, each.due_at.date()) for each in reports] == [("met", date(2026, 10, 12)), ("", date(2026, 11, 9))]
    assert issue.due_at == datetime(2026, 11, 9, 17, 30, tzinfo=ZONE)


def test_a_returned_answer_of_a_long_matter_is_not_late_at_once(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact", "answer")
    plan = {"text": "分步推进", "milestones": [(date(2026, 11, 2), "立项")], "until": date(2026, 10, 12)}
    issue = step(district, issue, "ask-track", "tax.head", **plan)
    issue = step(district, issue, "decide-track", "desk1", result="approve")
    later = MONDAY + 20 * DAY
    issue = step(district, issue, "answer", "tax.handler", later, outcome="solved", text="已办结")
    assert running(issue) == ["milestone", "report", "sign_off"]

    issue = step(district, issue, "sign-off", "tax.head", later, result="return", note="请补充")

    assert running(issue) == ["milestone", "report"]


def test_a_new_round_has_a_new_answer(district):
    """T32: reopening opens a new cycle; the old clock keeps its outcome."""
    issue = walk(district, submitted(district), *TO_STAGE["redo"], "redo")

    answers = Clock.objects.of(SUBJECT, issue.pk).filter(kind=Timed.ANSWER).order_by("pk")
    assert [(each.round, each.outcome) for each in answers] == [(1, "met"), (2, "")]


def test_rungs_are_planned_in_advance_and_never_at_the_beginning(district):
    """T21: no rung is reached the moment a clock begins."""
    issue = walk(district, submitted(district), "admit", "dispatch-alone")
    answer = clock(issue, Timed.ANSWER)

    steps = list(answer.steps.order_by("level"))
    assert [each.level for each in steps] == [1, 2, 3, 4, 5, 6]
    assert answer.started_at < steps[0].due_at == answer.next_step_at
    assert [each.due_at for each in steps[2:]] == [datetime(2026, 9, day, 17, 30, tzinfo=ZONE) for day in (16, 17, 22)] + [
        datetime(2026, 9, 30, 17, 30, tzinfo=ZONE)
    ]


@pytest.mark.parametrize(("reader", "sees"), [("firm1", False), ("desk1", True)])
def test_the_firm_reads_why_but_no_inner_clock(district, client, reader, sees):
    """T16, T42: every day is explained; opinions, sign-off and rungs are the staff's."""
    issue = walk(district, submitted(district), "admit", "dispatch")
    client.force_login(district[reader])

    page = client.get(f"{issue.get_absolute_url()}clocks/").content.decode()

    assert "2026年9月12日(周六)不上班" in page.replace(" ", "")
    assert ("协办意见" in page, "阶梯" in page) == (sees, sees)


def test_open_issues_of_before_there_were_clocks_get_theirs_once(district):
    """An upgrade: nothing that is open stays unwatched (T33)."""
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")
    Step.objects.all().delete()
    Clock.objects.all().delete()

    assert (keep_missing_clocks(MONDAY + DAY), keep_missing_clocks(MONDAY + DAY)) == (1, 0)
    assert running(issue) == ["answer"]
    assert clock(issue, Timed.ANSWER).due_at == datetime(2026, 9, 16, 17, 30, tzinfo=ZONE)
