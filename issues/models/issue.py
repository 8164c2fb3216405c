"""One matter that one enterprise raised."""

import uuid
from typing import Any, Self

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enterprises.models import Enterprise
from enterprises.permissions import roles_of
from issues.enums import OPEN, WITH_UNIT, Channel, Kind, Nature, Outcome, Stage, Urgency
from issues.models.category import Category
from liaison.accounts.models import Unit, User
from liaison.accounts.rights import Right, hats_of, shadowed_by

MAX_TITLE, MAX_BODY, MAX_FILES = 80, 5000, 10
SUBJECT = "issue"
"What clocks call an issue."
CALLER_STAGES = (Stage.ANSWERED, Stage.CALLBACK)


class IssueQuerySet(models.QuerySet["Issue"]):
    """Issues by who may read them and what is to be done with them."""

    def visible_to(self, user: User) -> Self:
        """All that ``user`` may read; permissions.may_view answers the same for one issue."""
        # Plain ids, and only the parts that can apply: PostgreSQL then finds a firm's issues by an index, however many there are.
        firm = Q(enterprise__in=list(roles_of(user))) & ~Q(stage=Stage.DRAFT, entered_by_unit__isnull=False)
        return self.filter(firm | self._as_staff(user) if hats_of(user).is_staff else firm)

    def read_by_staff(self, user: User) -> Self:
        """What ``user`` may read as staff, with all that is internal; is_staff_side says it for one issue."""
        return self.filter(self._as_staff(user)) if hats_of(user).is_staff else self.none()

    def _as_staff(self, user: User) -> Q:
        """What the duties of today let ``user`` read, less what names an official above or beside them."""
        orders = apps.get_model("issues", "Order").objects
        callbacks = apps.get_model("issues", "CallBack").objects
        concerns = apps.get_model("issues", "Concern").objects
        hats = hats_of(user)
        reach = Q(stage=Stage.DRAFT, created_by=user, entered_by_unit__isnull=False)
        sent = ~Q(stage=Stage.DRAFT)
        if hats.may(Right.TRIAGE_ISSUES) or hats.may(Right.OVERSEE_ISSUES):
            reach |= sent
        elif units := hats.units(Right.READ_ORDERS):
            reach |= sent & Q(Exists(orders.filter(issue=OuterRef("pk"), unit__in=units)))
        if hats.may(Right.CALL_BACK):
            own_units = [hat.unit_id for hat in hats.hats]
            handled = Exists(orders.filter(issue=OuterRef("pk"), unit__in=own_units))
            called = Exists(callbacks.filter(issue=OuterRef("pk"), by=user))
            reach |= (Q(stage__in=CALLER_STAGES) & ~handled) | Q(called)
        if hats.may(Right.DIRECT):
            reach |= sent & Q(leader__in=hats.owner_ids)
        named = Exists(concerns.filter(issue=OuterRef("pk"), official__in=shadowed_by(user)))
        return Q(reach, ~named)

    def open(self) -> Self:
        """Sent and not at an end."""
        return self.filter(stage__in=OPEN)

    def for_list(self) -> Self:
        """With what a row of a list shows."""
        return self.select_related("enterprise", "category", "lead_unit").defer("body", "search_text", "search_all")


class Issue(models.Model):
    """One matter that one enterprise raised. ``stage`` is written only by issues.actions."""

    draft_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    "The address of a draft: nobody can guess it."
    once_key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - none is not the same as twice ""
    "The same form posted again finds the issue it made."
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    serial = models.PositiveIntegerField(null=True, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True, null=True, editable=False)  # noqa: DJ001 - drafts have none
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="issues", verbose_name=_("enterprise"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_by_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by unit"))
    "Set when staff entered it on the firm's behalf."
    leader = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("main leader"))
    "Whom the direct line is addressed to."
    channel = models.CharField(_("channel"), max_length=12, choices=Channel, default=Channel.WEB)
    title = models.CharField(_("title"), max_length=MAX_TITLE, blank=True)
    body = models.TextField(_("matter"), max_length=MAX_BODY, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="issues", verbose_name=_("category"))
    nature = models.CharField(_("nature"), max_length=12, choices=Nature, blank=True)
    kind = models.CharField(_("type"), max_length=12, choices=Kind, blank=True)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency, default=Urgency.NORMAL)
    sensitive = models.BooleanField(_("sensitive"), default=False)
    concerns_text = models.CharField(_("officials concerned"), max_length=200, blank=True)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.DRAFT)
    stage_before = models.CharField(max_length=12, choices=Stage, blank=True)
    "Where it stood when the firm asked to withdraw."
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    lead_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="led_issues", verbose_name=_("lead unit"))
    outcome = models.CharField(_("outcome"), max_length=14, choices=Outcome, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_issues")
    due_at = models.DateTimeField(_("due"), null=True)
    "A copy of the answer's clock, of a tracked issue of the next report's; written only by issues.timing."
    warn_at = models.DateTimeField(null=True)
    "When the light of that clock turns yellow."
    contacted_at = models.DateTimeField(_("first contact"), null=True)
    "Of this round."
    suspended_until = models.DateField(_("suspended until"), null=True)
    recheck_on = models.DateField(_("to be checked again on"), null=True)
    created_at = models.DateTimeField(_("started"))
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    dispatched_at = models.DateTimeField(_("dispatched"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    version = models.PositiveIntegerField(default=0)
    search_text = SearchVectorField(null=True)
    "Number, title and text, without the firm's name where the issue is sensitive."
    search_all = SearchVectorField(null=True)
    "The same and the firm."
    objects = IssueQuerySet.as_manager()
    last_act: Any = None
    "What was done last, as the present reader may know it; set by the page that refuses a second person."

    class Meta:
        verbose_name = _("issue")
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="issue_number_once"),
            models.CheckConstraint(
                name="issue_sent_has_number",
                condition=Q(stage=Stage.DRAFT, number=None, submitted_at=None)
                | (
                    ~Q(stage=Stage.DRAFT)
                    & Q(number__isnull=False, year__isnull=False, serial__isnull=False, submitted_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="issue_with_unit_has_unit_and_due",
                condition=~Q(stage__in=sorted(WITH_UNIT)) | Q(lead_unit__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="issue_merged_names_the_other",
                condition=Q(stage=Stage.MERGED, merged_into__isnull=False) | (~Q(stage=Stage.MERGED) & Q(merged_into=None)),
            ),
            models.CheckConstraint(name="issue_sent_has_text", condition=Q(stage=Stage.DRAFT) | (~Q(title="") & ~Q(body=""))),
        ]
        indexes = [
            models.Index(fields=["-submitted_at", "-id"], name="issue_newest"),
            models.Index(fields=["stage", "-submitted_at", "-id"], name="issue_by_stage"),
            models.Index(fields=["enterprise", "-submitted_at", "-id"], name="issue_by_enterprise"),
            models.Index(fields=["lead_unit", "stage", "-submitted_at", "-id"], name="issue_by_unit"),
            models.Index(fields=["category", "-submitted_at", "-id"], name="issue_by_category"),
            models.Index(fields=["due_at", "id"], name="issue_due", condition=Q(stage__in=sorted(WITH_UNIT))),
            models.Index(fields=["-submitted_at", "-id"], name="issue_open_newest", condition=Q(stage__in=sorted(OPEN))),
            models.Index(fields=["recheck_on", "id"], name="issue_ledger", condition=Q(recheck_on__isnull=False)),
            models.Index(fields=["suspended_until"], name="issue_suspended", condition=Q(suspended_until__isnull=False)),
            GinIndex(fields=["search_text"], name="issue_search_text"),
            GinIndex(fields=["search_all"], name="issue_search_all"),
        ]

    def __str__(self) -> str:
        return self.number or self.title or str(_("Draft"))

    @property
    def address(self) -> str:
        """The part of the address that names this issue: ``2022-36``, or a draft's key."""
        return f"{self.year}-{self.serial}" if self.number else str(self.draft_key)

    def get_absolute_url(self) -> str:
        """The issue's page; of a draft the page where it is gone on with."""
        return reverse("issues:detail" if self.number else "issues:draft", args=[self.address])

    @property
    def is_open(self) -> bool:
        """Sent and not at an end."""
        return self.stage in OPEN


class NumberSeries(models.Model):
    """The last number given in a series and year; its row lock makes numbers gapless."""

    key = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.key}〔{self.year}〕{self.last}"

    @classmethod
    def take(cls, key: str, year: int) -> int:
        """The next number; holds the series until the transaction ends."""
        return cls.take_many(key, year, 1)[0]

    @classmethod
    def take_many(cls, key: str, year: int, count: int) -> range:
        """The next numbers with one lock."""
        NumberSeries.objects.bulk_create([NumberSeries(key=key, year=year)], ignore_conflicts=True)
        series = cls.objects.select_for_update(no_key=True).get(key=key, year=year)
        first = series.last + 1
        series.last += count
        series.save(update_fields=["last"])
        return range(first, series.last + 1)
