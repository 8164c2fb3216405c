"""The rights table: complete, with dates and substitutes, and the shadow over who is named in a matter."""

from datetime import date

import pytest
import time_machine

from liaison.accounts.models import Duty, Posting, Substitution, User
from liaison.accounts.rights import ADMINISTRATORS, RIGHTS, Right, hats_of, shadowed_by
from liaison.accounts.words import RIGHT_WORDS, table
from tests.people import official, person, unit

BUSINESS = set(Right) - {Right.MANAGE_REFERENCE, Right.MANAGE_ACCOUNTS, Right.READ_AUDIT}


def fresh(user):
    return User.objects.get(pk=user.pk)


def stands_in(substitute, absent, first, last):
    Substitution.objects.create(absent=absent, substitute=substitute, from_on=first, to_on=last)


@pytest.mark.parametrize("right", Right)
def test_every_right_has_an_owner_and_words(right):
    assert RIGHTS[right]
    assert RIGHT_WORDS[right]
    assert right in dict(table())


@pytest.mark.parametrize("right", sorted(BUSINESS))
def test_no_administrator_reads_business_content(right):
    assert not ADMINISTRATORS & set(RIGHTS[right])


def test_each_administrator_has_exactly_one_right():
    owners = {duty: [right for right in Right if duty in RIGHTS[right]] for duty in ADMINISTRATORS}
    assert {len(rights) for rights in owners.values()} == {1}
    assert len({rights[0] for rights in owners.values()}) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "may"), [("2026-05-31", False), ("2026-06-01", True), ("2026-06-30", True), ("2026-07-01", False)]
)
def test_a_duty_holds_from_its_first_day_to_its_last(day, may):
    user = official(Duty.DESK, from_on=date(2026, 6, 1), to_on=date(2026, 6, 30))
    with time_machine.travel(f"{day} 12:00 +0800"):
        assert hats_of(fresh(user)).may(Right.TRIAGE_ISSUES) == may


@pytest.mark.django_db
@pytest.mark.parametrize(("moment", "may"), [("2026-06-30 23:59:59 +0800", True), ("2026-07-01 00:00:01 +0800", False)])
def test_a_day_ends_at_midnight_of_the_portals_zone(moment, may):
    user = official(Duty.DESK, from_on=date(2026, 6, 1), to_on=date(2026, 6, 30))
    with time_machine.travel(moment):
        assert hats_of(fresh(user)).may(Right.TRIAGE_ISSUES) == may


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "may"), [("2026-06-09", False), ("2026-06-10", True), ("2026-06-12", True), ("2026-06-13", False)]
)
def test_a_substitute_has_the_duty_meanwhile(day, may):
    head, handler = official(Duty.HEAD, unit("tax")), official(Duty.HANDLER, unit("env"))
    stands_in(handler, head, date(2026, 6, 10), date(2026, 6, 12))
    with time_machine.travel(f"{day} 12:00 +0800"):
        assert hats_of(fresh(handler)).may(Right.SIGN_OFF) == may


@pytest.mark.django_db
def test_substitution_is_not_passed_on_and_not_from_somebody_switched_off():
    one, two, three = (official(duty) for duty in (Duty.DESK, Duty.HANDLER, Duty.LIAISON))
    stands_in(two, one, date(2020, 1, 1), date(2090, 1, 1))
    stands_in(three, two, date(2020, 1, 1), date(2090, 1, 1))
    assert not hats_of(three).may(Right.TRIAGE_ISSUES)
    User.objects.filter(pk=one.pk).update(is_active=False)
    assert not hats_of(fresh(two)).may(Right.TRIAGE_ISSUES)


@pytest.mark.django_db
def test_an_administrators_duty_is_not_handed_on_even_by_a_row_past_the_rules():
    admin, handler = official(Duty.SECURITY_ADMIN), official(Duty.HANDLER)
    stands_in(handler, admin, date(2020, 1, 1), date(2090, 1, 1))
    assert not hats_of(handler).may(Right.MANAGE_ACCOUNTS)


@pytest.mark.django_db
def test_how_far_a_right_reaches():
    gov = unit("gov")
    tax = unit("tax", gov)
    station = unit("station", tax)
    other = unit("taxi", gov)  # its code begins like its neighbour's
    head, handler, leader = official(Duty.HEAD, tax), official(Duty.HANDLER, tax), official(Duty.LEADER, tax)
    assert hats_of(handler).units(Right.HANDLE_ORDERS) == {tax.pk}
    assert hats_of(head).units(Right.READ_ORDERS) == {tax.pk, station.pk}
    assert hats_of(leader).units(Right.LEAD_UNITS) == {tax.pk, station.pk}
    assert not hats_of(leader).may(Right.LEAD_UNITS, other.pk)


@pytest.mark.django_db
def test_the_shadow_of_a_named_official():
    gov = unit("gov")
    tax = unit("tax", gov)
    leader, head, handler = official(Duty.LEADER, gov), official(Duty.HEAD, tax), official(Duty.HANDLER, tax)
    elsewhere, substitute = official(Duty.HANDLER, unit("env")), official(Duty.DESK, unit("desk"))
    stands_in(substitute, head, date(2020, 1, 1), date(2090, 1, 1))
    hidden_from = {user.pk for user in (leader, head, handler, elsewhere, substitute) if head.pk in shadowed_by(user)}
    assert hidden_from == {head.pk, handler.pk, substitute.pk}
    assert shadowed_by(handler) >= {handler.pk, head.pk, leader.pk}
    assert shadowed_by(leader) == {leader.pk}


@pytest.mark.django_db
def test_a_person_of_a_firm_is_nothing_here():
    hats = hats_of(person())
    assert (hats.is_staff, hats.duties) == (False, frozenset())


@pytest.mark.django_db
def test_hats_are_read_with_two_queries(django_assert_num_queries):
    user = official(Duty.HEAD)
    Posting.objects.create(user=user, unit=unit(), duty=Duty.DESK, from_on="2020-01-01")
    with django_assert_num_queries(1):
        hats_of(fresh_without_query := user).may(Right.SIGN_OFF)
        hats_of(fresh_without_query).may(Right.TRIAGE_ISSUES)
