"""What the ladder asks of people on pages: to acknowledge, and of the desk, to send its drafts."""

import pytest
from django.urls import reverse

from issues.enums import UrgingStage
from issues.models import SUBJECT, IssueEvent, Urging
from liaison.clocks.actions.climbing import climb
from liaison.clocks.enums import StepState
from liaison.clocks.models import Clock, Step
from liaison.notifications.models import Notification
from tests.factories.issues import make_district, submitted, walk


@pytest.fixture
def district(db):
    return make_district()


@pytest.fixture
def issue(district):
    """Answered by nobody until the red rung was reached."""
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")
    clock = Clock.objects.of(SUBJECT, issue.pk).get(kind="answer")
    climb(Step.objects.get(clock=clock, level=3).due_at)
    return issue


@pytest.fixture
def draft(issue) -> Urging:
    return Urging.objects.get()


def sign_in(client, district, username):
    client.force_login(district[username])
    return client


def test_the_desk_finds_drafts_on_its_start_page_and_in_their_list(district, draft, client):
    sign_in(client, district, "desk1")

    assert draft.issue.title in client.get("/").content.decode()
    assert draft.text in client.get(reverse("issues:urgings")).content.decode()


def test_a_draft_is_sent_once_in_the_words_of_the_desk(district, draft, client):
    sign_in(client, district, "desk1")
    address = reverse("issues:urging", args=[draft.pk])

    first = client.post(address, {"text": "请今天下班前答复。"})
    second = client.post(address, {"text": "再催一次。"})

    draft.refresh_from_db()
    assert (first.status_code, second.status_code, draft.stage, draft.text) == (302, 409, UrgingStage.SENT, "请今天下班前答复。")
    assert IssueEvent.objects.get(kind="urge").text == "请今天下班前答复。"
    assert set(Notification.objects.filter(kind="issue_urged").values_list("recipient__username", flat=True)) == {
        "tax.liaison", "tax.handler",
    }  # fmt: skip


def test_nothing_is_sent_that_was_discarded(district, draft, client):
    sign_in(client, district, "desk1")

    assert client.post(reverse("issues:urging-discard", args=[draft.pk])).status_code == 302
    assert (Urging.objects.get().stage, Notification.objects.filter(kind="issue_urged").count()) == (UrgingStage.DISCARDED, 0)


def test_an_empty_note_is_refused_with_everything_kept(district, draft, client):
    sign_in(client, district, "desk1")

    assert client.post(reverse("issues:urging", args=[draft.pk]), {"text": " "}).status_code == 400
    assert Urging.objects.get().stage == UrgingStage.DRAFT


@pytest.mark.parametrize(("username", "status"), [("tax.head", 403), ("inspect1", 403), ("firm1", 403)])
def test_only_the_desk_urges(district, draft, client, username, status):
    sign_in(client, district, username)

    assert client.post(reverse("issues:urging", args=[draft.pk]), {"text": "x"}).status_code == status
    assert Urging.objects.get().stage == UrgingStage.DRAFT


def test_who_was_told_acknowledges_on_the_page_of_the_issue(district, issue, client):
    sign_in(client, district, "tax.liaison")
    step = Step.objects.get(clock__subject_id=issue.pk, clock__kind="answer", level=3)
    address = reverse("issues:rung-acknowledge", args=[issue.address, step.pk])
    assert address in client.get(issue.get_absolute_url()).content.decode()

    assert client.post(address).status_code == 302

    step.refresh_from_db()
    assert step.acknowledged_by.username == "tax.liaison"
    assert address not in client.get(issue.get_absolute_url()).content.decode()


def test_a_firm_that_was_reminded_to_evaluate_has_nothing_to_acknowledge(district, client):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact", "answer", "sign-off")
    step = Step.objects.filter(clock__subject_id=issue.pk, clock__kind="evaluate").order_by("level").first()
    climb(step.due_at)
    assert Notification.objects.filter(kind="issue_rung_firm", recipient=district["firm1"]).exists()

    sign_in(client, district, "firm1")
    assert client.post(reverse("issues:rung-acknowledge", args=[issue.address, step.pk])).status_code == 403
    step.refresh_from_db()
    assert (step.state, step.acknowledged_at) == (StepState.FIRED, None)


def test_the_firm_finds_no_trace_on_its_page(district, issue, client):
    """T16: escalation is internal by type."""
    page = sign_in(client, district, "firm1").get(issue.get_absolute_url()).content.decode()

    assert not any(word in page for word in ("催办", "督办", "阶梯"))
