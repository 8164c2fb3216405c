"""Figures, lights, reminders, accounts."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from enterprises.models import Representative
from events.actions.answering import Guest, accept_invitation
from events.actions.planning import hold_occasion
from events.attendance import taken_part
from events.models import CheckIn, Invitation
from liaison.accounts.models import User
from liaison.notifications.models import Notification
from liaison.parameters.actions import set_parameter
from liaison.workdays import ZONE
from liaison.workflow import NotYourStep, StepNotOpen
from supervision import duties
from supervision.actions.appointing import Unfit
from supervision.actions.evaluating import evaluate_account, give_account, remind_of_duties, remind_of_term_ends
from supervision.duties import Period, figures_of, overview, quarter_of, register_activity_source, year_of
from supervision.models import Appointment
from tests.factories.events import STARTS, invited, published
from tests.factories.issues import MONDAY
from tests.factories.supervision import APPOINTED, fresh, sent, supervisor
from tests.issues.views.driver import Driver
from tests.supervision.views.test_reports import client_of

LATE = datetime(2026, 12, 20, 9, tzinfo=ZONE)
"Within the last days of a quarter."


@pytest.fixture
def row(district) -> Appointment:
    return supervisor(district)


def told(kind: str) -> int:
    return Notification.objects.filter(kind=kind).count()


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 1, 1), Period(date(2026, 1, 1), date(2026, 3, 31))),
        (date(2026, 9, 30), Period(date(2026, 7, 1), date(2026, 9, 30))),
        (date(2026, 12, 31), Period(date(2026, 10, 1), date(2026, 12, 31))),
    ],
)
def test_a_day_has_its_quarter(day, period):
    assert quarter_of(day) == period


def test_figures_count_what_was_sent_by_function(district, row):
    sent(district, row)
    sent(district, row, function="advice")
    sent(district, row, touches_integrity=True)

    figures = figures_of([row.person_id], year_of(2026))[row.person_id]

    assert (figures.reports, dict(figures.by_function)) == (2, {"oversight": 1, "advice": 1})
    assert figures_of([row.person_id], year_of(2025))[row.person_id].reports == 0


def test_participation_counts_where_an_app_says_so(row, monkeypatch):
    monkeypatch.setattr(duties, "_sources", [])
    register_activity_source(lambda people, _begins, _ends: dict.fromkeys(people, 3))

    assert figures_of([row.person_id], year_of(2026))[row.person_id].activities == 3


def test_a_guest_of_an_occasion_that_was_held_took_part(district):
    """Those who came: by the door where anybody looked, else whoever had said so; for a firm that they acted for then."""
    person, other = district["firm1"], district["firm2"]
    Representative.objects.update(since=MONDAY)
    for day, stage in ((21, "held"), (22, "published"), (23, "held")):
        starts = STARTS.replace(day=day)
        times = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "title": f"座谈 {day}"}
        rows = invited(district, published(district, **times), district.firm, district.other_firm)
        accept_invitation(rows[0], by=None, now=MONDAY, guest=Guest(person.name))
        accept_invitation(rows[1], by=None, now=MONDAY, guest=Guest(other.name if day == 23 else "别人"))
        if day == 23:
            Representative.objects.filter(user=person).update(ended_at=starts - timedelta(days=1))
        if stage == "held":
            hold_occasion(rows[0].occasion, by=district["events1"], now=starts + timedelta(hours=3), booklets=0)
        if day == 21:
            look(rows[0], district["events1"])

    found = taken_part([person.pk, other.pk], date(2026, 9, 1), date(2026, 9, 30))

    assert found == {person.pk: 1, other.pk: 1}
    assert figures_of([person.pk], year_of(2026))[person.pk].activities == 1
    assert taken_part([person.pk, other.pk], date(2026, 9, 1), date(2026, 9, 20)) == {}


def look(row: Invitation, by: User) -> None:
    moment = row.occasion.starts_at
    times = {"scanned_at": moment, "received_at": moment}
    CheckIn.objects.create(occasion=row.occasion, invitation=row, nonce=uuid4(), result="in", by=by, **times)


def test_the_light_is_red_after_a_quarter_that_fell_short_and_yellow_near_the_end_of_one(district, row):
    other = supervisor(district)
    for _ in range(2):
        sent(district, other, datetime(2026, 10, 8, 9, tzinfo=ZONE))

    def lights(day: date) -> list[str]:
        return [line.light for line in overview([row, other], day)]

    assert lights(date(2026, 10, 9)) == ["", ""]  # the quarter of the appointment was not a whole one
    assert lights(LATE.date()) == ["yellow", ""]
    assert lights(date(2027, 1, 4)) == ["red", ""]


def test_whoever_owes_reports_is_reminded_once_in_a_quarter(district, row):
    busy = supervisor(district)
    for _ in range(2):
        sent(district, busy, LATE - timedelta(days=3))

    with time_machine.travel(LATE, tick=False):
        assert remind_of_duties(LATE - timedelta(days=30)) == 0
        assert (remind_of_duties(LATE), remind_of_duties(LATE + timedelta(days=1))) == (1, 0)
    assert Notification.objects.get(kind="supervision_quota").recipient_id == row.person_id


def test_a_quota_of_nothing_reminds_nobody(district, row):
    set_parameter("supervision.quota", 0, by=district["admin.system"])

    assert remind_of_duties(LATE) == 0


def test_the_end_of_a_term_is_told_once_to_the_supervisor_and_the_desk(district, row):
    now = datetime(2029, 8, 1, 9, tzinfo=ZONE)

    with time_machine.travel(now, tick=False):
        first, second = remind_of_term_ends(now), remind_of_term_ends(now)

    assert (first, second) == (3, 0)
    assert remind_of_term_ends(APPOINTED) == 0


@time_machine.travel(LATE, tick=False)
def test_a_year_is_accounted_for_once_and_evaluated(district, row):
    account = give_account(row, by=fresh(row), now=LATE, year=2026, text="提交监督报告两份,参加座谈一次。")
    with pytest.raises(Unfit, match="given"):
        give_account(row, by=fresh(row), now=LATE, year=2026, text="再写一次")
    with pytest.raises(NotYourStep):
        give_account(row, by=district["desk1"], now=LATE, year=2025, text="x")
    with pytest.raises(PermissionDenied):
        evaluate_account(account, by=fresh(row), now=LATE, grade="excellent", note="x")

    evaluate_account(account, by=district["desk1"], now=LATE, grade="good", note="履职积极。")

    account.refresh_from_db()
    assert (account.stage, account.grade, account.evaluated_by) == ("evaluated", "good", district["desk1"])
    with pytest.raises(StepNotOpen):
        evaluate_account(account, by=district["desk1"], now=LATE, grade="good", note="x")
    assert (told("supervision_account"), told("supervision_evaluated")) == (2, 1)


@time_machine.travel(LATE, tick=False)
def test_the_pages_of_duties(district, row):
    author, desk = client_of(row.person), Driver(district, None).client("desk1")
    given = author.post(f"{row.get_absolute_url()}account/", {"year": "2026", "text": "提交监督报告两份。"})
    again = author.post(f"{row.get_absolute_url()}account/", {"year": "2026", "text": "提交监督报告两份。"})
    sheet = row.accounts.get().get_absolute_url()
    judged = desk.post(f"{sheet}evaluate/", {"grade": "excellent", "note": "成效明显。"})

    assert (given.status_code, again.status_code, judged.status_code) == (302, 400, 302)
    assert "成效明显" in author.get(sheet).content.decode()
    assert author.get(f"{sheet}evaluate/").status_code == 403
    assert client_of(supervisor(district).person).get(sheet).status_code == 404
    assert row.person.name in desk.get("/supervision/overview/").content.decode()
    assert author.get("/supervision/overview/").status_code == 403
