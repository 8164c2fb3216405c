"""Duties, substitutions, the three administrators apart; the action says it, the database guarantees it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise
from threading import Barrier, Event

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from liaison.accounts.actions import postings
from liaison.accounts.actions.postings import give_duty, name_substitute
from liaison.accounts.models import Duty, Posting, Substitution, User
from liaison.accounts.rights import ADMINISTRATORS
from liaison.audit.actions import record
from liaison.audit.models import AuditEntry, AuditTag
from tests.people import official, person, unit

DAY = date(2026, 6, 1)


def give(user, duty, by=None, from_on=DAY, to_on=None, where=None):
    return give_duty(user, unit=where or unit(), duty=duty, from_on=from_on, to_on=to_on, by=by or person())


def stand_in(absent, substitute, first=DAY, last=date(2026, 6, 30)):
    return name_substitute(absent, substitute=substitute, from_on=first, to_on=last, by=person())


@pytest.mark.django_db
@pytest.mark.parametrize("first", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("second", [Duty.DESK, Duty.HANDLER, *sorted(ADMINISTRATORS)])
def test_an_administrator_holds_no_other_duty(first, second):
    user = official(first)
    if first == second:
        give(user, second)
        return
    with pytest.raises(ValidationError):
        give(user, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(user=user, unit=unit(), duty=second, from_on=DAY)


@pytest.mark.django_db
def test_one_after_the_other_is_allowed():
    user = official(Duty.SYSTEM_ADMIN, to_on=date(2026, 5, 31))
    give(user, Duty.DESK)
    assert user.postings.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_postings_at_the_same_time_do_not_slip_past_each_other():
    user, where = person(), unit()

    def post(duty):
        try:
            Posting.objects.create(user=user, unit=where, duty=duty, from_on=DAY)
        except IntegrityError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(post, [*ADMINISTRATORS, Duty.DESK, Duty.HANDLER]))
    duties = set(user.postings.values_list("duty", flat=True))
    assert len(duties) == sum(made)
    assert len(duties) == 1 or not duties & set(ADMINISTRATORS)


@pytest.mark.django_db
def test_an_administrator_stands_in_for_nobody_and_nobody_for_them():
    admin, head = official(Duty.AUDIT_ADMIN), official(Duty.HEAD)
    for absent, substitute in [(head, admin), (admin, head)]:
        with pytest.raises(ValidationError):
            stand_in(absent, substitute)
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitution.objects.create(absent=head, substitute=admin, from_on=DAY, to_on=DAY)
    stand_in(head, handler := official(Duty.HANDLER))
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(user=handler, unit=unit(), duty=Duty.SYSTEM_ADMIN, from_on=DAY)


@pytest.mark.django_db
@pytest.mark.parametrize("length", [2, 3, 4])
def test_circles_are_refused(length):
    people = [official(Duty.HANDLER) for _ in range(length)]
    for absent, substitute in pairwise(people):
        stand_in(absent, substitute)
    with pytest.raises(ValidationError):
        stand_in(people[-1], people[0])
    stand_in(people[-1], people[0], date(2026, 7, 1), date(2026, 7, 2))  # another month is no circle


@pytest.mark.django_db(transaction=True)
def test_two_who_name_each_other_at_once_do_not_make_a_circle():
    one, two, by = official(Duty.HANDLER), official(Duty.HANDLER), person()

    def name(pair):
        try:
            name_substitute(pair[0], substitute=pair[1], from_on=DAY, to_on=DAY, by=by)
        except ValidationError:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(name, [(one, two), (two, one)]))
    assert Substitution.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_share_nobody_do_not_close_a_circle_at_once():
    a, b, c, d = (official(Duty.HANDLER) for _ in range(4))
    stand_in(a, b)
    stand_in(c, d)
    by, barrier = person(), Barrier(2)

    def name(pair):
        barrier.wait(10)
        try:
            name_substitute(pair[0], substitute=pair[1], from_on=DAY, to_on=DAY, by=by)
        except ValidationError:
            return "refused"
        finally:
            connection.close()
        return "named"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(name, [(b, c), (d, a)])) == ["named", "refused"]


@pytest.mark.django_db
def test_a_chain_that_never_closes_on_one_day_is_no_circle():
    a, b, c = (official(Duty.HANDLER) for _ in range(3))
    stand_in(b, c, date(2026, 6, 1), date(2026, 6, 3))
    stand_in(c, a, date(2026, 6, 8), date(2026, 6, 10))

    stand_in(a, b, date(2026, 6, 1), date(2026, 6, 10))

    with pytest.raises(ValidationError):
        stand_in(c, a, date(2026, 6, 3), date(2026, 6, 3))


@pytest.mark.django_db
@pytest.mark.parametrize("substitute", ["same", "backwards"])
def test_nonsense_is_refused(substitute):
    one, two = official(Duty.HANDLER), official(Duty.HANDLER)
    who, last = (one, date(2026, 6, 30)) if substitute == "same" else (two, date(2026, 5, 1))
    with pytest.raises(ValidationError):
        stand_in(one, who, DAY, last)


@pytest.mark.django_db
def test_two_spellings_of_one_name_are_one_account():
    person("desk1")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("DESK1", name="x")


@pytest.mark.django_db(transaction=True)
def test_a_duty_and_an_act_of_the_same_person_do_not_wait_for_each_other(monkeypatch):
    """One holds the person's row and waits for the record, the other holds the record and refers to the person's row."""
    user, by, where = person(), person(), unit()
    row_is_held, record_is_held = Event(), Event()

    def late(*args, **kwargs):
        row_is_held.set()
        record_is_held.wait(10)
        return record(*args, **kwargs)

    def act():
        row_is_held.wait(10)
        try:
            with transaction.atomic():
                record(AuditTag.SIGNED_OUT, by=user, subject=user.username)
                record_is_held.set()
        finally:
            connection.close()

    def post():
        try:
            give(user, Duty.DESK, by=by, where=where)
        finally:
            connection.close()

    monkeypatch.setattr(postings, "record", late)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(post), pool.submit(act)]:
            done.result()
    assert AuditEntry.objects.count() == 2
