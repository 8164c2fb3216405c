"""One person's appointment as a supervisor."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of
from supervision.enums import CLAIMS_TIME, HELD, Ground, Standing
from supervision.models.batch import Batch

MAX_FIELD = 40
MAX_WORKPLACE = 80
BOTH_ENDS = Value("[]")


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Reads as: those that a person may see, those in force on a day."""

    def visible_to(self, user: User) -> Self:
        """The desk sees all, a supervisor their own; permissions.may_view answers the same for one."""
        if hats_of(user).may(Right.MANAGE_SUPERVISORS):
            return self
        return self.filter(person=user).exclude(stage=Standing.STRUCK)

    def running(self, day: date) -> Self:
        """In force on ``day``."""
        return self.filter(stage=Standing.APPOINTED, from_on__lte=day, to_on__gte=day)

    def held(self) -> Self:
        """Made, whatever became of them."""
        return self.filter(stage__in=sorted(HELD))

    def for_list(self) -> Self:
        """With all that a row of a list shows."""
        return self.select_related("person", "batch")


class Appointment(models.Model):
    """A person, a field, a term. ``stage`` is written only by supervision.actions."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="appointments", verbose_name=_("batch"))
    person = models.ForeignKey(User, models.PROTECT, related_name="supervisor_appointments", verbose_name=_("person"))
    field = models.CharField(_("field"), max_length=MAX_FIELD)
    workplace = models.CharField(_("place of work and position"), max_length=MAX_WORKPLACE)
    stage = models.CharField(_("stage"), max_length=10, choices=Standing, default=Standing.CANDIDATE)
    term = models.PositiveSmallIntegerField(_("which term"), default=1, editable=False)
    from_on = models.DateField(_("term begins"))
    to_on = models.DateField(_("term ends"))
    until_on = models.DateField(editable=False)
    "The last day in force: the end of the term, or the day on which it ended early."
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    serial = models.PositiveIntegerField(null=True, editable=False)
    ground = models.CharField(_("ground"), max_length=10, choices=Ground, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    is_public = models.BooleanField(_("named in the public list"), default=False)
    "Only with the person's consent."
    version = models.PositiveIntegerField(default=0, editable=False)
    objects = AppointmentQuerySet.as_manager()
    last_act: Any = None
    "What was done last; set by the page that refuses a second person."

    class Meta:
        verbose_name = _("appointment")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="appointment_number_once"),
            models.UniqueConstraint(fields=["batch", "person"], name="appointment_once_in_a_batch"),
            models.CheckConstraint(name="appointment_stage_known", condition=Q(stage__in=Standing.values)),
            models.CheckConstraint(name="appointment_term_has_length", condition=Q(to_on__gt=F("from_on"))),
            models.CheckConstraint(
                name="appointment_ends_within_its_term", condition=Q(until_on__gte=F("from_on"), until_on__lte=F("to_on"))
            ),
            models.CheckConstraint(
                name="appointment_made_has_number",
                condition=Q(stage__in=sorted(HELD), year__isnull=False, serial__gte=1)
                | (~Q(stage__in=sorted(HELD)) & Q(year=None, serial=None)),
            ),
            models.CheckConstraint(
                name="appointment_dismissed_has_ground",
                condition=Q(stage=Standing.DISMISSED, ground__in=Ground.values) | (~Q(stage=Standing.DISMISSED) & Q(ground="")),
            ),
            # A range of one key stands for the key itself: so it needs no extension of the database.
            ExclusionConstraint(
                name="appointment_terms_do_not_overlap",
                expressions=[
                    (Func(F("person"), F("person"), BOTH_ENDS, function="int8range"), RangeOperators.OVERLAPS),
                    (Func(F("from_on"), F("until_on"), BOTH_ENDS, function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(stage__in=sorted(CLAIMS_TIME)),
            ),
        ]
        indexes = [models.Index(fields=["stage", "to_on"], name="appointment_by_end")]

    def __str__(self) -> str:
        return self.number or self.person.name

    def get_absolute_url(self) -> str:
        """The appointment's page."""
        return reverse("supervision:appointment", args=[self.pk])

    @property
    def number(self) -> str:
        """``沿营监聘〔2022〕1号``; none before the appointment."""
        return f"{settings.SUPERVISOR_NUMBER_PREFIX}〔{self.year}〕{self.serial}号" if self.serial else ""

    def runs_on(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return self.stage == Standing.APPOINTED and self.from_on <= day <= self.to_on

    def standing_on(self, day: date) -> str:
        """How it stands, in words: an appointment whose term is over has ended by itself."""
        if self.stage != Standing.APPOINTED or self.runs_on(day):
            return str(self.get_stage_display())
        return pgettext("appointment", "Term ended") if day > self.to_on else pgettext("appointment", "Begins later")
