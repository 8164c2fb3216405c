"""Locks after failed sign-ins (S07, S08)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from liaison.accounts.lockout import account_key, address_key, clear, give_back, reserve
from liaison.accounts.models import SignInFailure
from tests.people import person


@pytest.mark.django_db(transaction=True)
def test_a_hundred_parallel_tries_never_exceed_the_limit():
    """S07."""

    def attempt(_number):
        try:
            return reserve("account:1", 5).refused
        finally:
            connection.close()

    with ThreadPoolExecutor(25) as pool:
        refused = list(pool.map(attempt, range(100)))
    assert refused.count(False) == 5


@pytest.mark.django_db
def test_the_lock_opens_after_its_time_and_counting_begins_anew(settings):
    now = timezone.now()
    for _ in range(5):
        reserve("account:1", 5, now)
    assert reserve("account:1", 5, now).refused
    later = now + timedelta(seconds=settings.SIGN_IN_LOCK_SECONDS + 1)
    attempt = reserve("account:1", 5, later)
    assert (attempt.refused, attempt.failures, attempt.locked_until) == (False, 1, None)


@pytest.mark.django_db
def test_trying_while_locked_does_not_prolong_the_lock():
    now = timezone.now()
    until = [reserve("account:1", 5, now) for _ in range(5)][-1].locked_until
    again = [reserve("account:1", 5, now + timedelta(seconds=60)) for _ in range(20)][-1]
    assert again.locked_until == until


@pytest.mark.django_db
def test_old_failures_are_forgotten(settings):
    now = timezone.now()
    for _ in range(4):
        reserve("account:1", 5, now)
    later = now + timedelta(seconds=settings.SIGN_IN_LOCK_SECONDS + 1)
    assert reserve("account:1", 5, later).failures == 1


@pytest.mark.django_db
def test_a_success_clears_the_account_but_only_itself_from_the_address():
    for _ in range(3):
        reserve("address:x", 10)
    give_back(reserve("address:x", 10))
    reserve("account:1", 5)
    clear("account:1")
    assert dict(SignInFailure.objects.values_list("key", "failures")) == {"address:x": 3}


@pytest.mark.django_db
def test_a_success_that_reached_the_address_limit_opens_the_lock_again():
    attempts = [reserve("address:x", 3) for _ in range(3)]
    give_back(attempts[-1])
    assert not reserve("address:x", 3).refused


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("10.0.0.1", "address:10.0.0.1"),
        ("::ffff:10.0.0.1", "address:10.0.0.1"),
        ("2001:db8:1:2:3::4", "address:2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::9", "address:2001:db8:1:2::"),
        ("", "address:unknown"),
    ],
)
def test_one_visitor_has_one_address_key(address, key):
    """S07: IPv6 /64."""
    assert address_key(address) == key


@pytest.mark.django_db
def test_one_account_has_one_key_however_it_is_spelt():
    user = person("desk1")
    assert account_key(user, "desk1") == account_key(user, "DESK1@x.cn")
    assert account_key(None, "ＮＯＢＯＤＹ") == account_key(None, "nobody")
