"""The portal's calendar as it was saved, version after version; nothing of it is ever changed or deleted."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from liaison.workdays.calendar import Name
from liaison.workdays.drafts import EARLIEST, LATEST, Draft, Exceptional, Source
from liaison.workdays.segments import segments_of
from liaison.workdays.stored import week_of

DAYS_OF_A_WEEK = 7


def _length(column: str) -> Func:
    return Func(F(column), function="jsonb_array_length", output_field=models.IntegerField())


class CalendarVersionQuerySet(models.QuerySet["CalendarVersion"]):
    """All versions; the newest is in force."""

    def newest_id(self) -> int | None:
        """The version in force."""
        return self.order_by("-number").values_list("pk", flat=True).first()

    def in_force(self) -> "CalendarVersion":
        """The version in force, with who saved it."""
        return self.select_related("saved_by").latest("number")


class CalendarVersion(models.Model):
    """The whole calendar from one moment on, until the next version."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    saved_at = models.DateTimeField(_("saved at"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("saved by")
    )
    "Nobody: the first version, made from the published holidays."
    why = models.CharField(_("reason"), max_length=300)
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    week = models.JSONField(_("hours of the week"))
    "Seven lists of pairs of times, from Monday."
    published = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("published years"), default=list)
    changes = models.JSONField(_("changes"), default=dict)
    "What differs from the version before (changes.Changes)."
    objects = CalendarVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="calendar_versions_count_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="calendar_version_says_why", condition=~Q(why="")),
            models.CheckConstraint(name="calendar_week_has_seven_days", condition=Exact(_length("week"), DAYS_OF_A_WEEK)),
            models.CheckConstraint(name="calendar_week_has_working_time", condition=~Q(week=[[]] * DAYS_OF_A_WEEK)),
            models.CheckConstraint(name="calendar_version_is_somebodys", condition=Q(number=1) | Q(saved_by__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    def draft(self) -> Draft:
        """All that it says, to be changed or reckoned with."""
        rows: Any = self.days.values_list("day", "segments", "name_zh", "name_en", "source")
        days = {
            day: Exceptional(segments_of(pairs), Name(chinese, english), Source(source))
            for day, pairs, chinese, english, source in rows
        }
        return Draft(week_of(self.week), days, frozenset(self.published), ZoneInfo(self.zone))


class CalendarDay(models.Model):
    """A date that is not as its weekday says: closed, open, or with other hours."""

    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="days", verbose_name=_("version"))
    day = models.DateField(_("date"))
    segments = models.JSONField(_("hours"), default=list)
    "Pairs of times; none is closed."
    name_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    source = models.CharField(
        _("source"),
        max_length=10,
        choices=[(Source.PUBLISHED.value, _("published")), (Source.LOCAL.value, _("changed here"))],
        default=Source.LOCAL.value,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="calendar_day_once_in_a_version", fields=["version", "day"]),
            models.CheckConstraint(
                name="calendar_day_in_a_known_year", condition=Q(day__gte=f"{EARLIEST}-01-01", day__lte=f"{LATEST}-12-31")
            ),
            models.CheckConstraint(name="calendar_day_source", condition=Q(source__in=[each.value for each in Source])),
        ]

    def __str__(self) -> str:
        return f"{self.day} ({self.version})"
