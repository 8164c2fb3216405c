"""Of what figures are: a year, a series; and shares of a whole."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear

from events.enums import AFTER
from events.models import Occasion, OccasionQuerySet, Series
from liaison.workdays import ZONE


@dataclass(frozen=True)
class Scope:
    """Of which year and which series; nothing given: of all of them."""

    year: int | None = None
    series: Series | None = None

    def held(self) -> OccasionQuerySet:
        """Occasions that took place."""
        rows = self.of_series()
        if self.year is None:
            return rows
        begins, ends = self.bounds(self.year)
        return rows.filter(starts_at__gte=begins, starts_at__lt=ends)

    def of_series(self) -> OccasionQuerySet:
        """The same of every year."""
        rows = Occasion.objects.filter(stage__in=sorted(AFTER))
        return rows if self.series is None else rows.filter(series=self.series)

    def ids(self) -> QuerySet[Occasion, int]:
        """Of the occasions that took place, as a part of other questions."""
        return self.held().order_by().values_list("pk", flat=True)

    @staticmethod
    def bounds(year: int) -> tuple[datetime, datetime]:
        """A year begins and ends at midnight here."""
        return datetime(year, 1, 1, tzinfo=ZONE), datetime(year + 1, 1, 1, tzinfo=ZONE)


@dataclass(frozen=True)
class Share:
    """Some of all."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Of a hundred; nothing can be said of nothing."""
        return round(100 * self.part / self.whole, 1) if self.whole else None


def years() -> list[int]:
    """Years in which something was held, the newest first."""
    rows = Scope().held().order_by().annotate(year=ExtractYear("starts_at", tzinfo=ZONE))
    return sorted(set(rows.values_list("year", flat=True)), reverse=True)
