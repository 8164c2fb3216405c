"""The door: who comes in, who does not and why, once however often it is told."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from events.actions.answering import Guest, accept_invitation, change_guest, decline_invitation
from events.actions.door import Scan, Verdict, check_in, standing_of, undo_check_in, walk_in
from events.actions.inviting import revoke_invitation
from events.actions.planning import cancel_occasion
from events.codes import code_text, read_code
from events.guests import conflicts_of, is_our_list, live_of, signed_list
from events.models import CheckIn, Invitation, Occasion, OccasionEvent
from liaison.workflow import NotYourStep, StepNotOpen
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.events import STARTS, invited, published
from tests.factories.issues import MONDAY, District

AT = STARTS - timedelta(minutes=20)
SUN = Guest("孙辉", "总经理")


@pytest.fixture
def occasion(district) -> Occasion:
    return published(district)


@pytest.fixture
def guest(district, occasion) -> Invitation:
    return coming(district, occasion)


def coming(d: District, occasion: Occasion, name: str = "孙辉") -> Invitation:
    row = invited(d, occasion, *([] if name == "孙辉" else [EnterpriseFactory()]))[0]
    accept_invitation(row, by=None, now=MONDAY, guest=Guest(name))
    return Invitation.objects.select_related("occasion", "enterprise").get(pk=row.pk)


def at_door(d: District, occasion: Occasion, guest: Invitation | None = None, now: datetime = AT, **values: Any) -> Verdict:
    if guest is not None:
        values.setdefault("code", code_text(guest))
    scan = Scan(values.pop("nonce", None) or uuid4(), **values)
    return check_in(occasion, scan, by=d["events1"], now=now)


def test_a_guest_comes_in(district, occasion, guest):
    verdict = at_door(district, occasion, guest, gate="A", device="p1")

    row = CheckIn.objects.get()
    assert (verdict.result, row.result, row.gate, row.device, row.enterprise) == ("in", "in", "A", "p1", district.firm)
    assert live_of(occasion) == {"inside": 1, "expected": 1, "capacity": None, "conflicts": []}


def test_the_second_scan_says_when_and_where_and_writes_nothing(district, occasion, guest):
    """TC24."""
    at_door(district, occasion, guest, now=AT, gate="A")

    verdict = at_door(district, occasion, guest, now=AT + timedelta(minutes=5), gate="B")

    assert (verdict.result, verdict.earlier.scanned_at, verdict.earlier.gate) == ("already", AT, "A")
    assert CheckIn.objects.count() == 1


def test_the_same_nonce_again_is_answered_as_the_first_time(district, occasion, guest):
    """TC24."""
    nonce = uuid4()

    results = [at_door(district, occasion, guest, nonce=nonce).result for _ in range(3)]

    assert results == ["in", "in", "in"]
    assert CheckIn.objects.count() == 1


def test_two_devices_without_network_scan_one_code(district, occasion, guest):
    """TC25: both are kept, and somebody looks into it."""
    first = at_door(district, occasion, guest, offline=True, device="p1", scanned_at=AT)
    second = at_door(district, occasion, guest, offline=True, device="p2", scanned_at=AT + timedelta(minutes=1), gate="B")

    assert [(first.result, first.conflict), (second.result, second.conflict)] == [("in", False), ("already", True)]
    assert list(CheckIn.objects.values_list("device", "result", "conflict")) == [("p1", "in", False), ("p2", "already", True)]
    assert live_of(occasion)["inside"] == 1
    assert len(conflicts_of(occasion)) == 1


def test_a_code_taken_back_in_the_meantime_is_a_conflict(district, occasion, guest):
    old = code_text(guest)
    revoke_invitation(guest, by=district["events1"], now=MONDAY, reason="名额调整")

    verdict = at_door(district, occasion, code=old, offline=True)

    assert (verdict.result, verdict.conflict, live_of(occasion)["inside"]) == ("revoked", True, 0)


def test_a_list_that_is_not_ours_is_a_conflict(district, occasion, guest):
    verdict = at_door(district, occasion, guest, offline=True, listed=False)

    assert (verdict.result, verdict.conflict) == ("in", True)


def test_a_replaced_code_is_void_and_the_new_one_good(district, occasion, guest):
    """TC28."""
    old = code_text(guest)
    change_guest(guest, by=None, now=MONDAY, guest=Guest("李明", is_substitute=True))
    new = code_text(Invitation.objects.select_related("occasion").get(pk=guest.pk))

    assert at_door(district, occasion, code=old).result == "revoked"
    assert at_door(district, occasion, code=new).result == "in"


def test_a_code_of_another_meeting_says_which(district, occasion, guest):
    other = published(district)

    verdict = at_door(district, other, guest)

    assert (verdict.result, verdict.elsewhere) == ("elsewhere", occasion)


@pytest.mark.parametrize("text", ["", "x", "LIAISON:a:1.b:" + "A" * 16, "http://example.cn/", "\x00"])
def test_what_is_not_ours_is_unknown(district, occasion, guest, text):
    assert at_door(district, occasion, code=text).result == "unknown"


def test_a_changed_code_is_unknown(district, occasion, guest):
    text = code_text(guest)
    forged = text.replace(f":{guest.pk}.", f":{guest.pk + 1}.")

    assert (read_code(text).invitation_id, read_code(forged)) == (guest.pk, None)


def test_a_scanner_that_types_through_a_chinese_keyboard(district, occasion, guest):
    assert at_door(district, occasion, code=f" {code_text(guest)} ".replace(":", "：")).result == "in"


@pytest.mark.parametrize("answer", ["pending", "declined"])
def test_who_is_not_expected_is_refused_with_the_reason_or_let_in_with_one(district, occasion, answer):
    row = invited(district, occasion)[0]
    if answer == "declined":
        decline_invitation(row, by=None, now=MONDAY)

    refused = at_door(district, occasion, invitation_id=row.pk)
    forced = at_door(district, occasion, invitation_id=row.pk, reason="董事长亲自到场")

    assert (refused.result, refused.may_force, bool(refused.because), forced.result) == ("not_coming", True, True, "in")
    assert CheckIn.objects.get(result="in").forced
    assert OccasionEvent.objects.get(kind="check-in").text == "董事长亲自到场"


def test_a_substitute_who_was_not_approved(district):
    occasion = published(district, principal_only=True)
    row = invited(district, occasion)[0]
    accept_invitation(row, by=None, now=MONDAY, guest=Guest("李明", is_substitute=True))

    assert at_door(district, occasion, invitation_id=row.pk).result == "not_coming"


def test_taken_back_the_guest_can_come_in_again(district, occasion, guest):
    at_door(district, occasion, guest)
    nonce = uuid4()

    done = [undo_check_in(guest, nonce=nonce, by=district["events1"], now=AT, reason="扫错") for _ in range(2)]

    assert (done, standing_of(guest), live_of(occasion)["inside"]) == ([True, True], None, 0)
    assert at_door(district, occasion, guest).result == "in"
    assert list(CheckIn.objects.values_list("result", flat=True)) == ["in", "undone", "in"]


def test_nobody_is_taken_back_who_is_not_inside(district, occasion, guest):
    assert undo_check_in(guest, nonce=uuid4(), by=district["events1"], now=AT, reason="扫错") is False


def test_a_walk_in_of_a_registered_firm_though_the_room_is_full(district):
    occasion = published(district, capacity=1)
    coming(district, occasion)
    firm, nonce = EnterpriseFactory(), uuid4()

    verdicts = [
        walk_in(occasion, firm, nonce=nonce, by=district["events1"], now=AT, guest_name="赵强", gate="A") for _ in range(2)
    ]

    row = Invitation.objects.get(enterprise=firm)
    assert [verdict.result for verdict in verdicts] == ["walk_in", "walk_in"]
    assert (row.source, row.state, row.guest_name, live_of(occasion)["inside"]) == ("walk_in", "accepted", "赵强", 1)
    assert OccasionEvent.objects.filter(kind="walk-in").count() == 1


def test_a_walk_in_whose_firm_is_on_the_list_is_checked_in_as_usual(district, occasion, guest):
    verdict = walk_in(occasion, district.firm, nonce=uuid4(), by=district["events1"], now=AT, guest_name="孙辉")

    assert (verdict.result, Invitation.objects.count()) == ("in", 1)


def test_a_device_whose_clock_is_ahead_scans_not_in_the_future(district, occasion, guest):
    at_door(district, occasion, guest, scanned_at=AT + timedelta(days=3))

    assert CheckIn.objects.get().scanned_at == AT


def test_only_event_staff_and_only_where_there_is_a_door(district, occasion, guest):
    scan = Scan(uuid4(), code=code_text(guest))
    with pytest.raises(NotYourStep):
        check_in(occasion, scan, by=district["desk1"], now=AT)
    cancel_occasion(occasion, by=district["events1"], now=MONDAY, reason="疫情防控")
    with pytest.raises(StepNotOpen):
        check_in(occasion, scan, by=district["events1"], now=AT)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_what_happened_at_the_door_is_never_changed(district, occasion, guest, act):
    at_door(district, occasion, guest)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CheckIn.objects.update(gate="B") if act == "update" else CheckIn.objects.all().delete()


def test_the_list_is_signed_and_holds_no_codes(district, occasion, guest):
    told = signed_list(occasion, AT)

    assert guest.code not in told["list"]
    assert is_our_list(occasion, told["ticket"])
    assert not is_our_list(published(district), told["ticket"])
    assert not is_our_list(occasion, told["ticket"][:-1] + "?")


def test_the_words_of_the_door_are_translated(district, occasion, guest):
    at_door(district, occasion, guest)
    with translation.override("zh-hans"):
        assert not CheckIn.objects.get().get_result_display().isascii()
