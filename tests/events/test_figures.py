"""Figures of a small year, with exact numbers."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enterprises.enums import Size
from events import figures
from events.actions.answering import Guest, accept_invitation, decline_invitation
from events.actions.door import Scan, check_in, undo_check_in, walk_in
from events.actions.planning import cancel_occasion, close_occasion, hold_occasion, replace_presiding
from events.attendance import attendance_of
from events.figures import Scope, Share
from events.models import Invitation, Occasion, Series
from liaison.workdays import ZONE
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.events import breakfasts, invited, published
from tests.factories.issues import District, make_district
from tests.issues.views.driver import Driver

pytestmark = pytest.mark.django_db


def held(d: District, starts_at: datetime, *firms, booklets: int = 0, declining=(), **changes) -> Occasion:
    """An occasion to which ``firms`` came and ``declining`` did not."""
    before = starts_at - timedelta(days=7)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "reply_by": starts_at - timedelta(days=1)}
    occasion = published(d, before, **{**times, **changes})
    for row in invited(d, occasion, *firms, *declining, now=before) if firms or declining else []:
        if row.enterprise in declining:
            decline_invitation(row, by=None, now=before)
        else:
            accept_invitation(row, by=None, now=before, guest=Guest("某某"))
    return hold_occasion(occasion, by=d["events1"], now=starts_at + timedelta(hours=2), booklets=booklets)


def sized(size: str):
    firm = EnterpriseFactory()
    type(firm).objects.filter(pk=firm.pk).update(size=size)
    return firm


def day(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T07:30").replace(tzinfo=ZONE)


@pytest.fixture
def year(db):
    """Two breakfasts and a briefing of 2022, and a breakfast of the year before."""
    d = make_district()
    old, small, micro, large, unknown, absent = (
        sized(size) for size in (Size.SMALL, Size.SMALL, Size.MICRO, Size.LARGE, "", Size.MICRO)
    )
    held(d, day("2021-11-08"), old)
    held(d, day("2022-01-17"), old, small, large, declining=[absent])
    second = held(d, day("2022-03-07"), small, micro, leaders=[d["leader1"]])
    replace_presiding(
        second, by=d["events1"], now=day("2022-03-08"), leader=d["leader.main"], replacement=d["inspect1"], reason="开会"
    )
    briefing = {"series": None, "kind": "briefing", "action": "help", "title": "政策宣讲", "host": d["leader1"]}
    briefed = held(d, day("2022-05-12"), unknown, booklets=236, **briefing)
    close_occasion(briefed, by=d["events1"], now=day("2022-05-13"))
    called_off = published(
        d, day("2022-05-20"), starts_at=day("2022-06-20"), ends_at=day("2022-06-21"), reply_by=day("2022-06-15")
    )
    cancel_occasion(called_off, by=d["events1"], now=day("2022-05-30"), reason="疫情")
    d.people["firms"] = [old, small, micro, large, unknown]  # type: ignore[assignment]
    return d


def counted(rows: list) -> dict[str, int]:
    return {str(value.value): n for value, n in rows}


def test_what_was_held_by_kind_and_by_action(year):
    """A cancelled meeting is none; what is held and what is closed count alike."""
    found = figures.figures_of(Scope(2022))

    assert (found.occasions, found.booklets) == (3, 236)
    assert counted(found.by_kind) == {"breakfast": 2, "briefing": 1}
    assert counted(found.by_action) == {"talks": 2, "help": 1}


def test_firms_that_came_and_those_that_came_for_the_first_time(year):
    """Old came the year before; absent was invited and declined."""
    found = figures.figures_of(Scope(2022))

    assert (found.reached, found.first) == (5, 4)


def test_the_first_time_in_a_series_is_of_that_series(year):
    briefing = Series.objects.create(code="briefing", name="宣讲", name_en="Briefing", kind="briefing", action="help")
    Occasion.objects.filter(kind="briefing").update(series=briefing)

    assert figures.figures_of(Scope(2022, breakfasts())).first == 3
    assert figures.figures_of(Scope(2022, briefing)).first == 1
    assert figures.figures_of(Scope()).first == figures.figures_of(Scope()).reached == 5


def test_small_and_micro_firms_among_those_whose_size_is_known(year):
    found = figures.figures_of(Scope(2022))

    assert (found.small, found.small.percent) == (Share(3, 4), 75.0)
    assert figures.small_reached(Scope(2022)).count() == 3


def at_door(d: District, occasion: Occasion, firm, **values) -> Invitation:
    """The firm's guest is let in."""
    row = occasion.invitations.select_related("occasion", "enterprise").get(enterprise=firm)
    scan = Scan(uuid4(), invitation_id=row.pk, **values)
    check_in(occasion, scan, by=d["events1"], now=occasion.starts_at)
    return row


def of(day_: str) -> Occasion:
    return Occasion.objects.get(starts_at=day(day_))


def test_nothing_is_said_of_no_shows_before_somebody_looked(year):
    found = figures.figures_of(Scope(2022))

    assert (found.watched, found.no_shows, found.no_shows.percent) == (0, Share(0, 0), None)


def test_no_shows_are_those_announced_and_not_seen_where_anybody_looked(year):
    """In January old and small are seen, large is not; in March and May nobody looked, so nobody is missing."""
    old, small, _micro, large, _unknown = year.people["firms"]
    at_door(year, of("2022-01-17"), old)
    at_door(year, of("2022-01-17"), small)

    found = figures.figures_of(Scope(2022))

    assert (found.watched, found.no_shows) == (1, Share(1, 3))
    assert [row.enterprise for row in figures.no_shows(Scope(2022))] == [large]
    assert (found.reached, found.small) == (4, Share(3, 3))


def test_who_came_without_having_said_so_came_and_was_not_announced(year):
    """Absent had declined and is let in with a reason; a stranger comes in without an invitation."""
    january, stranger = of("2022-01-17"), sized(Size.MICRO)
    absent = january.invitations.get(state="declined").enterprise
    at_door(year, january, absent, reason="带队领导同意")
    walk_in(january, stranger, nonce=uuid4(), by=year["events1"], now=january.starts_at, guest_name="某某")

    found = figures.figures_of(Scope(2022))

    assert found.no_shows == Share(3, 3)
    assert {row.enterprise for row in figures.came(Scope(2022)).filter(occasion=january)} == {absent, stranger}
    assert [row.enterprise for row in attendance_of(january).came] == [absent, stranger]


def test_a_check_in_that_was_taken_back_is_none(year):
    old, small, *_others = year.people["firms"]
    at_door(year, of("2022-01-17"), old)
    row = at_door(year, of("2022-01-17"), small)
    undo_check_in(row, nonce=uuid4(), by=year["events1"], now=of("2022-01-17").starts_at, reason="认错人")

    assert figures.figures_of(Scope(2022)).no_shows == Share(2, 3)


def test_a_year_with_check_ins_still_knows_who_came_first_in_years_without(year):
    old, small, *_others = year.people["firms"]
    at_door(year, of("2022-01-17"), old)
    at_door(year, of("2022-01-17"), small)

    assert set(figures.first_reached(Scope(2022))) == {small, *year.people["firms"][2:3], year.people["firms"][4]}


def test_who_was_really_there(year):
    """Who was replaced does not count, who came instead does."""
    found = [(row.leader.username, row.hosted, row.attended) for row in figures.presided(Scope(2022))]

    assert found == [("leader1", 1, 1), ("leader.main", 1, 0), ("inspect1", 1, 0)]
    assert figures.held_with(Scope(2022), year["leader1"]).count() == 2


def test_a_year_begins_at_midnight_here(db):
    d = make_district()
    held(d, datetime(2022, 1, 1, 0, 30, tzinfo=ZONE))

    assert figures.years() == [2022]
    assert (Scope(2021).held().count(), Scope(2022).held().count()) == (0, 1)


def test_nothing_held_is_no_share():
    assert Share(0, 0).percent is None


@time_machine.travel(day("2022-09-28"), tick=False)
def test_every_figure_opens_the_list_that_it_counts(year):
    client = Driver(year, None).client("events1")
    expected = {
        "": 3, "&kind=breakfast": 2, "&action=help": 1, "&leader=leader1": 2, "&series=breakfast": 2,
    }  # fmt: skip

    for narrowed, count in expected.items():
        assert len(client.get(f"/events/figures/?year=2022&show=occasions{narrowed}").context["page"]) == count
    for show, count in {"reached": 5, "first": 4, "small": 3}.items():
        assert len(client.get(f"/events/figures/?year=2022&show={show}").context["page"]) == count


def test_the_page_opens_with_the_newest_year_and_shows_all_years_on_request(year):
    client = Driver(year, None).client("leader1")

    assert client.get("/events/figures/").context["figures"].occasions == 3
    assert client.get("/events/figures/?year=").context["figures"].occasions == 4
    assert client.get("/events/figures/?year=1999").status_code == 404


def test_who_may_not_read_the_register_sees_figures_and_no_names(year):
    client = Driver(year, None).client("tax.head")

    assert b"show=reached" not in client.get("/events/figures/").content
    assert client.get("/events/figures/?show=reached").status_code == 403
    assert client.get("/events/figures/?show=occasions").status_code == 200


@pytest.mark.parametrize("username", ["firm1", "admin.system", "admin.audit"])
def test_firms_and_administrators_have_no_figures(username):
    assert Driver(make_district(), None).client(username).get("/events/figures/").status_code == 403


def test_the_figures_cost_the_same_however_many_there_are(year):
    client = Driver(year, None).client("events1")
    client.get("/events/figures/?year=2022")
    counts = []
    for start in ("2022-07-04", "2022-07-25"):
        with CaptureQueriesContext(connection) as queries:
            client.get("/events/figures/?year=2022")
        counts.append(len(queries))
        held(year, day(start), EnterpriseFactory(), leaders=[year["leader1"]])

    assert counts[0] == counts[1]
