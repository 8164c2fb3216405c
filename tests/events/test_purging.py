"""What guests told for one meeting is forgotten after it."""

from datetime import timedelta

import pytest
from django.db import connection

from benchmarks.fill import copy_rows
from enterprises.models import Enterprise
from events.actions.answering import Guest, accept_invitation
from events.actions.purging import MOST, purge_guest_details, to_purge
from events.models import Invitation, Occasion, OccasionEvent
from liaison.parameters.models import Parameter
from tests.factories.events import STARTS, invited, published
from tests.factories.issues import MONDAY

ROWS = "generate_series(1, 500) AS i"
GUEST = Guest("孙辉", "总经理", "13800000000", "不吃辣", "川C12345")
ENDS = STARTS + timedelta(hours=2)


@pytest.fixture
def guest(district) -> Invitation:
    row = invited(district, published(district))[0]
    return accept_invitation(row, by=None, now=MONDAY, guest=GUEST)


def told(row: Invitation) -> list[str]:
    row.refresh_from_db()
    return [row.diet, row.plate, row.guest_phone]


def test_thirty_days_after_the_end_they_are_gone_and_the_name_stays(guest):
    assert purge_guest_details(ENDS + timedelta(days=30, minutes=1)) == 1

    assert (told(guest), guest.guest_name) == (["", "", ""], "孙辉")


def test_not_a_day_before(guest):
    assert purge_guest_details(ENDS + timedelta(days=29)) == 0
    assert told(guest) == ["不吃辣", "川C12345", "13800000000"]


def test_a_second_run_does_and_tells_nothing(guest):
    late = ENDS + timedelta(days=40)

    assert [purge_guest_details(late), purge_guest_details(late)] == [1, 0]
    assert OccasionEvent.objects.get(kind="purged").detail == {"guests": 1}


def test_the_days_are_data(guest):
    Parameter.objects.create(key="events.retention_days", value=5)

    assert purge_guest_details(ENDS + timedelta(days=6)) == 1


def test_what_is_left_is_found_by_its_index_among_a_hundred_thousand_invitations(guest):
    """The sweep runs every hour, and nearly all invitations were forgotten long ago."""
    occasion, firm = guest.occasion, guest.enterprise
    copy_rows(Enterprise, firm.pk, {"name": "'企业' || i", "credit_code": "'91510311MA' || lpad(i::text, 8, '0')"}, ROWS)
    copy_rows(
        Occasion, occasion.pk, {"slug": "'b-' || i", "uid": "'b-' || i", "number": "1000 + i"}, "generate_series(1, 200) AS i"
    )
    forgotten = {
        "diet": "''",
        "plate": "''",
        "guest_phone": "''",
        "nonce": "md5('n' || o.id || '-' || f.id)",
        "code": "md5('c' || o.id || '-' || f.id)",
    }
    pairs = "events_occasion AS o, enterprises_enterprise AS f"
    copy_rows(
        Invitation,
        guest.pk,
        {"occasion_id": "o.id", "enterprise_id": "f.id", **forgotten},
        pairs,
        f"o.id <> {occasion.pk} AND f.id <> {firm.pk}",
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE events_invitation, events_occasion")

    plan = to_purge(ENDS + timedelta(days=40))[:MOST].explain()

    assert Invitation.objects.count() > 100_000
    assert "invitation_told" in plan
    assert "Seq Scan on events_invitation" not in plan
    assert [row.pk for row in to_purge(ENDS + timedelta(days=40))] == [occasion.pk]
