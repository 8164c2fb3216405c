"""What a supervisor saw, and what became of it."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enterprises.models import Enterprise
from issues.models import Category, Issue, SupervisionOrder
from liaison.accounts.models import Unit, User
from liaison.accounts.rights import Right, hats_of
from liaison.files.models import StoredFile, forget_bytes
from supervision.conflicts import others_tied_to, tied_to
from supervision.enums import Function, Manner, Rating, ReportStage, Sorting
from supervision.models.appointment import Appointment

SUBJECT = "report"
"Of clocks."
MAX_SUBJECT = 80
MAX_PLACE = 80
MAX_TEXT = 3000
MAX_PHOTOS = 9


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads as: those that a person may see."""

    def visible_to(self, user: User) -> Self:
        """The one entrance for pages, lists, counts, search, messages and clocks; permissions.reads answers the same for one.

        What touches integrity is set aside: only its author and the discipline body know that it exists. Nobody sees what is
        about an enterprise to which they are tied, but for their own reports on an enterprise of their own.
        """
        hats = hats_of(user)
        sent = ~Q(stage=ReportStage.DRAFT)
        others = Q(pk__in=[])
        if hats.may(Right.MANAGE_SUPERVISORS) or hats.may(Right.OVERSEE_ISSUES):
            others |= sent & Q(set_aside=False)
        elif hats.may(Right.LEAD_UNITS):
            others |= sent & Q(set_aside=False, leader__in=hats.owner_ids)
        if hats.may(Right.READ_SET_ASIDE):
            others |= sent & Q(set_aside=True)
        if tied := tied_to(user):
            others &= Q(enterprise=None) | ~Q(enterprise__in=tied)
        mine = Q(author=user)
        if near := others_tied_to(user):
            mine &= Q(stage=ReportStage.DRAFT) | Q(enterprise=None) | ~Q(enterprise__in=near)
        return self.filter(mine | others)

    def for_list(self) -> Self:
        """With all that a row of a list shows."""
        return self.select_related("author", "unit", "enterprise").defer("facts", "evidence", "advice", "passed_text", "answer")


class Report(models.Model):
    """One report. It has no number: a gap in numbers would tell of what is set aside. ``stage`` is written only by actions."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    "The address: nobody can guess it."
    author = models.ForeignKey(User, models.PROTECT, related_name="supervisor_reports", verbose_name=_("supervisor"))
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="reports", verbose_name=_("appointment"))
    stage = models.CharField(_("stage"), max_length=10, choices=ReportStage, default=ReportStage.DRAFT)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit observed"))
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, related_name="+", verbose_name=_("enterprise concerned")
    )
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+", verbose_name=_("category"))
    subject = models.CharField(_("what it is about"), max_length=MAX_SUBJECT, blank=True)
    seen_at = models.DateTimeField(_("when it was seen"), null=True)
    place = models.CharField(_("place"), max_length=MAX_PLACE, blank=True)
    manner = models.CharField(_("how it came to be known"), max_length=8, choices=Manner, blank=True)
    function = models.CharField(_("function"), max_length=10, choices=Function, blank=True)
    facts = models.TextField(_("facts"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    advice = models.TextField(_("advice"), blank=True)
    touches_integrity = models.BooleanField(_("touches integrity"), default=False)
    anonymous = models.BooleanField(_("pass on without the name"), default=False)
    set_aside = models.BooleanField(default=False, editable=False)
    "Fixed at sending: from then on only the author and the discipline body know of it."
    created_at = models.DateTimeField(_("begun at"), editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    sorted_at = models.DateTimeField(_("sorted at"), null=True, editable=False)
    sorting = models.CharField(_("sorted"), max_length=10, choices=Sorting, blank=True, editable=False)
    passed_text = models.TextField(_("text passed on"), blank=True, editable=False)
    leader = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("leader"), editable=False)
    issue = models.ForeignKey(
        Issue, models.PROTECT, null=True, related_name="supervisor_reports", verbose_name=_("issue"), editable=False
    )
    order = models.ForeignKey(
        SupervisionOrder, models.PROTECT, null=True, related_name="supervisor_reports", verbose_name=_("order"), editable=False
    )
    answer = models.TextField(_("answer"), blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    rating = models.PositiveSmallIntegerField(_("rating"), choices=Rating, null=True, editable=False)
    rating_text = models.TextField(_("remark on the rating"), blank=True, editable=False)
    due_at = models.DateTimeField(_("due"), null=True, editable=False)
    "A copy of the running clock."
    version = models.PositiveIntegerField(default=0, editable=False)
    objects = ReportQuerySet.as_manager()
    last_act: Any = None
    "What was done last; set by the page that refuses a second person."

    class Meta:
        verbose_name = _("supervisor's report")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="report_stage_known", condition=Q(stage__in=ReportStage.values)),
            models.CheckConstraint(
                name="report_sent_is_complete",
                condition=Q(stage=ReportStage.DRAFT, sent_at=None, set_aside=False)
                | (
                    ~Q(stage=ReportStage.DRAFT)
                    & ~Q(subject="")
                    & ~Q(facts="")
                    & Q(sent_at__isnull=False, unit__isnull=False, seen_at__isnull=False, function__in=Function.values)
                ),
            ),
            models.CheckConstraint(name="report_set_aside_is_as_said", condition=Q(set_aside=False) | Q(touches_integrity=True)),
            models.CheckConstraint(
                name="report_set_aside_goes_nowhere",
                condition=Q(set_aside=False) | Q(issue=None, order=None, leader=None, sorting=""),
            ),
            models.CheckConstraint(
                name="report_integrity_is_set_aside",
                condition=Q(touches_integrity=False) | Q(stage=ReportStage.DRAFT) | Q(set_aside=True),
            ),
            models.CheckConstraint(
                name="report_as_issue_has_issue",
                condition=~Q(stage__in=[ReportStage.ISSUE, ReportStage.CONVERTED]) | Q(issue__isnull=False),
            ),
            models.CheckConstraint(
                name="report_with_leader_has_leader", condition=~Q(stage=ReportStage.LEADER) | Q(leader__isnull=False)
            ),
            models.CheckConstraint(
                name="report_ordered_has_order", condition=~Q(stage=ReportStage.ORDERED) | Q(order__isnull=False)
            ),
            models.CheckConstraint(
                name="report_rated_has_rating",
                condition=Q(stage=ReportStage.RATED, rating__in=Rating.values) | (~Q(stage=ReportStage.RATED) & Q(rating=None)),
            ),
            models.CheckConstraint(
                name="report_answered_has_time",
                condition=~Q(stage__in=[ReportStage.ANSWERED, ReportStage.RATED]) | Q(answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-created_at", "-id"], name="report_by_author"),
            models.Index(fields=["set_aside", "-created_at", "-id"], name="report_newest"),
            models.Index(fields=["appointment", "sent_at"], name="report_by_appointment"),
            models.Index(
                fields=["stage"], name="report_followed", condition=Q(stage__in=[ReportStage.ISSUE, ReportStage.ORDERED])
            ),
        ]

    def __str__(self) -> str:
        return self.subject or str(_("Draft"))

    def get_absolute_url(self) -> str:
        """The report's page; of a draft the page where it is gone on with."""
        return reverse("supervision:draft" if self.stage == ReportStage.DRAFT else "supervision:report", args=[self.key])

    @property
    def standing(self) -> str:
        """The stage in words; what is set aside has but two."""
        if self.set_aside and self.stage == ReportStage.SENT:
            return str(_("With the discipline body"))
        return str(self.get_stage_display())


class ReportPhoto(StoredFile):
    """A photograph or paper of a report; place data of pictures is removed when they are taken in."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="photos")

    class Meta(StoredFile.Meta):
        abstract = False
        ordering = ["pk"]


post_delete.connect(forget_bytes, sender=ReportPhoto)


class ReportEvent(models.Model):
    """One thing that was done about a report. The database refuses to change or delete it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="events")
    kind = models.CharField(_("step"), max_length=24)
    "A step of REPORT_FLOW, or one of workflow.OTHER_EVENTS."
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("time"))
    text = models.TextField(blank=True)
    internal = models.BooleanField(default=False)
    "Not for the author."
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("event")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"
