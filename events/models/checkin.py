"""Who came through the door, as the devices at the door told it."""

from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.models import Enterprise
from events.models.invitation import Invitation
from events.models.occasion import Occasion
from liaison.accounts.models import User


class Result(models.TextChoices):
    """What the door says."""

    IN = "in", pgettext_lazy("door", "Checked in")
    ALREADY = "already", pgettext_lazy("door", "In already")
    REVOKED = "revoked", pgettext_lazy("door", "Code void")
    ELSEWHERE = "elsewhere", pgettext_lazy("door", "Another meeting")
    UNKNOWN = "unknown", pgettext_lazy("door", "Unknown code")
    NOT_COMING = "not_coming", pgettext_lazy("door", "Not expected")
    WALK_IN = "walk_in", pgettext_lazy("door", "In without an invitation")
    UNDONE = "undone", pgettext_lazy("door", "Taken back")


INSIDE: Final = (Result.IN.value, Result.WALK_IN.value)
MOVES: Final = (*INSIDE, Result.UNDONE.value)
"Results that say whether somebody is inside: the last one counts."


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    """Rows of the door by what they mean."""

    def last_moves(self) -> Self:
        """Of each invitation the row that says whether its guest is inside."""
        return self.filter(result__in=MOVES).order_by("invitation_id", "-id").distinct("invitation_id")

    def inside(self) -> Self:
        """Of each guest who is inside the row that says so."""
        return self.model.objects.filter(pk__in=self.last_moves().values("id"), result__in=INSIDE)  # type: ignore[return-value]

    def conflicts(self) -> Self:
        """Guests whom a device let in without the network although the books say otherwise (TC25): the newest first."""
        return self.filter(conflict=True).order_by("-pk")


class CheckIn(models.Model):
    """One act at the door. The database refuses to change or delete it; what was wrong is taken back by a row of its own."""

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="checkins")
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, related_name="checkins")
    "Nobody's for codes that we do not know or that mean another meeting."
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+")
    nonce = models.UUIDField(unique=True)
    "The device's own name for the act: told twice it counts once (TC24)."
    result = models.CharField(_("result"), max_length=12, choices=Result)
    device = models.CharField(_("device"), max_length=40, blank=True)
    gate = models.CharField(_("gate"), max_length=40, blank=True)
    scanned_at = models.DateTimeField(_("scanned at"))
    received_at = models.DateTimeField(_("received at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    offline = models.BooleanField(_("without the network"), default=False)
    forced = models.BooleanField(_("let in all the same"), default=False)
    conflict = models.BooleanField(_("conflict"), default=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="checkin_result_known", condition=Q(result__in=Result.values)),
            models.CheckConstraint(
                name="checkin_move_names_invitation", condition=~Q(result__in=MOVES) | Q(invitation__isnull=False)
            ),
            models.CheckConstraint(
                name="checkin_exception_has_reason", condition=~Q(Q(forced=True) | Q(result="undone")) | ~Q(reason="")
            ),
            models.CheckConstraint(name="checkin_conflict_is_offline", condition=Q(conflict=False) | Q(offline=True)),
        ]
        indexes = [
            models.Index(fields=["occasion", "invitation", "-id"], name="checkin_moves", condition=Q(result__in=MOVES)),
            models.Index(fields=["occasion", "-id"], name="checkin_conflicts", condition=Q(conflict=True)),
        ]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.result}"
