"""Who still reads a message about a meeting, and whose calendar it touches."""

from datetime import timedelta

from events.actions.answering import Guest, accept_invitation
from events.actions.inviting import revoke_invitation
from events.actions.planning import cancel_occasion, edit_occasion, plan_of, replace_presiding
from liaison.notifications.models import Notification
from liaison.notifications.rendering import messages_of
from tests.factories.events import invited, published
from tests.factories.issues import MONDAY


def read_by(district, username: str) -> list[str]:
    """What the person may still read, by kind."""
    rows = Notification.objects.filter(recipient=district[username]).select_related("recipient").order_by("pk")
    return [message.notification.kind.removeprefix("event_") for message in messages_of(rows)]


def calendar_of(district, username: str, kind: str):
    row = Notification.objects.filter(recipient=district[username], kind=kind).select_related("recipient").latest("pk")
    return messages_of([row])[0].context.get("calendar")


def test_who_acts_for_the_firm_no_more_reads_nothing_of_its_invitations(district):
    row = invited(district, published(district))[0]
    accept_invitation(row, by=None, now=MONDAY, guest=Guest("孙辉"))
    assert read_by(district, "firm1") == ["invited", "confirmed"]

    district.firm.representatives.update(ended_at=MONDAY + timedelta(days=3650))

    assert read_by(district, "firm1") == []


def test_a_firm_that_was_taken_off_the_list_still_reads_why(district):
    row = invited(district, published(district))[0]
    revoke_invitation(row, by=district["events1"], now=MONDAY, reason="名额调整")

    assert read_by(district, "firm1") == ["invited", "revoked"]


def test_an_invitation_that_is_sent_late_asks_no_calendar_for_what_is_called_off(district):
    occasion = published(district)
    invited(district, occasion)
    assert calendar_of(district, "firm1", "event_invited") is not None

    cancel_occasion(occasion, by=district["events1"], now=MONDAY, reason="停办")

    assert calendar_of(district, "firm1", "event_invited") is None
    assert calendar_of(district, "firm1", "event_cancelled") is not None


def test_who_is_replaced_is_told_and_the_entry_goes(district):
    occasion = published(district)
    leaders = {"leader": district["leader.main"], "replacement": district["leader1"]}

    replace_presiding(occasion, by=district["events1"], now=MONDAY, reason="公务冲突", **leaders)

    assert read_by(district, "leader.main") == ["presiding", "presiding_ended"]
    assert read_by(district, "leader1") == ["presiding"]
    occasion.refresh_from_db()
    assert occasion.sequence == 1
    content, _type = calendar_of(district, "leader.main", "event_presiding_ended")("x@example.org")
    assert "METHOD:CANCEL" in content


def test_leaders_who_are_added_or_left_out_in_the_details_are_told(district):
    occasion = published(district)

    edit_occasion(occasion, by=district["events1"], now=MONDAY, plan=plan_of(occasion, host=district["leader1"]))

    assert read_by(district, "leader.main") == ["presiding", "presiding_ended"]
    assert read_by(district, "leader1") == ["presiding"]
