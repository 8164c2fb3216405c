"""What messages about issues say: number and place for those who may read it, nothing outside for sensitive ones."""

import pytest
from django.core import mail

from issues.models import Issue
from liaison.accounts.models import User
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Delivery, DeliveryState, Notification
from liaison.notifications.rendering import message_of, messages_of
from tests.factories.issues import submitted, walk


@pytest.fixture
def _addresses(district):
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.cn")


def deliver_all():
    while deliver_due():
        pass


@pytest.mark.usefixtures("_addresses")
def test_every_letter_names_the_issue_leads_to_it_and_says_why(district):
    """The words of issues are lent to the outbox; once they were not, and every letter was empty."""
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept")
    deliver_all()

    assert len(mail.outbox) == 8
    assert all(issue.number in letter.subject and issue.get_absolute_url() in letter.body for letter in mail.outbox)
    assert any("您" in letter.body.rsplit("--", 1)[1] for letter in mail.outbox)


@pytest.mark.usefixtures("_addresses")
def test_of_a_sensitive_issue_nothing_leaves_the_portal(district):
    """DESIGN 5: nothing but "sign in to read"."""
    issue = walk(district, submitted(district, sensitive=True), "admit", "dispatch-alone", "accept")
    deliver_all()

    assert len(mail.outbox) == 8
    assert not [letter for letter in mail.outbox if issue.number in letter.subject + letter.body or issue.title in letter.body]


def test_who_lost_sight_of_the_issue_reads_nothing_more(district):
    walk(district, submitted(district), "admit", "dispatch-alone")
    told = Notification.objects.filter(recipient=district["tax.liaison"]).get()
    assert Issue.objects.get().number in message_of(told).subject
    district["tax.liaison"].postings.all().delete()
    told = Notification.objects.get(pk=told.pk)
    assert messages_of([told]) == []
    deliver_all()
    assert not Delivery.objects.filter(state=DeliveryState.FAILED).exists()
