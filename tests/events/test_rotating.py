"""The rotation over the register of firms."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from events.actions.rotating import OtherResult, invite_by_rotation, result_of, set_rule
from events.models import Invitation, OccasionEvent, RotationDraw
from events.pool import draw_for
from events.rotation.words import say
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.events import published
from tests.factories.issues import MONDAY

RULE = {"seats": 2, "cooling_off_days": 0, "sectors": [], "sizes": [], "towns": [], "ownerships": [], "labels": []}


def codes(occasion, seed: int) -> list[str]:
    return [choice.code for choice in draw_for(occasion, seed).chosen]


def printed(occasion, seed: int) -> dict:
    out = StringIO()
    call_command("rotation", occasion.slug, "--seed", str(seed), "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_prints_what_the_page_would_invite_and_changes_nothing(district):
    [EnterpriseFactory() for _ in range(5)]
    occasion = published(district)
    set_rule(occasion, by=district["events1"], now=MONDAY, values=RULE)
    events = OccasionEvent.objects.count()

    record = printed(occasion, 7)

    assert [row["firm"]["code"] for row in record["chosen"]] == codes(occasion, 7)
    assert printed(occasion, 7) == record
    assert (Invitation.objects.count(), OccasionEvent.objects.count()) == (0, events)


def test_invited_firms_come_last_at_the_next_meeting_of_the_series(district):
    firms = {EnterpriseFactory().credit_code for _ in range(2)} | {district.firm.credit_code, district.other_firm.credit_code}
    first = published(district)
    set_rule(first, by=district["events1"], now=MONDAY, values=RULE)
    chosen = codes(first, 1)
    invite_by_rotation(first, by=district["events1"], now=MONDAY, seed=1, expected=result_of(chosen))

    second = published(district)
    set_rule(second, by=district["events1"], now=MONDAY, values=RULE)

    assert set(codes(second, 1)) == firms - set(chosen)
    assert RotationDraw.objects.get().result["seed"] == "1"


def test_what_changed_since_it_was_looked_at_is_shown_first(district):
    occasion = published(district)
    set_rule(occasion, by=district["events1"], now=MONDAY, values=RULE)
    looked_at = result_of(codes(occasion, 3))
    for _ in range(30):
        EnterpriseFactory()

    with pytest.raises(OtherResult):
        invite_by_rotation(occasion, by=district["events1"], now=MONDAY, seed=3, expected=looked_at)

    assert Invitation.objects.count() == 0


@time_machine.travel(MONDAY + timedelta(hours=1), tick=False)
def test_the_page_sets_the_rule_shows_reasons_and_invites(district):
    occasion = published(district)
    client = Client()
    client.force_login(district["events1"], backend="liaison.accounts.backends.SignInBackend")
    address = f"{occasion.get_absolute_url()}draw/"

    set_it = client.post(address, {"seats": 1, "cooling_off_days": 30, "seed": 5})
    page = client.get(set_it.headers["Location"])
    done = client.post(address, {"seed": 5, "expected": result_of(codes(occasion, 5))})

    assert say(draw_for(occasion, 5).chosen[0].reasons[0]) in page.content.decode()
    assert done.status_code == 302
    assert Invitation.objects.get().source == "rotation"
    kept = client.get(f"{occasion.get_absolute_url()}draws/{RotationDraw.objects.get().pk}/")
    assert kept.status_code == 200


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize("values", [{"seats": 0}, {"seats": 5000}, {"seed": -1}, {"seed": "x"}, {"cooling_off_days": 99999}])
def test_a_rule_beyond_its_bounds_is_refused_beside_its_field(district, values):
    occasion = published(district)
    client = Client()
    client.force_login(district["events1"], backend="liaison.accounts.backends.SignInBackend")

    page = client.post(f"{occasion.get_absolute_url()}draw/", {"seats": 1, "cooling_off_days": 0, "seed": 1, **values})

    assert page.status_code == 400
    assert "field-error" in page.content.decode()
