"""Open stories happen just before the load, whenever that is; every limit in working days holds as before."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from enterprises.models import Enterprise
from issues.enums import TERMINAL
from issues.lights import BLUE, RED, YELLOW, light_of, remaining
from issues.models import Issue, IssueEvent
from liaison.accounts.models import Substitution
from liaison.demo.dating import Dating
from liaison.demo.load import load_demo
from liaison.demo.open_stories import redated
from liaison.demo.scripts import Story
from liaison.demo.timeline import ENDS_AT
from liaison.notifications.models import Delivery, Notification
from liaison.workdays import ZONE
from liaison.workdays.statutory import statutory_calendar
from tests.demo.told import BY_KEY, OPEN, STORIES, few_with_every_step, steps_of

is_workday = statutory_calendar().is_workday
FEW = few_with_every_step()
AWKWARD = {
    "Spring Festival": datetime(2025, 1, 30, 10, 0, tzinfo=ZONE),
    "New Year's night": datetime(2026, 1, 1, 0, 30, tzinfo=ZONE),
    "a make-up Saturday": datetime(2026, 2, 14, 9, 15, tzinfo=ZONE),
}
loads = st.datetimes(datetime(2023, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=ZONE))
# As the stories' are: of whole seconds, and none after eleven at night, into whose hour a long holiday may be squeezed.
days = st.dates(date(2022, 1, 1), date(2023, 3, 31))
seconds = st.integers(0, 23 * 3600 - 1).map(lambda passed: time(passed // 3600, passed // 60 % 60, passed % 60))
moments = st.builds(datetime.combine, days, seconds, st.just(ZONE))


def workdays_between(start: date, end: date) -> int:
    """After ``start``, up to and including ``end``."""
    return sum(is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2022-09-28T18:00", "2022-09-28"),
        ("2022-09-28T17:59", "2022-09-27"),
        ("2025-01-30T10:00", "2025-01-27"),
        ("2026-01-01T00:30", "2025-12-31"),
        ("2026-02-14T09:15", "2026-02-13"),
        ("2026-02-14T18:15", "2026-02-14"),
    ],
)
def test_the_year_ends_on_the_last_working_day_that_is_over(now, day):
    assert Dating.of_load(datetime.fromisoformat(now).replace(tzinfo=ZONE)).anchor == date.fromisoformat(day)


def test_at_the_year_s_own_end_nothing_is_changed():
    assert redated(STORIES, Dating.of_load(ENDS_AT)) == STORIES


@given(loads)
def test_the_end_of_the_year_is_no_later_than_the_load(now):
    end = Dating.of_load(now).moment(ENDS_AT)

    assert is_workday(end.date())
    assert now - timedelta(days=12) < end <= now


@given(loads, st.lists(moments, min_size=2, max_size=5))
def test_moments_keep_their_order_and_their_distance_in_working_days(now, chosen):
    dating = Dating.of_load(now)
    before = sorted(chosen)
    after = [dating.moment(at) for at in before]

    assert [before.index(at) for at in before] == [after.index(at) for at in sorted(after)]
    assert workdays_between(before[0].date(), before[-1].date()) == workdays_between(after[0].date(), after[-1].date())
    assert [(is_workday(at.date()), at.time()) for at in before if is_workday(at.date())] == [
        (is_workday(new.date()), new.time()) for at, new in zip(before, after, strict=True) if is_workday(at.date())
    ]


@given(loads, st.dates(date(2022, 1, 1), date(2023, 12, 31)))
def test_days_go_where_their_moments_go(now, day):
    dating = Dating.of_load(now)

    assert dating.day(day) == dating.moment(datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)).date()


def test_words_name_the_new_days():
    dating = Dating(date(2026, 11, 25))

    assert dating.text("已于9月28日支付,2022年9月27日到账,预计9月中旬,2022年底前完成,2023年3月前") == (
        "已于11月25日支付,2026年11月24日到账,预计11月中旬,2027年底前完成,2027年5月前"
    )
    assert dating.text("2019年并网,3个月") == "2019年并网,3个月"


@dataclass
class Loaded:
    """What the open issues are like after a load."""

    lights: list[tuple[str, str, str]]
    steps: list[tuple[str, str]]


def load_at(now: datetime) -> Loaded:
    """Load open stories in which every step is taken, look, and forget it again."""
    with transaction.atomic():
        load_demo(lambda _words: None, lambda story: story.key in FEW, now=now)
        nothing_lies_in_the_future(now)
        end = Dating.of_load(now).moment(ENDS_AT)
        assert IssueEvent.objects.latest("at").at > end - timedelta(days=1)
        assert Substitution.objects.filter(from_on__lte=end.date(), to_on__gte=end.date()).exists()
        # Hours by the clock and the ladder's own moments know weekends; what people did, and working days, do not.
        rows = Issue.objects.filter(urgency="normal")
        lights = sorted((issue.title, light_of(issue, end), remaining(issue, end)) for issue in rows)
        steps = list(IssueEvent.objects.exclude(actor=None).order_by("at", "pk").values_list("issue__title", "kind"))
        assert set(Issue.objects.values_list("stage", flat=True)) & TERMINAL == set()
        transaction.set_rollback(True)
    return Loaded(lights, steps)


def nothing_lies_in_the_future(now: datetime) -> None:
    assert not IssueEvent.objects.filter(at__gt=now).exists()
    assert not Notification.objects.filter(created_at__gt=now).exists()
    assert not Enterprise.objects.filter(applied_at__gt=now).exists()
    assert not Delivery.objects.open().exists()


@pytest.mark.parametrize("now", AWKWARD.values(), ids=AWKWARD)
def test_every_open_story_is_told_in_its_order_and_before_the_load(now):
    """What the load below does with a few, of all of them: the order of the steps, and none in the future."""
    told = moments_of(redated(STORIES, Dating.of_load(now)))

    assert [words for _at, *words in told] == [words for _at, *words in moments_of(STORIES)]
    assert told[-1][0] <= now


def moments_of(told: list[Story]) -> list[tuple[datetime, str, str]]:
    still_open = [story for story in told if story.key in OPEN]
    return sorted((each.at, story.key, getattr(each, "step", "")) for story in still_open for each in (story, *story.acts))


@pytest.mark.slow
def test_loads_at_awkward_moments(db):
    """No step fails, nothing lies in the future, and every open issue has the light it has at the year's own end."""
    assert set().union(*(steps_of(BY_KEY[key]) for key in FEW)) == set().union(*(steps_of(BY_KEY[key]) for key in OPEN))
    usual = load_at(ENDS_AT)
    assert {light for _title, light, _left in usual.lights} == {"", BLUE, YELLOW, RED}
    assert len(usual.lights) == sum(BY_KEY[key].urgency == "normal" for key in FEW)
    for name, now in AWKWARD.items():
        assert load_at(now) == usual, name
