"""What was raised in the meeting, and whether a firm may be named in public."""

from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.models import Enterprise
from enterprises.permissions import roles_of
from events.enums import PointKind
from events.models.occasion import Occasion
from events.models.topic import AgendaItem
from issues.models import Issue
from liaison.accounts.models import User

MAX_POINT: Final = 3000
MAX_ANSWER: Final = 3000


class PointQuerySet(models.QuerySet["Point"]):
    """Points by who may read them and what is to be done with them."""

    def of_reader(self, user: User) -> Self:
        """Those of the firms that ``user`` represents, and those whose issue ``user`` may read."""
        issues = Issue.objects.visible_to(user).values("pk")
        return self.filter(Q(enterprise__in=roles_of(user)) | Q(issue__in=issues))

    def promised(self) -> Self:
        """Taken away: somebody waits for what becomes of them."""
        return self.filter(kind=PointKind.TAKEN)

    def to_take_up(self) -> Self:
        """Taken away, and no issue yet."""
        return self.promised().filter(issue=None)

    def with_all(self) -> Self:
        """With what a line shows."""
        return self.select_related(
            "enterprise", "agenda_item__topic", "issue__enterprise", "issue__lead_unit", "occasion__series"
        )


class Point(models.Model):
    """One thing that somebody raised, numbered within the occasion."""

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=PointKind)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+", verbose_name=_("enterprise"))
    speaker = models.CharField(_("speaker"), max_length=60)
    text = models.TextField(pgettext_lazy("point", "what was raised"), max_length=MAX_POINT)
    answer = models.TextField(_("answer given"), max_length=MAX_ANSWER, blank=True)
    agenda_item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="points", verbose_name=_("agenda item"))
    issue = models.OneToOneField(Issue, models.PROTECT, null=True, related_name="meeting_point", verbose_name=_("issue"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    once_key = models.CharField(max_length=32, unique=True, editable=False)
    "The same form posted again finds the point it made."
    version = models.PositiveIntegerField(default=0, editable=False)
    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("occasion", "point")
        ordering = ["occasion", "number"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "number"], name="point_number_once"),
            models.CheckConstraint(name="point_kind_known", condition=Q(kind__in=PointKind.values)),
            models.CheckConstraint(name="point_answered_has_answer", condition=~Q(kind="answered") | ~Q(answer="")),
            models.CheckConstraint(
                name="point_with_issue_was_taken_away", condition=Q(issue=None) | Q(kind="taken", enterprise__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.number}"

    def get_absolute_url(self) -> str:
        """Its place in the list of the occasion."""
        return f"{reverse('events:points', args=[self.occasion.slug])}#point-{self.number}"

    @property
    def stage(self) -> str:
        """For the page that somebody sees who came too late."""
        return self.kind


class Consent(models.Model):
    """Whether a firm lets itself be named in what is published of one occasion; without a row it does not."""

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="consents")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", verbose_name=_("enterprise"))
    given = models.BooleanField(_("may be named"))
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    "Nobody for consent by link."

    class Meta:
        verbose_name = _("consent")
        constraints = [models.UniqueConstraint(fields=["occasion", "enterprise"], name="consent_once_per_firm")]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.enterprise_id}: {self.given}"
