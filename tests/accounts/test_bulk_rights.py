"""Bulk work reads each person's duties once."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from liaison.accounts.models import Duty, Posting, Unit, User
from liaison.accounts.rights import hats_of, nobody_moves, shadowed_by


def reads() -> int:
    """How many queries it takes to know the duties of the same person met twice."""
    with CaptureQueriesContext(connection) as queries:
        for _time in range(2):
            user = User.objects.get(username="tax.head")
            hats_of(user)
            shadowed_by(user)
    return len(queries) - 2


def test_duties_are_read_once_while_nobody_moves(db):
    unit = Unit.objects.create(code="tax", name="区税务局", name_en="Tax")
    Posting.objects.create(user=User.objects.create(username="tax.head"), unit=unit, duty=Duty.HEAD, from_on=date(2020, 1, 1))
    each = reads() // 2

    with nobody_moves():
        assert reads() == each
    assert reads() == 2 * each


def test_a_new_duty_counts_as_soon_as_the_block_has_ended(db):
    unit = Unit.objects.create(code="tax", name="区税务局", name_en="Tax")
    user = User.objects.create(username="tax.head")
    with nobody_moves():
        hats_of(user)
        Posting.objects.create(user=user, unit=unit, duty=Duty.HEAD, from_on=date(2020, 1, 1))

    assert hats_of(User.objects.get(pk=user.pk)).duties == {Duty.HEAD}
