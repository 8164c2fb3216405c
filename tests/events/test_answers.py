"""Answers, places, waiting list (TC1–TC9, TC28, TC35)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from events.actions.answering import (
    Guest,
    accept_invitation,
    change_guest,
    decide_substitute,
    decline_invitation,
    withdraw_application,
)
from events.actions.inviting import (
    CannotApply,
    admit_application,
    apply_to_come,
    invite_firms,
    prefer_waiting,
    refuse_application,
    revoke_invitation,
)
from events.actions.planning import cancel_occasion, edit_occasion, hold_occasion, plan_of, replace_presiding
from events.actions.seats import let_offers_lapse
from events.models import Invitation, Occasion, OccasionEvent
from events.places import free_places
from liaison.notifications.models import Notification
from liaison.workflow import NotYourStep, StepNotOpen
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.events import STARTS, invited, planned, published
from tests.factories.issues import MONDAY

SUN = Guest("孙辉", "总经理")
HOUR = timedelta(hours=1)


def state(row: Invitation) -> str:
    return Invitation.objects.get(pk=row.pk).state


def firms(count: int):
    return [EnterpriseFactory() for _ in range(count)]


def kinds_of(user) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


@time_machine.travel(MONDAY, tick=False)
def test_a_firm_accepts_by_link_without_an_account(district):
    row = invited(district, published(district))[0]

    answer = Client().post(row.get_absolute_url(), {"answer": "accept", "guest_name": "孙辉"})

    row.refresh_from_db()
    assert answer.status_code == 302
    assert (row.state, row.guest_name, row.answered_by) == ("accepted", "孙辉", None)


def test_looking_at_the_link_changes_nothing(district):
    """TC35: scanners of mail follow every link."""
    row = invited(district, published(district))[0]
    events = OccasionEvent.objects.count()

    page = Client().get(row.get_absolute_url() + "?answer=accept&guest_name=x")

    assert (page.status_code, state(row), OccasionEvent.objects.count()) == (200, "pending", events)


def test_a_forged_link_is_unknown(district):
    row = invited(district, published(district))[0]

    assert Client().get(row.get_absolute_url()[:-2] + "x/").status_code == 404


def test_the_last_seat_then_the_waiting_list_then_the_next_in_line(district):
    occasion = published(district, capacity=1)
    first, second, third = invited(district, occasion, *firms(3))
    for row in (first, second, third):
        accept_invitation(row, by=None, now=MONDAY, guest=SUN)
    assert [state(row) for row in (first, second, third)] == ["accepted", "waiting", "waiting"]

    decline_invitation(first, by=None, now=MONDAY + HOUR)

    assert [state(row) for row in (first, second, third)] == ["declined", "offered", "waiting"]


def test_a_held_place_is_never_taken(district):
    """TC5: B answers while the freed place is held for A."""
    occasion = published(district, capacity=1)
    first, second, third = invited(district, occasion, *firms(3))
    accept_invitation(first, by=None, now=MONDAY, guest=SUN)
    accept_invitation(second, by=None, now=MONDAY, guest=SUN)
    decline_invitation(first, by=None, now=MONDAY + HOUR)

    accept_invitation(third, by=None, now=MONDAY + HOUR, guest=SUN)
    accept_invitation(second, by=None, now=MONDAY + 2 * HOUR, guest=SUN)

    assert (state(second), state(third)) == ("accepted", "waiting")


def test_an_offer_that_runs_out_goes_on(district):
    """TC6: the sweep may run twice; the late click gets a clear page."""
    occasion = published(district, capacity=1)
    first, second, third = invited(district, occasion, *firms(3))
    for row in (first, second, third):
        accept_invitation(row, by=None, now=MONDAY, guest=SUN)
    decline_invitation(first, by=None, now=MONDAY + HOUR)
    late = MONDAY + timedelta(hours=26)

    assert let_offers_lapse(late) == 1
    assert let_offers_lapse(late) == 0

    assert (state(second), state(third)) == ("lapsed", "offered")
    with pytest.raises(StepNotOpen):
        accept_invitation(second, by=None, now=late, guest=SUN)


def test_an_offer_past_its_time_is_not_taken_even_before_the_sweep(district):
    occasion = published(district, capacity=1)
    first, second = invited(district, occasion, *firms(2))
    accept_invitation(first, by=None, now=MONDAY, guest=SUN)
    accept_invitation(second, by=None, now=MONDAY, guest=SUN)
    decline_invitation(first, by=None, now=MONDAY)

    with pytest.raises(StepNotOpen, match="accept"):
        accept_invitation(second, by=None, now=MONDAY + timedelta(hours=25), guest=SUN)


def test_moving_to_the_front_needs_a_reason_that_stays(district):
    """TC7."""
    occasion = published(district, capacity=1)
    first, second, third = invited(district, occasion, *firms(3))
    for row in (first, second, third):
        accept_invitation(row, by=None, now=MONDAY, guest=SUN)

    prefer_waiting(third, by=district["events1"], now=MONDAY, reason="首次参会")
    decline_invitation(first, by=None, now=MONDAY)

    assert (state(second), state(third)) == ("waiting", "offered")
    assert OccasionEvent.objects.get(kind="prefer").text == "首次参会"


@pytest.mark.parametrize("at_first", ["waiting", "offered"])
def test_one_may_leave_the_waiting_list_and_an_offer(district, at_first):
    """TC8."""
    occasion = published(district, capacity=1)
    first, second = invited(district, occasion, *firms(2))
    accept_invitation(first, by=None, now=MONDAY, guest=SUN)
    accept_invitation(second, by=None, now=MONDAY, guest=SUN)
    if at_first == "offered":
        decline_invitation(first, by=None, now=MONDAY)
    assert state(second) == at_first

    decline_invitation(second, by=None, now=MONDAY)

    assert state(second) == "declined"


def test_more_places_are_offered_in_order(district):
    occasion = published(district, capacity=1)
    rows = invited(district, occasion, *firms(4))
    for row in rows:
        accept_invitation(row, by=None, now=MONDAY, guest=SUN)

    edit_occasion(occasion, by=district["events1"], now=MONDAY, plan=plan_of(occasion, capacity=3))

    assert [state(row) for row in rows] == ["accepted", "offered", "offered", "waiting"]


def test_answers_end_with_the_deadline(district):
    row = invited(district, published(district))[0]
    late = STARTS - timedelta(days=2)

    with pytest.raises(StepNotOpen) as shut:
        accept_invitation(row, by=None, now=late, guest=SUN)

    assert str(shut.value.reason) == "回复时间已过,请致电主办单位。"


def test_cancelling_is_possible_until_it_begins(district):
    row = invited(district, published(district))[0]
    accept_invitation(row, by=None, now=MONDAY, guest=SUN)

    decline_invitation(row, by=None, now=STARTS - HOUR)

    assert state(row) == "declined"


def test_another_guest_makes_the_old_code_void(district):
    """TC28, and calendars: the cancelling entry must exceed the earlier one."""
    occasion = published(district)
    row = invited(district, occasion)[0]
    accept_invitation(row, by=None, now=MONDAY, guest=SUN)
    old = Invitation.objects.get(pk=row.pk)

    change_guest(row, by=None, now=MONDAY, guest=Guest("李明", is_substitute=True))

    new = Invitation.objects.get(pk=row.pk)
    assert (new.guest_name, new.substitute, new.code != old.code) == ("李明", "named", True)
    assert Occasion.objects.get(pk=occasion.pk).sequence == occasion.sequence + 1


def test_a_substitute_is_approved_where_principals_are_asked_for(district):
    row = invited(district, published(district, principal_only=True))[0]
    accept_invitation(row, by=district["firm1"], now=MONDAY, guest=Guest("李明", is_substitute=True))
    assert "event_substitute" in kinds_of(district["events1"])

    decide_substitute(row, by=district["events1"], now=MONDAY, approved=False, note="请主要负责人参加")

    assert Invitation.objects.get(pk=row.pk).substitute == "declined"
    assert kinds_of(district["firm1"])[-1] == "event_substitute_declined"


def test_inviting_twice_invites_once(district):
    occasion = published(district)
    invited(district, occasion)

    assert invite_firms(occasion, [district.firm], by=district["events1"], now=MONDAY, reason="再次") == []
    assert kinds_of(district["firm1"]) == ["event_invited"]


def test_a_firm_taken_off_the_list_is_told_why_and_its_link_is_shut(district):
    row = invited(district, published(district))[0]
    accept_invitation(row, by=None, now=MONDAY, guest=SUN)

    revoke_invitation(row, by=district["events1"], now=MONDAY, reason="名额调整")

    assert kinds_of(district["firm1"])[-1] == "event_revoked"
    with pytest.raises(StepNotOpen):
        accept_invitation(row, by=None, now=MONDAY, guest=SUN)


def test_a_firm_applies_and_is_admitted_or_not(district):
    occasion = published(district, by_application=True, access="public", capacity=1)
    guest = {"guest_name": "孙辉"}
    one = apply_to_come(occasion, district.firm, by=district["firm1"], now=MONDAY, guest=guest)
    two = apply_to_come(occasion, district.other_firm, by=district["firm2"], now=MONDAY, guest=guest)
    assert apply_to_come(occasion, district.firm, by=district["firm1"], now=MONDAY, guest=guest).pk == one.pk

    admit_application(one, by=district["events1"], now=MONDAY)
    refuse_application(two, by=district["events1"], now=MONDAY, reason="本期面向农业企业")

    assert (state(one), state(two)) == ("accepted", "refused")
    assert kinds_of(district["firm2"]) == ["event_refused"]


def test_a_withdrawn_application_is_no_way_around_the_decision(district):
    """Whoever withdrew and thinks better of it applies anew; the link does not let the firm in."""
    occasion = published(district, by_application=True, access="public")
    row = apply_to_come(occasion, district.firm, by=district["firm1"], now=MONDAY, guest={"guest_name": "孙辉"})
    withdraw_application(row, by=district["firm1"], now=MONDAY)

    with pytest.raises(StepNotOpen):
        accept_invitation(row, by=None, now=MONDAY, guest=SUN)
    again = apply_to_come(occasion, district.firm, by=district["firm1"], now=MONDAY, guest={"guest_name": "李明"})

    assert (again.pk, state(row), Invitation.objects.get(pk=row.pk).guest_name) == (row.pk, "applied", "李明")


def test_who_was_refused_is_told_so_and_not_that_it_applied(district):
    occasion = published(district, by_application=True, access="public")
    row = apply_to_come(occasion, district.firm, by=district["firm1"], now=MONDAY, guest={"guest_name": "孙辉"})
    refuse_application(row, by=district["events1"], now=MONDAY, reason="名额已满")

    with pytest.raises(CannotApply):
        apply_to_come(occasion, district.firm, by=district["firm1"], now=MONDAY, guest={"guest_name": "孙辉"})


def test_nobody_applies_for_somebody_elses_firm(district):
    occasion = published(district, by_application=True, access="public")

    with pytest.raises(PermissionDenied):
        apply_to_come(occasion, district.firm, by=district["firm2"], now=MONDAY, guest={"guest_name": "x"})


def test_what_takes_no_applications_says_so(district):
    occasion = published(district, access="public")

    with pytest.raises(CannotApply):
        apply_to_come(occasion, district.firm, by=district["firm1"], now=MONDAY, guest={"guest_name": "x"})


@time_machine.travel(MONDAY, tick=False)
def test_a_cancelled_occasion_is_told_and_takes_no_answers(district):
    occasion = published(district)
    row = invited(district, occasion)[0]

    cancel_occasion(occasion, by=district["events1"], now=MONDAY, reason="疫情防控")

    assert kinds_of(district["firm1"]) == ["event_invited", "event_cancelled"]
    assert Client().post(row.get_absolute_url(), {"answer": "accept", "guest_name": "x"}).status_code == 409


def test_only_event_staff_invite(district):
    occasion = published(district)

    with pytest.raises(NotYourStep):
        invite_firms(occasion, [district.firm], by=district["desk1"], now=MONDAY, reason="x")


def test_numbers_of_a_series_are_given_when_published(district):
    first, second = planned(district), planned(district)
    assert first.slug != second.slug

    numbers = [published(district).number, published(district).number]

    assert numbers == [1, 2]


def test_a_meeting_is_held_after_it_began(district):
    occasion = published(district)
    with pytest.raises(StepNotOpen):
        hold_occasion(occasion, by=district["events1"], now=MONDAY)

    hold_occasion(occasion, by=district["events1"], now=STARTS + HOUR, booklets=30)

    occasion.refresh_from_db()
    assert (occasion.stage, occasion.booklets) == ("held", 30)
    assert occasion.presiding.get().state == "actual"


def test_whom_somebody_has_just_replaced_cannot_be_replaced_again(district):
    occasion = published(district)
    leaders = {"leader": district["leader.main"], "replacement": district["leader1"]}
    replace_presiding(occasion, by=district["events1"], now=MONDAY, reason="公务冲突", **leaders)

    with pytest.raises(StepNotOpen):
        replace_presiding(occasion, by=district["events1"], now=MONDAY, reason="公务冲突", **leaders)


def test_free_places_count_what_is_held(district):
    """TC9."""
    occasion = published(district, capacity=3)
    rows = invited(district, occasion, *firms(2))
    accept_invitation(rows[0], by=None, now=MONDAY, guest=SUN)

    assert free_places(occasion) == 2
