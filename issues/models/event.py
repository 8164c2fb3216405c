"""The story of an issue: one row for every step, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from issues.models.issue import Issue
from liaison.accounts.models import Duty, Unit, User


class IssueEvent(models.Model):
    """One thing that was done. The database refuses to change or delete it."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="events")
    kind = models.CharField(_("step"), max_length=24)
    "The step's name in ISSUE_FLOW, or one of workflow.OTHER_EVENTS."
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    duty = models.CharField(_("duty"), max_length=24, choices=Duty, blank=True)
    for_firm = models.BooleanField(_("by the firm"), default=False)
    at = models.DateTimeField(_("time"))
    round = models.PositiveSmallIntegerField(_("round"))
    internal = models.BooleanField(_("internal"))
    stage_from = models.CharField(max_length=12)
    stage_to = models.CharField(max_length=12)
    text = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("event")
        ordering = ["pk"]
        indexes = [models.Index(fields=["issue", "id"], name="event_of_issue")]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.kind}"


class Opening(models.Model):
    """Who of the staff has opened an issue, first and last; the firm sees unit, duty and time."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="openings")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    duty = models.CharField(_("duty"), max_length=24, choices=Duty)
    first_at = models.DateTimeField(_("first opened"))
    last_at = models.DateTimeField(_("last opened"))
    times = models.PositiveIntegerField(_("times"), default=1)

    class Meta:
        ordering = ["first_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "user"], name="opening_once_per_person")]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.user_id}"
