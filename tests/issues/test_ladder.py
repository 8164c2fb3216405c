"""The ladder on issues: what is reached, who is told, what stays internal."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from issues.ladder import IssueSubjects
from issues.models import SUBJECT, Concern, Issue, IssueEvent, Summons, SupervisionOrder, Urging
from issues.story import Reader
from issues.told import People
from liaison.accounts.models import Duty, Posting, Substitution
from liaison.accounts.rights import nobody_moves
from liaison.clocks.actions.acknowledging import acknowledge, climb_unacknowledged
from liaison.clocks.actions.climbing import Climbed, climb
from liaison.clocks.enums import Light, StepState, Told
from liaison.clocks.models import Clock, Step
from liaison.notifications.models import Delivery, Notification
from liaison.notifications.rendering import message_of
from tests.factories.issues import MONDAY, person, step, submitted, walk


@pytest.fixture
def issue(district):
    district.people["tax.deputy"] = person("tax.deputy", (district.units["tax"], Duty.DEPUTY))
    return walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")


def answer_clock(issue) -> Clock:
    return Clock.objects.of(SUBJECT, issue.pk).get(kind="answer")


def states(clock) -> dict[int, str]:
    return dict(Step.objects.filter(clock=clock, cycle=clock.cycle).values_list("level", "state"))


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def moment(clock, level):
    return Step.objects.get(clock=clock, cycle=clock.cycle, level=level).due_at


def test_every_rung_is_reached_in_its_time_and_tells_its_people(district, issue):
    """T19: the whole ladder, rung by rung; T18: ten runs at each of them are one."""
    clock = answer_clock(issue)
    people = {}
    for level in range(1, 7):
        at = moment(clock, level)
        early = climb(at - timedelta(seconds=1))
        runs = [climb(at) for _time in range(10)]
        people[level] = told(f"issue_rung_{level}")
        assert (early, runs[1:]) == (Climbed(), [Climbed()] * 9), level
    clock.refresh_from_db()

    unit = {"tax.handler", "tax.liaison"}
    late = unit | {"tax.deputy", "tax.head", "desk1", "desk2"}
    assert states(clock) == {1: "spared", **dict.fromkeys(range(2, 7), "fired")}
    assert people == {
        1: set(),
        2: unit | {"tax.deputy"},
        3: late,
        4: late | {"inspect1"},
        5: late | {"inspect1", "leader1"},
        6: late | {"inspect1", "leader1", "leader.main"},
    }
    assert (clock.level, clock.light, clock.next_step_at) == (6, Light.RED, None)
    assert [row.told for row in Step.objects.filter(clock=clock).order_by("level")] == [0, 3, 6, 7, 8, 9]
    assert list(IssueEvent.objects.filter(kind="rung").values_list("detail__level", "internal", "actor")) == [
        (level, True, None) for level in range(2, 7)
    ]


def test_whoever_was_not_called_is_reminded_at_half_time(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept")
    clock = answer_clock(issue)

    climb(moment(clock, 1))

    assert told("issue_rung_1") >= {"tax.handler", "tax.liaison"}
    assert states(clock)[1] == StepState.FIRED


# --- who is told --------------------------------------------------------------------------------------
def test_whoever_is_named_and_their_people_learn_nothing(district, issue):
    """R-rule of conflict: the head is named, so neither the head nor who is below is told; others are."""
    Concern.objects.create(issue=issue, official=district.people["tax.head"])

    climb(moment(answer_clock(issue), 3))

    assert told("issue_rung_3") == {"desk1", "desk2"}


def test_who_stands_in_is_told_too(district, issue):
    away = date(2020, 1, 1), date(2999, 1, 1)
    Substitution.objects.create(
        absent=district.people["tax.liaison"], substitute=district.people["env.liaison"], from_on=away[0], to_on=away[1]
    )

    climb(moment(answer_clock(issue), 2))

    assert told("issue_rung_2") == {"tax.handler", "tax.liaison", "tax.deputy", "env.liaison"}


def test_whoever_left_the_unit_is_not_told(district, issue):
    Posting.objects.filter(user=district.people["tax.handler"]).update(to_on=date(2021, 1, 1))

    climb(moment(answer_clock(issue), 2))

    assert told("issue_rung_2") == {"tax.liaison", "tax.deputy"}


def test_nobody_to_tell_is_an_alarm(district, issue):
    Posting.objects.filter(unit=district.units["tax"]).exclude(duty=Duty.LEADER).update(to_on=date(2021, 1, 1))

    climb(moment(answer_clock(issue), 2))

    assert told("issue_rung_2") == set()
    assert told("nobody_told") == {"desk1", "desk2", "admin.system"}
    assert Step.objects.get(clock=answer_clock(issue), level=2).told == 0


def test_leaders_of_units_above_are_in_charge(district, issue):
    tax = district.units["tax"]
    Posting.objects.filter(user=district.people["leader1"], unit=tax).update(unit=district.units["leaders"])
    tax.parent = district.units["leaders"]
    tax.save()

    climb(moment(answer_clock(issue), 5))

    assert "leader1" in told("issue_rung_5")


def test_what_no_unit_has_yet_is_the_desks(district):
    issue = submitted(district)
    clock = Clock.objects.of(SUBJECT, issue.pk).get(kind="admit")

    climb(moment(clock, 4))

    assert told("issue_rung_4") == {"desk1", "desk2", "inspect1"}
    assert Urging.objects.count() == 0
    assert SupervisionOrder.objects.get().unit == district.units["desk"]


def test_the_firm_is_reminded_to_evaluate_and_then_called(district, issue):
    issue = walk(district, issue, "answer", "sign-off")
    clock = Clock.objects.of(SUBJECT, issue.pk).get(kind="evaluate")

    climb(moment(clock, 1))
    climb(moment(clock, 2))

    assert told("issue_rung_firm") == {"firm1"}
    assert told("issue_rung_2") == {"caller1"}


def test_callers_of_the_units_that_handled_it_are_not_asked_to_call(district, issue):
    district.people["tax.caller"] = person("tax.caller", (district.units["tax"], Duty.CALLER))
    issue = walk(district, issue, "answer", "sign-off", "evaluate-badly")

    climb(moment(Clock.objects.of(SUBJECT, issue.pk).get(kind="call_back"), 2))

    assert told("issue_rung_2") == {"caller1", "desk1", "desk2"}


@pytest.mark.parametrize("named", [None, "tax.head", "desk1", "leader1"])
def test_everybody_told_may_read_the_issue_and_the_other_way_round(district, issue, named):
    """``may_view`` in bulk and ``visible_to`` agree."""
    if named:
        Concern.objects.create(issue=issue, official=district.people[named])
    clock = answer_clock(issue)
    with nobody_moves():
        [(_pk, locked)] = IssueSubjects().lock([issue.pk]).items()
        found = People([(clock, locked, list(Told))]).audience(clock, locked, list(Told))

    names = {user.username for user in found.staff}
    visible = {user.username for user in district.people.values() if Issue.objects.read_by_staff(district[user.username])}
    assert names <= visible
    assert visible - names <= {"caller1"}
    assert [user.username for user in found.firm] == ["firm1"]


# --- the firm sees no trace ---------------------------------------------------------------------------
def test_the_firm_sees_no_trace_of_the_ladder(district, issue):
    """T16: neither in the story nor in messages, not even a representative who once was told as staff."""
    climb(moment(answer_clock(issue), 6))
    firm = district["firm1"]
    stray = Notification.objects.filter(kind="issue_rung_6").first()
    stray.recipient = firm
    stray.pk = None
    stray.save()

    assert not [entry for entry in Reader(issue, firm).events() if entry.kind.startswith(("rung", "supervision", "summons"))]
    with pytest.raises(Exception, match=str(stray.pk)):
        message_of(stray)
    assert not told("issue_rung_firm")


def test_staff_read_in_the_story_what_the_ladder_did(district, issue):
    climb(moment(answer_clock(issue), 3))

    with translation.override("en"):
        entry = next(each for each in Reader(issue, district["desk1"]).events() if each.kind == "rung")
    assert (entry.title, entry.who, entry.internal) == ("Rung of the ladder 3: Answer – Overdue", "The system", True)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("level", [2, 3, 4, 5, 6])
def test_each_message_says_what_is_late_since_when_and_whose(district, issue, language, level):
    clock = answer_clock(issue)
    climb(moment(clock, level))

    with translation.override(language):
        message = message_of(Notification.objects.filter(kind=f"issue_rung_{level}").first())
        words = f"{message.subject} {message.text} {message.why} {message.part('body.html')}"

    assert issue.number in message.subject
    assert all(word in words for word in (issue.title, "Tax" if language == "en" else "区税务局"))
    assert message.url == issue.get_absolute_url()


# --- what a rung orders -------------------------------------------------------------------------------
def test_an_overdue_rung_drafts_an_urging_note_once(district, issue):
    clock = answer_clock(issue)
    for _time in range(3):
        climb(moment(clock, 3))

    [draft] = Urging.objects.all()
    assert (draft.issue, draft.unit, draft.clock_id, draft.settled_at) == (issue, district.units["tax"], clock.pk, None)
    assert issue.number in draft.text


def test_a_day_later_a_numbered_order_is_opened_and_at_the_top_a_summons(district, issue):
    clock = answer_clock(issue)
    for level in (3, 4, 5, 6):
        climb(moment(clock, level))

    assert list(SupervisionOrder.objects.values_list("serial", "unit", "clock_id", "level")) == [
        (1, district.units["tax"].pk, clock.pk, 4)
    ]
    assert list(Summons.objects.values_list("unit", "clock_id", "level")) == [(district.units["tax"].pk, clock.pk, 6)]


# --- when it holds its peace --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "by", "values"),
    [
        ("merge", "desk1", {}),
        ("propose-refusal", "desk1", {"reason": "court", "text": "请向法院起诉"}),
    ],
)
def test_a_terminal_stage_cancels_all_steps(district, name, by, values):
    """T05: merged or refused issues tell nothing more."""
    issue, other = submitted(district), submitted(district)
    if name == "merge":
        issue = step(district, issue, "merge", by, into=other)
    else:
        issue = step(district, issue, name, by, **values)
        issue = step(district, issue, "confirm-refusal", "desk2", result="approve")
    Clock.objects.of(SUBJECT, other.pk).update(next_step_at=None)

    assert climb(MONDAY + timedelta(days=60)) == Climbed()
    assert set(Step.objects.filter(clock__subject_id=issue.pk).values_list("state", flat=True)) == {"cancelled"}


def test_an_answer_in_time_ends_it(district, issue):
    clock = answer_clock(issue)
    walk(district, issue, "answer", "sign-off")

    climb(moment(clock, 6))

    assert not {level for level, state in states(clock).items() if state != StepState.CANCELLED}


def test_waiting_for_the_firm_is_nobodys_delay(district, issue):
    """T07, T24."""
    until = MONDAY.date() + timedelta(days=60)
    issue = step(district, issue, "ask-suspension", "tax.handler", kind="firm", reason="等材料", until=until)
    issue = step(district, issue, "decide-suspension", "desk1", result="approve")

    assert climb(MONDAY + timedelta(days=50)) == Climbed()


def test_an_urgent_issue_is_told_at_night(district, issue):
    Issue.objects.filter(pk=issue.pk).update(urgency="urgent")

    climb(moment(answer_clock(issue), 2))

    assert set(Delivery.objects.filter(notification__kind="issue_rung_2").values_list("urgent", flat=True)) == {True}


# --- what happened, not time --------------------------------------------------------------------------
ROUND = ("accept", "answer", "sign-off", "evaluate-badly", "call-back-redo")


def rungs_told():
    return list(IssueEvent.objects.filter(kind="rung").order_by("pk").values_list("detail__level", flat=True))


def test_solved_that_is_not_goes_to_the_main_leaders(district):
    walk(district, submitted(district), "admit", "dispatch-alone", *ROUND)

    climb(MONDAY)

    assert rungs_told() == [6]
    assert "leader.main" in told("issue_rung_6")
    with translation.override("en"):
        message = message_of(Notification.objects.get(kind="issue_rung_6", recipient__username="leader.main"))
        assert "dissatisfied for the third time, or what was answered as solved is not" in message.text
    assert Summons.objects.count() == 1


def test_the_second_bad_judgement_goes_to_the_leader_in_charge_the_third_to_the_main_leaders(district):
    """Rounds count together; the answers did not say "solved"."""
    issue = walk(district, submitted(district), "admit", "dispatch-alone")
    for _round in range(3):
        issue = walk(district, issue, "accept")
        issue = step(district, issue, "answer", "tax.handler", outcome="explained", text="政策解释")
        issue = walk(district, issue, "sign-off", "evaluate-badly")
        climb(MONDAY)
        if _round < 2:
            issue = walk(district, issue, "call-back-redo", "redo")

    assert rungs_told() == [5, 6]


# --- acknowledging ------------------------------------------------------------------------------------
@pytest.fixture
def late(district, issue):
    """A rung that was told."""
    clock = answer_clock(issue)
    climb(moment(clock, 2))
    return Step.objects.get(clock=clock, level=2)


def test_who_was_told_acknowledges_once(district, late):
    now = late.settled_at + timedelta(hours=1)

    done = [acknowledge(late, district[name], now) for name in ("tax.liaison", "tax.deputy")]
    late.refresh_from_db()

    assert done == [True, False]
    assert (late.acknowledged_by.username, late.acknowledged_at) == ("tax.liaison", now)
    assert climb_unacknowledged(now + timedelta(days=30)) == 0


def test_who_was_not_told_cannot_acknowledge(district, late):
    for name in ("tax.head", "inspect1", "firm1"):
        with pytest.raises(PermissionDenied):
            acknowledge(late, district[name], MONDAY)


def test_who_stands_in_acknowledges_for_who_is_away(district, late):
    Substitution.objects.create(
        absent=district.people["tax.liaison"],
        substitute=district.people["finance.liaison"],
        from_on=date(2020, 1, 1),
        to_on=date(2999, 1, 1),
    )

    assert acknowledge(late, district["finance.liaison"], MONDAY)


def test_what_nobody_acknowledges_is_told_a_rung_further_up_once(district, issue, late):
    runs = [climb_unacknowledged(late.acknowledge_by + timedelta(seconds=seconds)) for seconds in (0, 1, 2, 3)]

    assert runs == [0, 1, 0, 0]
    assert told("issue_unacknowledged") == {"tax.handler", "tax.liaison", "tax.deputy", "tax.head", "desk1", "desk2"}
    assert IssueEvent.objects.filter(kind="rung-unheard", internal=True).count() == 1


def test_what_a_higher_rung_told_meanwhile_is_not_told_again(district, issue, late):
    climb(moment(answer_clock(issue), 3))

    assert climb_unacknowledged(late.acknowledge_by + timedelta(seconds=1)) == 0
    late.refresh_from_db()
    assert late.climbed_at is not None
    assert told("issue_unacknowledged") == set()


def test_who_answered_is_not_chased(district, issue, late):
    walk(district, issue, "answer", "sign-off")

    assert climb_unacknowledged(late.acknowledge_by + timedelta(days=30)) == 0
    assert told("issue_unacknowledged") == set()


# --- what the ladder's pages ask ----------------------------------------------------------------------
def test_titles_are_for_whoever_may_read_the_issue(district, issue):
    clock = answer_clock(issue)
    titles = {name: IssueSubjects().titles([clock], district[name]) for name in ("desk1", "env.head", "stranger")}

    assert {name: len(found) for name, found in titles.items()} == {"desk1": 1, "env.head": 0, "stranger": 0}
    assert titles["desk1"][clock.pk].title == f"{issue.number} {issue.title}"


def test_moved_due_moments_are_copied(district):
    issue = walk(district, submitted(district), "admit", "dispatch", "accept")
    clocks = list(Clock.objects.running().of(SUBJECT, issue.pk))
    for clock in clocks:
        clock.due_at += timedelta(days=1)

    IssueSubjects().moved(clocks, MONDAY)

    due = {clock.kind: clock.due_at for clock in clocks}
    issue.refresh_from_db()
    assert issue.due_at == due["answer"]
    assert dict(issue.orders.values_list("role", "due_at")) == {"lead": due["answer"], "co": due["opinion"]}
