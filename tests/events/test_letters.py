"""Who still reads a message about a meeting, and whose calendar it touches."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from enterprises.models import Representative
from events.actions.answering import Guest, accept_invitation, decline_invitation
from events.actions.inviting import admit_application, apply_to_come, revoke_invitation
from events.actions.planning import cancel_occasion, edit_occasion, plan_of, replace_presiding
from liaison.accounts.models import User
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Notification
from liaison.notifications.rendering import message_of, messages_of
from tests.factories.enterprises import EnterpriseFactory
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


def test_a_letter_to_a_firm_is_written_with_few_queries(district, django_assert_max_num_queries):
    """Two thousand invitations go out at once: the meeting, the invitation, whom the reader represents."""
    invited(district, published(district))
    told = Notification.objects.select_related("recipient").get(recipient=district["firm1"], kind="event_invited")

    with django_assert_max_num_queries(3):
        assert message_of(told).text


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


@pytest.fixture
def _addresses(district):
    for username in ("firm1", "firm2"):
        User.objects.filter(pk=district[username].pk).update(email=f"{username}@example.cn")


def mail_to(district, username: str, kind: str) -> EmailMultiAlternatives:
    """The latest mail of this kind as it went out."""
    told = Notification.objects.filter(recipient=district[username], kind=kind).latest("pk")
    while deliver_due():
        pass
    subject = message_of(told).subject
    return [letter for letter in mail.outbox if letter.subject == subject and letter.to == [f"{username}@example.cn"]][-1]


@pytest.mark.usefixtures("_addresses")
def test_the_mail_that_confirms_a_place_leads_to_the_code_for_the_door(district, client):
    row = invited(district, published(district))[0]
    accept_invitation(row, by=None, now=MONDAY, guest=Guest("孙辉"))

    letter = mail_to(district, "firm1", "event_confirmed")

    html = letter.alternatives[0].content
    address = re.search(r"\S+/code/$", letter.body, re.MULTILINE)[0].partition("：")[2]
    assert address == f"{settings.PORTAL_URL}{row.get_code_url()}"
    assert f'href="{address}"' in html
    assert "door-code" in client.get(row.get_code_url()).content.decode()


@pytest.mark.usefixtures("_addresses")
def test_who_is_admitted_gets_the_code_and_who_waits_does_not(district):
    occasion = published(district, access="public", by_application=True, capacity=1)
    first, second = district.firm, EnterpriseFactory()
    Representative.objects.create(enterprise=second, user=district["firm2"], role="manager", since=MONDAY)
    for firm, username in ((first, "firm1"), (second, "firm2")):
        row = apply_to_come(occasion, firm, by=district[username], now=MONDAY, guest={"guest_name": "孙辉"})
        admit_application(row, by=district["events1"], now=MONDAY)

    assert "/code/" in mail_to(district, "firm1", "event_admitted").body
    assert "/code/" not in mail_to(district, "firm2", "event_waiting").body


def test_a_confirmation_that_is_read_after_the_firm_declined_leads_to_no_code(district):
    row = invited(district, published(district))[0]
    accept_invitation(row, by=None, now=MONDAY, guest=Guest("孙辉"))
    decline_invitation(row, by=None, now=MONDAY)

    told = Notification.objects.get(recipient=district["firm1"], kind="event_confirmed")
    assert "/code/" not in message_of(told).text
