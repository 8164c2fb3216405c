"""Many notices at once: each person is told each thing once, in the transaction of the act (R15, T39, TC11, TC32)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from liaison.accounts.models import Duty
from liaison.notifications.actions import Notice, notify, notify_all
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Channel, Delivery, DeliveryState, Notification
from liaison.notifications.rendering import message_of
from tests.people import official, person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def tell_all(*notices):
    return notify_all(notices, now=NOW)


def written():
    return sorted(Notification.objects.values_list("recipient__username", "kind", "key"))


def test_each_person_is_told_each_thing_once():
    """TC11: the same again, alone or among others, is news to nobody."""
    li, wang = person("li", email="li@example.cn"), person("wang")
    assert tell_all(Notice("sealed", "1", [li, wang]), Notice("sealed", "2", [li]), Notice("sealed", "1", [li])) == [2, 1, 0]
    assert tell_all(Notice("sealed", "2", [wang, li]), Notice("sealed", "1", [li])) == [1, 0]
    assert notify(Notice("sealed", "2", [wang])) == 0
    assert written() == [("li", "sealed", "1"), ("li", "sealed", "2"), ("wang", "sealed", "1"), ("wang", "sealed", "2")]
    assert Delivery.objects.filter(channel=Channel.EMAIL, recipient=li).count() == 2
    assert Delivery.objects.filter(channel=Channel.INBOX).count() == 4


def test_the_number_of_questions_does_not_grow_with_the_notices(django_assert_num_queries):
    people = [person(email=f"p{number}@example.cn") for number in range(5)]
    with django_assert_num_queries(4):  # choices, one statement for the rows, the savepoint around them
        tell_all(*(Notice("sealed", str(number), people) for number in range(200)))
    assert Notification.objects.count() == 1000


def test_it_is_in_the_inbox_as_soon_as_it_is_written():
    """R04: whatever becomes of workers and broker."""
    li = person("li", email="li@example.cn")
    tell_all(Notice("sealed", "1", [li]))
    assert Notification.objects.inbox_of(li).get().created_at == NOW
    states = dict(Delivery.objects.values_list("channel", "state"))
    assert states == {Channel.INBOX: DeliveryState.SENT, Channel.EMAIL: DeliveryState.CREATED}


def test_a_message_with_ways_of_its_own_is_not_in_the_inbox():
    li = person("li", email="li@example.cn")
    tell_all(Notice("account_password_link", "1", [li], channels=(Channel.EMAIL,)), Notice("sealed", "1", [li]))
    assert Notification.objects.inbox_of(li).get().kind == "sealed"
    assert Delivery.objects.get(notification__kind="account_password_link").alone


def test_who_is_switched_off_is_not_told():
    assert tell_all(Notice("sealed", "1", [person(is_active=False)])) == [0]
    assert written() == []


def test_groups_are_told_once_for_each_notice(group):
    robot = group(Channel.WECOM)
    head = official(Duty.HEAD, group.unit)
    notices = [Notice("sealed", str(number), [group.liaison, head], units=[group.unit.pk]) for number in range(3)]
    tell_all(*notices)
    tell_all(*notices)
    assert sorted(Delivery.objects.filter(robot=robot).values_list("once_key", flat=True)) == ["sealed:0", "sealed:1", "sealed:2"]


def test_what_is_rolled_back_is_told_to_nobody(mailoutbox):
    """TC32, R15."""
    li = person("li", email="li@example.cn")

    @transaction.atomic
    def act():
        tell_all(Notice("sealed", "1", [li]))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert deliver_due() == 0
    assert (written(), mailoutbox) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_writers_of_the_same_notices_do_not_stand_in_each_others_way():
    """R03: forwards and backwards, each thing is told once, and nobody waits for ever."""
    people = [person(f"p{number}") for number in range(6)]
    notices = [Notice("sealed", str(number), people) for number in range(50)]

    def work(number):
        try:
            return notify_all(notices if number % 2 else reversed(notices), now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(work, range(6)))
    assert sum(map(sum, told)) == len(written()) == 300


# --- nobody to tell -------------------------------------------------------------------------------
def test_nobody_to_tell_is_told_to_the_desk_and_the_system_administrator():
    desk, admin = official(Duty.DESK, username="desk"), official(Duty.SYSTEM_ADMIN, username="admin")
    lost = Notice("issue_light", "issue:7:red", [person(is_active=False)], {"issue": 7}, must_reach=True)
    assert tell_all(lost, Notice("sealed", "1", [])) == [0, 0]
    assert tell_all(lost) == [0]
    rows = list(Notification.objects.order_by("recipient__username"))
    assert [(row.recipient, row.kind) for row in rows] == [(admin, "nobody_told"), (desk, "nobody_told")]
    assert rows[0].context == {"kind": "issue_light", "key": "issue:7:red"}


def test_the_alarm_names_kind_and_key_and_no_content():
    admin = official(Duty.SYSTEM_ADMIN, email="admin@example.cn", language="en")
    tell_all(Notice("issue_light", "issue:7:red", [], {"issue": 7}, must_reach=True))
    message = message_of(Notification.objects.select_related("recipient").get(recipient=admin))
    assert "issue_light，issue:7:red" in message.text
    assert Delivery.objects.get(recipient=admin, channel=Channel.EMAIL).urgent


def test_when_nobody_watches_either_the_log_says_so(caplog):
    assert tell_all(Notice("issue_light", "k", [], must_reach=True)) == [0]
    assert "Nobody to tell of issue_light k; 0 people are told that" in caplog.text
