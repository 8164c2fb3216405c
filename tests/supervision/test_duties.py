"""Figures, lights, reminders, accounts."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from liaison.notifications.models import Notification
from liaison.parameters.actions import set_parameter
from liaison.workdays import ZONE
from liaison.workflow import NotYourStep, StepNotOpen
from supervision import duties
from supervision.actions.appointing import Unfit
from supervision.actions.evaluating import evaluate_account, give_account, remind_of_duties, remind_of_term_ends
from supervision.duties import Period, figures_of, overview, quarter_of, register_activity_source, year_of
from supervision.models import Appointment
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
