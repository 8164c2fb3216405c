"""What was said in a small year: answered on the spot, closed by the next meeting; with exact numbers."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import figures
from events.actions.planning import cancel_occasion
from events.actions.promises import Promise, take_up
from events.enums import PointKind
from events.figures import Scope, Share
from events.merging import Part
from events.models import Occasion, Point
from events.permissions import reads_record, records_read_by
from issues.models import Category, Issue
from liaison.workdays import ZONE
from tests.factories.events import breakfasts, published
from tests.factories.issues import MONDAY, District, make_district, step, walk
from tests.factories.record import approved, raised
from tests.issues.views.driver import Driver

from .test_figures import held

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = (MONDAY + timedelta(days=days) for days in (7, 35, 63))
CLOSING = ("accept", "accept-co", "contact", "opinion", "answer", "sign-off", "evaluate")
NOW = THIRD + timedelta(days=2)


def promised(d: District, occasion: Occasion, **changes) -> Point:
    return raised(d, occasion, now=occasion.ends_at, **changes)


def taken_up(d: District, point: Point) -> Issue:
    about = {"category": Category.objects.get(code="01"), "nature": "help", "lead_unit": d.units["tax"]}
    promise = Promise(point, "续贷", co_units=[d.units["env"]], **about)
    return take_up(point.occasion, by=d["desk1"], now=point.occasion.ends_at, promises=[promise])[0]


def closed(d: District, point: Point, at: datetime) -> Issue:
    return walk(d, taken_up(d, point), *CLOSING, now=at)


def minuted(d: District) -> None:
    """The minutes of the second meeting are approved."""
    approved(d, Occasion.objects.get(starts_at=SECOND), Part("f00000001", "会议听取了意见。"), now=SECOND + timedelta(days=1))


@pytest.fixture
def d(db) -> District:
    return make_district()


@pytest.fixture
def year(d):
    """Three breakfasts: of the first one four promises, one kept; of the second one promise; the third has none after it."""
    first, second, third = (held(d, at, d.firm) for at in (FIRST, SECOND, THIRD))
    closed(d, promised(d, first), SECOND - timedelta(days=1))
    closed(d, promised(d, first), SECOND + timedelta(days=1))
    taken_up(d, promised(d, first))
    promised(d, first, enterprise=None)
    promised(d, second)
    closed(d, promised(d, third), NOW)
    promised(d, first, kind="answered")
    promised(d, second, kind="answered")
    promised(d, second, kind="suggestion")
    promised(d, third, kind="policy")
    return d


def test_points_by_what_became_of_them_and_the_share_answered_on_the_spot(year):
    found = figures.figures_of(Scope(2026))

    assert found.said == [
        (PointKind.ANSWERED, 2), (PointKind.TAKEN, 6), (PointKind.SUGGESTION, 1), (PointKind.POLICY, 1),
    ]  # fmt: skip
    assert (found.answered, found.answered.percent) == (Share(2, 10), 20.0)


def test_promises_are_kept_when_their_issue_was_closed_before_the_next_meeting_began(year):
    """Closed a day after, in handling, not an issue yet: not kept. Of the third meeting nothing can be said yet."""
    found = figures.figures_of(Scope(2026))

    assert (found.kept, found.kept.percent) == (Share(1, 5), 20.0)


def test_the_next_meeting_is_the_next_of_the_series_that_took_place(d):
    """Not a cancelled one, not one of another series; a meeting outside a series has none after it."""
    first, alone = held(d, FIRST, d.firm), held(d, FIRST, d.firm, series=None)
    closed(d, promised(d, first), SECOND + timedelta(days=1))
    promised(d, alone)
    before = FIRST + timedelta(days=2)
    times = {"starts_at": SECOND, "ends_at": SECOND + timedelta(hours=2), "reply_by": SECOND - timedelta(days=1)}
    cancel_occasion(published(d, before, **times), by=d["events1"], now=before, reason="疫情")
    held(d, SECOND, d.firm, series=None)
    assert figures.figures_of(Scope(2026)).kept == Share(0, 0)

    held(d, THIRD, d.firm)

    assert figures.figures_of(Scope(2026)).kept == Share(1, 1)


def test_an_issue_that_was_opened_again_is_not_closed(year):
    issue = figures.kept(Scope(2026)).get().issue
    step(year, issue, "reopen", "firm1", SECOND - timedelta(hours=1), reason="问题又出现了")

    assert figures.figures_of(Scope(2026)).kept == Share(0, 5)


def test_an_issue_that_was_merged_is_as_closed_as_the_other_one(d):
    first = held(d, FIRST, d.firm)
    held(d, SECOND, d.firm)
    other, own = closed(d, promised(d, first), SECOND - timedelta(days=1)), taken_up(d, promised(d, first))
    Issue.objects.filter(pk=own.pk).update(stage="merged", merged_into=other, closed_at=SECOND - timedelta(days=3))

    assert figures.figures_of(Scope(2026)).kept == Share(2, 2)
    Issue.objects.filter(pk=other.pk).update(closed_at=SECOND)
    assert figures.figures_of(Scope(2026)).kept == Share(0, 2)


def test_another_year_and_another_series_have_their_own(year):
    assert figures.figures_of(Scope(2025)).answered == Share(0, 0)
    assert figures.figures_of(Scope(2026, breakfasts())).kept == Share(1, 5)


@time_machine.travel(NOW, tick=False)
def test_every_figure_opens_the_list_that_it_counts(year):
    client = Driver(year, None).client("desk1")
    expected = {"points": 10, "points&point=answered": 2, "points&point=taken": 6, "promises": 5, "kept": 1}

    for show, count in expected.items():
        context = client.get(f"/events/figures/?year=2026&show={show}").context
        assert (len(context["page"]), context["hidden"]) == (count, 0)


@time_machine.travel(NOW, tick=False)
def test_a_unit_opens_points_of_approved_minutes_and_reads_how_many_others_were_counted(year):
    minuted(year)
    client = Driver(year, None).client("tax.head")

    context = client.get("/events/figures/?year=2026&show=points").context

    assert (len(context["page"]), context["hidden"]) == (3, 7)


@time_machine.travel(NOW, tick=False)
def test_a_confidential_issue_is_not_told_by_being_on_the_list(year):
    """Event staff read the record, not this issue; among the promises it stands without its state."""
    Issue.objects.filter(pk=figures.kept(Scope(2026)).get().issue_id).update(sensitive=True)
    client = Driver(year, None).client("events1")

    kept = client.get("/events/figures/?year=2026&show=kept").context
    promises = client.get("/events/figures/?year=2026&show=promises").context

    assert (len(kept["page"]), kept["hidden"]) == (0, 1)
    assert [line.stage for line in promises["lines"] if line.point.issue and line.point.issue.sensitive] == [""]


def test_the_predicate_and_the_list_of_records_agree(year):
    minuted(year)
    for username in year.people:
        user = year[username]
        listed = set(records_read_by(user))
        assert listed == {occasion for occasion in Occasion.objects.all() if reads_record(occasion, user)}, username


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("show", ["", "points", "promises", "no_shows"])
def test_nothing_is_asked_once_for_each_meeting_or_point(year, show):
    client = Driver(year, None).client("desk1")
    address = f"/events/figures/?year=2026&show={show}"
    client.get(address)
    counts = []
    for days in (90, 120):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
        occasion = held(year, MONDAY + timedelta(days=days), year.firm)
        for _n in range(3):
            promised(year, occasion)

    assert counts[0] == counts[1]


def test_a_year_of_the_portal_is_a_year_here():
    assert Scope.bounds(2026)[0] == datetime(2026, 1, 1, tzinfo=ZONE)
