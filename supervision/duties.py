"""What supervisors have done, in figures. What is set aside is not among them: a figure would tell of it."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from liaison.parameters.models import parameter
from liaison.workdays import ZONE
from supervision.enums import Function, ReportStage
from supervision.models import Appointment, Report

ActivitySource = Callable[[Collection[int], date, date], Mapping[int, int]]
"Ids of people, first and last day → how many activities each of them took part in."
MONTHS: Final = 3
LAST_MONTH: Final = 12
_sources: list[ActivitySource] = []


def register_activity_source(source: ActivitySource) -> None:
    """Let an app say who took part in what; participation counts towards a supervisor's year."""
    if source not in _sources:
        _sources.append(source)


@dataclass(frozen=True)
class Period:
    """Some days, both ends included."""

    begins: date
    ends: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The same as moments: from, and before."""
        after = self.ends + timedelta(days=1)
        return datetime.combine(self.begins, time(), ZONE), datetime.combine(after, time(), ZONE)


def quarter_of(day: date) -> Period:
    """The quarter of a day."""
    first = day.replace(month=(day.month - 1) // MONTHS * MONTHS + 1, day=1)
    after = (
        first.replace(year=first.year + 1, month=1)
        if first.month + MONTHS > LAST_MONTH
        else first.replace(month=first.month + MONTHS)
    )
    return Period(first, after - timedelta(days=1))


def year_of(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


@dataclass
class Figures:
    """What one person did in some days."""

    reports: int = 0
    by_function: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    converted: int = 0
    activities: int = 0

    @property
    def functions(self) -> list[tuple[str, int]]:
        """The four functions, in words, with their numbers."""
        return [(str(function.label), self.by_function[function.value]) for function in Function]


def figures_of(people: Collection[int], period: Period) -> dict[int, Figures]:
    """By person; two queries however many they are, and those of the sources."""
    found = {pk: Figures() for pk in people}
    begins, before = period.moments
    rows = Report.objects.filter(author__in=people, set_aside=False, sent_at__gte=begins, sent_at__lt=before)
    for author, function, stage in rows.values_list("author", "function", "stage"):
        figures = found[author]
        figures.reports += 1
        figures.by_function[function] += 1
        figures.answered += stage in {ReportStage.ANSWERED, ReportStage.RATED}
        figures.converted += stage == ReportStage.CONVERTED
    for source in _sources:
        for pk, number in source(people, period.begins, period.ends).items():
            found[pk].activities += number
    return found


@dataclass(frozen=True)
class Line:
    """One supervisor as the desk sees them."""

    appointment: Appointment
    quarter: Figures
    year: Figures
    light: str


def overview(rows: Collection[Appointment], today: date) -> list[Line]:
    """With a light for each: red where the last whole quarter fell short, yellow where this one may."""
    people = [row.person_id for row in rows]
    this, quota = quarter_of(today), parameter("supervision.quota")
    last = quarter_of(this.begins - timedelta(days=1))
    now, before, year = (figures_of(people, period) for period in (this, last, year_of(today.year)))
    late = this.ends - timedelta(days=parameter("supervision.remind_days"))
    lines = []
    for row in rows:
        light = ""
        if row.from_on <= last.begins and before[row.person_id].reports < quota:
            light = "red"
        elif today >= late and now[row.person_id].reports < quota:
            light = "yellow"
        lines.append(Line(row, now[row.person_id], year[row.person_id], light))
    return lines
