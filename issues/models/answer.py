"""Answers, milestones and what the firm and the caller made of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from issues.enums import Outcome, UnreasonableReason
from issues.models.issue import Issue
from liaison.accounts.models import Unit, User


class Answer(models.Model):
    """A reply to the firm: drafted by one person, signed off by another (desk answers at once sign themselves)."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="answers")
    round = models.PositiveSmallIntegerField(_("round"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    outcome = models.CharField(_("outcome"), max_length=14, choices=Outcome)
    text = models.TextField(_("text"), max_length=5000)
    until = models.DateField(_("planned for"), null=True)
    reason = models.CharField(_("reason"), max_length=16, choices=UnreasonableReason, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    at = models.DateTimeField(_("written"))
    returned_note = models.CharField(_("returned because"), max_length=1000, blank=True)
    returned_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("signed off by"))
    signed_at = models.DateTimeField(_("signed off"), null=True)

    class Meta:
        verbose_name = _("answer")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="answer_signed_by_another",
                condition=Q(signed_by=None) | ~Q(signed_by=F("by")) | Q(unit=None),
            ),
            models.CheckConstraint(
                name="answer_planned_has_date", condition=~Q(outcome=Outcome.PLANNED) | Q(until__isnull=False)
            ),
            models.CheckConstraint(
                name="answer_unreasonable_has_reason", condition=~Q(outcome=Outcome.UNREASONABLE) | ~Q(reason="")
            ),
            models.UniqueConstraint(
                fields=["issue", "round"], condition=Q(signed_at__isnull=False), name="answer_signed_once_per_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} · {self.get_outcome_display()}"


class Milestone(models.Model):
    """A step of a long-running case that is due on a day."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=200)
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("done"), null=True)

    class Meta:
        verbose_name = _("milestone")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.due_on} {self.title}"
