"""What leaders and the inspection office ask of a unit: directives, numbered supervision orders, summonses."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from issues.enums import SUPERVISION_OWED, SummonsStage, SupervisionStage
from issues.models.issue import Issue
from liaison.accounts.models import Unit, User

MAX_REQUIREMENT, MAX_SAID = 2000, 5000


Row = TypeVar("Row", bound=models.Model)


class OfIssueQuerySet(models.QuerySet[Row]):
    """Rows that belong to an issue and are internal: for whoever reads it as staff, never for the firm."""

    def visible_to(self, user: User) -> Self:
        """All that ``user`` may read."""
        return self.filter(issue__in=Issue.objects.read_by_staff(user).order_by().values("pk"))


class SupervisionOrderQuerySet(OfIssueQuerySet["SupervisionOrder"]):
    """Supervision orders by what is to be done with them."""

    def owed(self) -> Self:
        """Waiting for the unit's answer."""
        return self.filter(stage__in=sorted(SUPERVISION_OWED))

    def for_list(self) -> Self:
        """With what a row of a list shows."""
        return self.select_related("issue__enterprise", "unit")


class Directive(models.Model):
    """A leader's written instruction on an issue."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="directives")
    leader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("leader"))
    text = models.TextField(_("directive"), max_length=2000)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("directive")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.leader_id}"


class SupervisionOrder(models.Model):
    """A numbered order of the inspection office to one unit. ``stage`` is written only by issues.actions."""

    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="supervision_orders")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="supervision_orders", verbose_name=_("unit supervised")
    )
    "The lead unit when it was opened; a directive may come before the dispatch, then the first lead unit."
    stage = models.CharField(_("state"), max_length=8, choices=SupervisionStage, default=SupervisionStage.OPEN)
    directive = models.OneToOneField(Directive, models.PROTECT, null=True, related_name="supervision_order")
    clock_id = models.BigIntegerField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    "The clock and the rung of the ladder that opened it."
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("opened by"))
    "The leader or the inspector; nobody where the ladder did."
    opened_at = models.DateTimeField(_("opened"))
    text = models.TextField(_("what is asked"), max_length=MAX_REQUIREMENT)
    due_at = models.DateTimeField(_("answer due"))
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    "Of the answer that counts; a returned one counts no more."
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("closed by"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    closing_note = models.CharField(_("closing note"), max_length=1000, blank=True)
    objects = SupervisionOrderQuerySet.as_manager()
    last_act: object = None
    "What was done last; set by the page that refuses a second person."

    class Meta:
        verbose_name = _("supervision order")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="supervision_order_number_once"),
            models.UniqueConstraint(fields=["clock_id", "level"], name="supervision_order_once_per_rung"),
            models.CheckConstraint(
                name="supervision_order_one_origin",
                condition=Q(directive__isnull=False, clock_id=None, level=None, opened_by__isnull=False)
                | Q(directive=None, clock_id__isnull=False, level__isnull=False, opened_by=None)
                | Q(directive=None, clock_id=None, level=None, opened_by__isnull=False),
            ),
            models.CheckConstraint(name="supervision_order_asks_something", condition=~Q(text="")),
            models.CheckConstraint(name="supervision_order_due_after_opening", condition=Q(due_at__gt=F("opened_at"))),
            models.CheckConstraint(
                name="supervision_order_unit_unless_by_directive", condition=Q(unit__isnull=False) | Q(directive__isnull=False)
            ),
            models.CheckConstraint(
                name="supervision_order_answered_has_answer",
                condition=~Q(stage=SupervisionStage.ANSWERED)
                | Q(unit__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="supervision_order_owed_has_no_answer",
                condition=~Q(stage__in=sorted(SUPERVISION_OWED)) | Q(answered_by=None, answered_at=None),
            ),
            models.CheckConstraint(
                name="supervision_order_closed_has_closer",
                condition=(
                    Q(stage=SupervisionStage.CLOSED, closed_by__isnull=False, closed_at__isnull=False) & ~Q(closing_note="")
                )
                | (~Q(stage=SupervisionStage.CLOSED) & Q(closed_by=None, closed_at=None, closing_note="")),
            ),
            models.CheckConstraint(name="supervision_order_closed_by_another", condition=~Q(closed_by=F("answered_by"))),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="supervision_due", condition=~Q(stage=SupervisionStage.CLOSED)),
            models.Index(fields=["unit", "due_at", "id"], name="supervision_by_unit"),
            models.Index(fields=["-opened_at", "-id"], name="supervision_newest"),
        ]

    def __str__(self) -> str:
        return f"督办〔{self.year}〕{self.serial}号"

    @property
    def address(self) -> str:
        """The part of the address that names it: ``2022-3``."""
        return f"{self.year}-{self.serial}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("inspection:order", args=[self.address])

    @property
    def is_owed(self) -> bool:
        """Whether the unit has to answer."""
        return self.stage in SUPERVISION_OWED


class SupervisionAnswer(models.Model):
    """What the unit wrote to a supervision order; one that was returned is kept with the reason."""

    order = models.ForeignKey(SupervisionOrder, models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), max_length=MAX_SAID)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("answered by"))
    at = models.DateTimeField(_("answered"))
    returned_note = models.CharField(_("why it was returned"), max_length=1000, blank=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("returned by"))
    returned_at = models.DateTimeField(_("returned"), null=True)

    class Meta:
        verbose_name = _("answer to a supervision order")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(returned_at=None), name="supervision_answer_one_that_counts"),
            models.CheckConstraint(
                name="supervision_answer_returned_has_reason",
                condition=Q(returned_at=None, returned_by=None, returned_note="")
                | (Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(returned_note="")),
            ),
            models.CheckConstraint(name="supervision_answer_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.at:%Y-%m-%d}"


class SummonsQuerySet(OfIssueQuerySet["Summons"]):
    """Summonses by what is to be done with them."""

    def for_list(self) -> Self:
        """With what a row of a list shows."""
        return self.select_related("issue__enterprise", "unit", "called_by")


class Summons(models.Model):
    """A talk with the head of a unit about an issue: called, then recorded."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="summonses")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="summonses", verbose_name=_("unit"))
    stage = models.CharField(_("state"), max_length=8, choices=SummonsStage, default=SummonsStage.CALLED)
    called_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("called by"))
    "The leader or the inspector; nobody where the ladder did."
    clock_id = models.BigIntegerField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    called_at = models.DateTimeField(_("called"))
    reason = models.TextField(_("reason"), max_length=MAX_REQUIREMENT)
    due_at = models.DateTimeField(_("to be held by"))
    held_on = models.DateField(_("held on"), null=True)
    attendants = models.CharField(_("attendants"), max_length=500, blank=True)
    said = models.TextField(_("what was said"), max_length=MAX_SAID, blank=True)
    measures = models.TextField(_("measures agreed"), max_length=MAX_SAID, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded"), null=True)
    objects = SummonsQuerySet.as_manager()
    last_act: object = None

    class Meta:
        verbose_name = _("summons")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["clock_id", "level"], name="summons_once_per_rung"),
            models.CheckConstraint(
                name="summons_one_origin",
                condition=Q(clock_id__isnull=False, level__isnull=False, called_by=None)
                | Q(clock_id=None, level=None, called_by__isnull=False),
            ),
            models.CheckConstraint(name="summons_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="summons_recorded_is_whole",
                condition=(
                    Q(stage=SummonsStage.RECORDED, held_on__isnull=False, recorded_by__isnull=False, recorded_at__isnull=False)
                    & ~Q(attendants="")
                    & ~Q(said="")
                    & ~Q(measures="")
                )
                | Q(
                    stage=SummonsStage.CALLED,
                    held_on=None,
                    recorded_by=None,
                    recorded_at=None,
                    attendants="",
                    said="",
                    measures="",
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="summons_due", condition=Q(stage=SummonsStage.CALLED)),
            models.Index(fields=["-called_at", "-id"], name="summons_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.unit_id}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("inspection:summons", args=[self.pk])
