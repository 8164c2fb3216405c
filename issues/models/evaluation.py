"""What the firm thinks, and what an independent caller heard."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from issues.enums import CallResult, Rating, RatingReason, Solved
from issues.models.issue import Issue
from liaison.accounts.models import User


class Evaluation(models.Model):
    """The firm's judgement of one round. The rated unit never sees who gave it."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="evaluations")
    round = models.PositiveSmallIntegerField(_("round"))
    solved = models.CharField(_("solved?"), max_length=6, choices=Solved)
    rating = models.PositiveSmallIntegerField(_("rating"), choices=Rating)
    reasons = ArrayField(models.CharField(max_length=16, choices=RatingReason), default=list, verbose_name=_("reasons"))
    text = models.TextField(_("remarks"), max_length=2000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("evaluated"))

    class Meta:
        verbose_name = _("evaluation")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "round"], name="evaluation_once_per_round"),
            models.CheckConstraint(name="evaluation_five_levels", condition=Q(rating__gte=1, rating__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} · {self.rating}"

    @property
    def is_satisfied(self) -> bool:
        """Whether the loop may close without a call."""
        return self.solved != Solved.NO and self.rating >= Rating.FAIR


class CallBack(models.Model):
    """A call by somebody outside the handling units."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="callbacks")
    round = models.PositiveSmallIntegerField(_("round"))
    result = models.CharField(_("result"), max_length=10, choices=CallResult)
    text = models.TextField(_("record of the call"), max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("caller"))
    at = models.DateTimeField(_("called"))

    class Meta:
        verbose_name = _("call-back")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.issue_id} · {self.get_result_display()}"
