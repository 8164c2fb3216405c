"""The meetings of data/meetings.toml: what was planned when, and who answered what. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zlib import crc32

from liaison.demo import tables
from liaison.demo.dating import Dating, last_workday, nth_workday
from liaison.demo.open_stories import is_over
from liaison.demo.scripts import MAIN_LEADER, Story
from liaison.demo.timeline import after
from liaison.workdays import ZONE

ANSWERS_AFTER: Final = ("40m", "2h", "5h", "1d")
"How long firms take to answer, in office time."
ANSWERS_END: Final = time(17)
LONG_LEAD: Final = 5
"From so many working days on, answers are asked for two days before instead of one."
LISTS: Final = ("co_units", "leaders", "come", "wait", "decline", "silent", "applied", "refused", "asked", "stories")
OF_SERIES: Final[Mapping[str, Any]] = {
    "breakfast": {"place": "区政务中心一楼餐厅", "host": MAIN_LEADER, "co_units": ("federation", "events"), "capacity": 12},
    "briefing": {"place": "区政务中心三楼报告厅", "access": "public", "co_units": ("federation",), "capacity": 120},
}
"What the occasions of a series have in common."


@dataclass(frozen=True)
class Meeting:
    """One occasion: as it was planned, and as it came."""

    key: str
    title: str
    kind: str
    action: str
    starts_at: datetime
    programme: tuple[tuple[int, str, str], ...]
    series: str = ""
    summary: str = ""
    access: str = "invited"
    place: str = ""
    host_unit: str = "united"
    co_units: tuple[str, ...] = ()
    host: str = MAIN_LEADER
    leaders: tuple[str, ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)
    capacity: int | None = None
    principal_only: bool = False
    asks_diet: bool = False
    asks_plate: bool = False
    lead: int = 8
    "How many working days before it was put into the books."
    by: str = "name"
    "How the firms were chosen."
    draw: Mapping[str, Any] = field(default_factory=dict)
    "Besides those whom the stories need, the rotation chooses among firms with one of ``labels``; so many then come or decline."
    come: tuple[str, ...] = ()
    wait: tuple[str, ...] = ()
    decline: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    applied: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    "Firms whose application nobody has decided on yet."
    sends: Mapping[str, str] = field(default_factory=dict)
    leaves: Mapping[str, Any] = field(default_factory=dict)
    "A firm that cancels so many hours before the load."
    booklets: int = 0
    stories: tuple[str, ...] = ()
    "The issues that were raised there: ``World.issues`` has them by these keys."
    stage: str = "closed"
    "How far it gets: planned or published before the load, closed where it is over."
    dating: Dating | None = None
    "Set where the moments are moved to the weeks before a load."

    @property
    def day(self) -> date:
        """The working day on which it was, or the one before."""
        return last_workday(self.starts_at.date())

    @property
    def by_application(self) -> bool:
        """Whether firms may ask to come."""
        return self.access == "public"

    @property
    def ends_at(self) -> datetime:
        """When the programme is over."""
        return self.starts_at + timedelta(minutes=sum(minutes for minutes, _what, _who in self.programme))

    @property
    def reply_by(self) -> datetime:
        """Until when firms are asked to answer."""
        return self._at(-2 if self.lead > LONG_LEAD else -1, ANSWERS_END)

    @property
    def planned_at(self) -> datetime:
        """When event staff put it into the books."""
        return after(self._at(-self.lead, time(9)), "40m", self.key)

    @property
    def published_at(self) -> datetime:
        """The same day."""
        return after(self.planned_at, "2h", self.key)

    @property
    def invited_at(self) -> datetime:
        """The day after."""
        return after(self._at(1 - self.lead, time(9)), "30m", self.key)

    @property
    def drawn(self) -> tuple[tuple[str, str], ...]:
        """For each place of the draw a name, and what its firm answers, whichever it is."""
        answers = [answer for answer in ("come", "decline") for _n in range(self.draw.get(answer, 0))]
        return tuple((f"drawn-{place}", answer) for place, answer in enumerate(answers))

    def answered_at(self, firm: str) -> datetime:
        """When a firm answered, or asked to come; who waits came too late, one an hour after the other."""
        if firm in self.wait:
            return after(self.invited_at, "2d", f"{self.key}:wait") + timedelta(hours=self.wait.index(firm))
        span = ANSWERS_AFTER[crc32(f"{self.key}:{firm}".encode()) % len(ANSWERS_AFTER)]
        return after(self.invited_at, span, f"{self.key}:{firm}")

    def decided_at(self, firm: str) -> datetime:
        """When event staff decided on its application, or on who comes in the principal's place."""
        return after(self.answered_at(firm), "2h", f"{self.key}:{firm}:decided")

    @property
    def replaced_at(self) -> datetime:
        """The afternoon before."""
        return self._at(-1, time(16))

    @property
    def held_at(self) -> datetime:
        """When event staff recorded that it was held."""
        return self.ends_at + timedelta(minutes=10)

    @property
    def done_at(self) -> datetime:
        """When its papers were complete."""
        return after(self.held_at, "1d", f"{self.key}:done")

    def moved(self, moment: datetime) -> datetime:
        """The moment as the load has it."""
        return self.dating.moment(moment) if self.dating else moment

    def _at(self, workdays: int, at: time) -> datetime:
        return datetime.combine(nth_workday(self.day, workdays), at, ZONE)


def meetings(stories: Iterable[Story], dating: Dating) -> list[Meeting]:
    """All of them as a load has them; one where an open issue was raised moves with its issue."""
    by_key = {story.key: story for story in stories}
    rows = tables.table("meetings")
    kinds = {row["code"]: row for row in rows["series"]}
    found = [_meeting(row, kinds, rows["programme"], dating) for row in rows["occasion"]]
    return [replace(one, dating=dating) if any(not is_over(by_key[key], by_key) for key in one.stories) else one for one in found]


def _meeting(row: tables.Row, series: Mapping[str, tables.Row], programmes: tables.Row, dating: Dating) -> Meeting:
    code = row.get("series", row["key"].rpartition("-")[0])
    common = {name: series[code][name] for name in ("kind", "action")} | {"series": code} if code in series else {}
    values = {**common, **OF_SERIES.get(code, {}), **row}
    if "ahead" in values:
        day = nth_workday(dating.anchor, values.pop("ahead"))
        values |= {"starts": datetime.combine(day, values.pop("time")), "stage": row.get("stage", "published")}
    values |= {name: tuple(values[name]) for name in LISTS if name in values}
    starts_at = values.pop("starts").replace(tzinfo=ZONE)
    programme = tuple((minutes, what, who) for minutes, what, who in programmes[values["kind"]])
    return Meeting(**values, starts_at=starts_at, programme=programme)
