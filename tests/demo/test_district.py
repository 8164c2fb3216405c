"""The district as it stands on the evening of 28 September 2022, every history reached by the real steps.

Loading it takes a minute: whatever looks at all of it stands in this file, whose tests share one load.
"""

from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.db.models import Count

from enterprises.enums import Status
from enterprises.models import Enterprise
from events.enums import Stage as OccasionStage
from events.figures import Scope, figures_of
from events.models import Invitation, Occasion, RotationDraw
from issues.enums import TERMINAL, Channel, OrderState, Outcome, PetitionState, Stage
from issues.models import Issue, IssueEvent, Petition
from issues.workflow import ISSUE_FLOW, OTHER_EVENTS
from liaison.accounts.models import Posting, User
from liaison.accounts.rights import hats_of
from liaison.demo.cast import PASSWORD
from liaison.demo.timeline import ENDS_AT
from liaison.notifications.models import Delivery, Notification
from supervision.enums import Function
from supervision.models import Appointment, Interest, Report
from tests.demo.told import BY_KEY, OPEN, STORIES

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_every_stage_and_channel_is_there():
    assert set(Issue.objects.values_list("stage", flat=True)) == set(Stage.values)
    assert set(Issue.objects.values_list("channel", flat=True)) == set(Channel.values)


def test_the_figures_of_the_article_are_reached():
    """More than 100 collected and handed on, more than 70 of them solved."""
    handed_on = Issue.objects.exclude(dispatched_at=None)

    assert handed_on.count() > 100
    assert handed_on.filter(stage=Stage.CLOSED, outcome=Outcome.SOLVED).count() > 70


def test_every_issue_has_the_story_of_its_stage():
    sent = Issue.objects.exclude(stage=Stage.DRAFT)
    last = {event.issue_id: event.stage_to for event in IssueEvent.objects.order_by("pk")}

    assert {issue.pk: issue.stage for issue in sent} == last


def test_events_are_steps_of_the_flow():
    kinds = set(IssueEvent.objects.values_list("kind", flat=True))

    assert kinds <= {step.name for step in ISSUE_FLOW} | set(OTHER_EVENTS)


def test_numbers_follow_the_order_of_submission():
    serials = Issue.objects.exclude(number=None).order_by("submitted_at", "pk").values_list("serial", flat=True)

    assert list(serials) == list(range(1, len(serials) + 1))
    assert Issue.objects.get(serial=36).number == "沿企诉〔2022〕36号"


def test_the_loan_ends_well():
    issue = Issue.objects.get(once_key="demo-loan-of-the-article")

    assert (issue.stage, issue.outcome, issue.lead_unit.code) == (Stage.CLOSED, Outcome.SOLVED, "finance")


def test_the_restructuring_was_followed_to_its_end():
    issue = Issue.objects.get(once_key="demo-restructuring-of-the-article")
    kinds = list(issue.events.values_list("kind", flat=True))

    assert (issue.stage, issue.outcome, issue.lead_unit.code) == (Stage.CLOSED, Outcome.SOLVED, "court")
    assert kinds.count("progress") == 4
    assert not issue.milestones.filter(done_on=None).exists()


def test_petitions_wait_at_different_places():
    pending = Petition.objects.filter(state=PetitionState.PENDING)

    assert pending.exists()
    assert Issue.objects.exclude(suspended_until=None).exists()
    assert Issue.objects.filter(round=3).exists()
    assert Issue.objects.filter(orders__state=OrderState.RETURNED).exists()


def test_the_stranger_is_a_verified_firm_without_issues():
    firm = Enterprise.objects.get(representatives__user__username="stranger")

    assert firm.status == Status.VERIFIED
    assert not firm.issues.exists()


def test_open_are_the_stories_whose_issues_are():
    still = set(Issue.objects.exclude(stage__in=TERMINAL).exclude(stage=Stage.DRAFT).values_list("once_key", flat=True))
    drafts_and_merged = {key for key in OPEN if BY_KEY[key].draft or "merge" in {act.step for act in BY_KEY[key].acts}}

    assert {key.removeprefix("demo-") for key in still} == OPEN - drafts_and_merged
    assert {key for key in OPEN if BY_KEY[key].draft} == {story.key for story in STORIES if story.draft}


def test_forty_firms_in_three_states():
    assert Enterprise.objects.count() == 40
    assert set(Enterprise.objects.values_list("status", flat=True)) == {Status.APPLIED, Status.VERIFIED, Status.SUSPENDED}


def test_everybody_has_the_one_password():
    assert {user.password for user in User.objects.all()} == {User.objects.get(username="firm1").password}
    assert check_password(PASSWORD, User.objects.get(username="firm1").password)


def test_staff_have_duties_and_firms_have_none():
    assert hats_of(User.objects.get(username="leader1")).duties == {"leader"}
    assert not hats_of(User.objects.get(username="firm2.staff")).is_staff


def test_messages_of_the_past_are_in_the_inboxes_and_wait_for_nobody():
    """A worker that starts now has nothing to send, and no mail of four years ago leaves the house."""
    assert not Delivery.objects.open().exists()
    assert not Notification.objects.filter(delivered_at=None).exists()
    assert Notification.objects.filter(read_at=None, recipient__username="desk1").exists()
    assert not Notification.objects.filter(created_at__gt=ENDS_AT).exists()


# --- meetings ----------------------------------------------------------------------------------------
def test_the_meetings_of_the_article_were_held():
    """All are closed, those that are about what was said with approved minutes."""
    found = figures_of(Scope(2022))

    assert {kind.value: n for kind, n in found.by_kind} == {
        "breakfast": 13, "symposium": 1, "training": 2, "briefing": 11, "investment": 3, "ideals": 3, "banks": 1,
        "supervisors": 1,
    }  # fmt: skip
    assert (found.occasions, found.booklets) == (35, 2648)
    assert found.reached >= 35
    assert not Occasion.objects.filter(stage__in=[OccasionStage.HELD, OccasionStage.MINUTED]).exists()
    minuted = Occasion.objects.filter(revisions__approved_at__isnull=False)
    assert set(minuted.values_list("kind", flat=True)) == {"breakfast", "symposium", "banks"}


def test_what_was_raised_at_meetings_is_the_origin_of_its_issues():
    """Each issue of these channels has its point in the minutes, and leads back to the meeting."""
    issues = Issue.objects.filter(channel__in=[Channel.BREAKFAST, Channel.MEETING])

    assert issues.count() == 14
    assert issues.exclude(meeting_point__kind="taken").count() == 0
    for issue in issues.select_related("meeting_point__occasion", "enterprise"):
        assert issue.meeting_point.occasion.starts_at < issue.submitted_at < issue.meeting_point.occasion.ends_at
        assert issue.meeting_point.enterprise == issue.enterprise


def test_the_draws_of_the_rotation_are_kept_with_their_reasons():
    """Whom a draw chose was invited by it; whoever asks finds why, and why the others were not."""
    draws = RotationDraw.objects.select_related("occasion", "by", "occasion__rule").order_by("occasion__number")

    assert [row.occasion.number for row in draws] == list(range(6, 15))
    for row in draws:
        rotated = (
            row.occasion.invitations.filter(source="rotation").order_by("pk").values_list("enterprise__credit_code", flat=True)
        )
        assert [place["firm"]["code"] for place in row.result["chosen"]] == list(rotated)
        assert len(rotated) == row.occasion.rule.seats
        assert all(reason["words"]["zh"] for place in row.result["chosen"] for reason in place["reasons"])
        assert "cooling_off_days" in {reason["code"] for place in row.result["passed_over"] for reason in place["reasons"]}
        assert row.by.username == "events1"
    assert set(Invitation.objects.filter(source="rotation").values_list("occasion", flat=True)) == {
        row.occasion_id for row in draws
    }


def test_the_breakfasts_have_their_numbers():
    rows = Occasion.objects.filter(series__code="breakfast").order_by("starts_at").values_list("number", flat=True)

    assert list(rows) == list(range(1, 15))


def test_something_is_still_to_come_for_everybody():
    """To answer, a held place with a waiting list, applications and a substitute to decide, a meeting that is only planned."""
    now = ENDS_AT
    coming = Occasion.objects.to_come(now)
    firm1 = Invitation.objects.filter(enterprise__representatives__user__username="firm1", occasion__in=coming)

    assert coming.count() == 4
    assert sorted(firm1.values_list("state", flat=True)) == ["offered", "pending"]
    assert coming.filter(presiding__leader__username="leader1").count() == 3
    assert coming.filter(presiding__leader__username="leader.main").count() == 2
    assert Invitation.objects.filter(occasion__in=coming, state="waiting").count() == 2
    assert Invitation.objects.filter(occasion__in=coming, state="applied").count() == 2
    assert Invitation.objects.filter(occasion__in=coming, substitute="asked").count() == 1


def test_no_firm_comes_to_a_breakfast_more_often_than_it_should():
    rows = Invitation.objects.filter(occasion__series__code="breakfast").values_list("enterprise").annotate(n=Count("pk"))

    assert max(n for _firm, n in rows) <= 6


# --- supervisors --------------------------------------------------------------------------------------
def test_fourteen_were_appointed_on_the_day_of_the_article():
    rows = Appointment.objects.running(ENDS_AT.date())

    assert [row.number for row in rows.order_by("serial")] == [f"沿营监聘〔2022〕{n}号" for n in range(1, 15)]
    assert set(rows.values_list("batch__appointed_on", flat=True)) == {date(2022, 6, 15)}
    assert rows.filter(is_public=True).count() == 7
    assert all(row.certificates.filter(voided_at=None).count() == 1 for row in rows)


def test_supervisors_hold_no_duty():
    assert not Posting.objects.filter(user__username__startswith="supervisor").exists()
    assert User.objects.filter(username__in=["supervisor1", "supervisor2"]).count() == 2


def test_there_are_reports_of_all_four_functions_in_many_stages():
    assert set(Report.objects.values_list("function", flat=True)) == set(Function)
    assert set(Report.objects.values_list("stage", flat=True)) == {"sent", "leader", "inspection", "answered", "rated"}
    assert Report.objects.filter(set_aside=True).count() == 2
    assert Report.objects.filter(anonymous=True).count() == 2


def test_interests_are_declared():
    assert sorted(Interest.objects.values_list("tie", flat=True)) == ["competitor", "relative"]
