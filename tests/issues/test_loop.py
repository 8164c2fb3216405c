"""The main job on real rows: from a firm's problem to a judged answer."""

from issues.enums import Stage
from issues.models import IssueEvent
from liaison.notifications.models import Notification
from tests.factories.issues import submitted, walk


def test_the_loop_closes_with_one_event_for_each_step(district):
    issue = walk(
        district,
        submitted(district),
        "admit",
        "dispatch",
        "accept",
        "accept-co",
        "contact",
        "opinion",
        "answer",
        "sign-off",
        "evaluate",
    )

    assert issue.stage == Stage.CLOSED
    kinds = list(IssueEvent.objects.filter(issue=issue).values_list("kind", flat=True))
    assert kinds == [
        "submit", "admit", "dispatch", "accept", "accept-co", "contact", "opinion", "answer", "sign-off", "evaluate",
    ]  # fmt: skip


def test_the_number_is_the_years_next(district):
    first, second = submitted(district), submitted(district)

    assert (first.number, second.number) == ("沿企诉〔2026〕1号", "沿企诉〔2026〕2号")


def test_everybody_concerned_is_told_once(district):
    walk(district, submitted(district), "admit", "dispatch-alone", "accept")

    told = Notification.objects.values_list("recipient__username", "kind").order_by("pk")
    assert len(told) == 8
    assert set(told) == {
        ("desk1", "issue_submitted"),
        ("desk2", "issue_submitted"),
        ("firm1", "issue_admitted"),
        ("tax.liaison", "issue_dispatched"),
        ("tax.head", "issue_dispatched"),
        ("firm1", "issue_handed_on"),
        ("firm1", "issue_accepted"),
        ("tax.handler", "issue_assigned"),
    }


def test_a_dissatisfied_firm_gets_a_second_round(district):
    issue = walk(
        district,
        submitted(district),
        "admit",
        "dispatch-alone",
        "accept",
        "answer",
        "sign-off",
        "evaluate-badly",
        "call-back-redo",
        "redo",
    )

    assert (issue.stage, issue.round, issue.orders.count()) == (Stage.DISPATCHED, 2, 2)
