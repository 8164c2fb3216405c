"""A firm is invited, not a person; who comes for it is named later."""

from datetime import datetime
from typing import Final, Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.models import Enterprise
from events.enums import TAKES_A_PLACE, VOID, InvitationState, Source, Stage, Substitute
from events.models.occasion import Occasion
from liaison.accounts.models import User

SALT: Final = "events.invitation"
NONCE_LENGTH: Final = 32
TOLD: Final = ~Q(diet="", plate="", guest_phone="")
"What guests told for one meeting only and has not been forgotten yet."


def new_nonce() -> str:
    """What nobody can guess about an invitation."""
    return get_random_string(NONCE_LENGTH)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what they mean today."""

    def taking_a_place(self) -> Self:
        """Those that count against the capacity."""
        return self.filter(state__in=sorted(TAKES_A_PLACE))

    def in_line(self) -> Self:
        """The waiting list: who waits longest comes first."""
        return self.filter(state=InvitationState.WAITING).order_by("waiting_since", "pk")

    def run_out(self, now: datetime) -> Self:
        """Held places that nobody took in time."""
        return self.filter(state=InvitationState.OFFERED, held_until__lte=now)

    def of_people(self, user: User) -> Self:
        """Invitations of the firms that ``user`` represents, to what is published."""
        firms = Enterprise.objects.represented_by(user).values("pk")
        return self.filter(enterprise__in=firms).exclude(occasion__stage=Stage.PLANNED)


class Invitation(models.Model):
    """One firm and one occasion. ``state`` is written only by events.actions."""

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="invitations", verbose_name=_("occasion"))
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="meetings", verbose_name=_("enterprise"))
    state = models.CharField(_("state"), max_length=10, choices=InvitationState, default=InvitationState.PENDING)
    source = models.CharField(_("how it was chosen"), max_length=12, choices=Source, default=Source.NAME)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    "Why it was chosen by name against the rotation, taken back, or refused."
    nonce = models.CharField(max_length=NONCE_LENGTH, unique=True, default=new_nonce, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(_("invited at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    "Nobody for an answer by link."
    waiting_since = models.DateTimeField(_("waits since"), null=True, blank=True)
    held_until = models.DateTimeField(_("place held until"), null=True, blank=True)
    guest_name = models.CharField(_("who comes"), max_length=60, blank=True)
    guest_title = models.CharField(pgettext_lazy("guest", "position"), max_length=60, blank=True)
    guest_phone = models.CharField(_("phone"), max_length=30, blank=True)
    substitute = models.CharField(
        pgettext_lazy("guest", "substitute"), max_length=10, choices=Substitute, default=Substitute.NONE
    )
    diet = models.CharField(_("food"), max_length=200, blank=True)
    plate = models.CharField(_("number plate"), max_length=12, blank=True)
    code = models.CharField(max_length=NONCE_LENGTH, unique=True, default=new_nonce, editable=False)
    "What the code at the door carries; a new person gets a new one."
    version = models.PositiveIntegerField(default=0, editable=False)
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to an occasion")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "enterprise"], name="invitation_once_per_firm"),
            models.CheckConstraint(name="invitation_state_known", condition=Q(state__in=InvitationState.values)),
            models.CheckConstraint(
                name="invitation_held_has_end",
                condition=Q(state="offered", held_until__isnull=False) | (~Q(state="offered") & Q(held_until=None)),
            ),
            models.CheckConstraint(
                name="invitation_waiting_has_turn",
                condition=~Q(state__in=["waiting", "offered"]) | Q(waiting_since__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_revoked_has_reason", condition=~Q(state__in=["revoked", "refused"]) | ~Q(reason="")
            ),
            models.CheckConstraint(name="invitation_coming_names_somebody", condition=~Q(state="accepted") | ~Q(guest_name="")),
            models.CheckConstraint(
                name="invitation_answered_after_invited", condition=Q(answered_at=None) | Q(answered_at__gte=F("invited_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["occasion", "state", "id"], name="invitation_of_occasion"),
            models.Index(fields=["enterprise", "-invited_at"], name="invitation_of_enterprise"),
            models.Index(fields=["occasion", "waiting_since"], name="invitation_line", condition=Q(state="waiting")),
            models.Index(fields=["held_until"], name="invitation_held", condition=Q(state="offered")),
            models.Index(fields=["occasion"], name="invitation_told", condition=TOLD),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} → {self.occasion}"

    @property
    def stage(self) -> str:
        """The state under the name that the flow engine uses."""
        return self.state

    @stage.setter
    def stage(self, state: str) -> None:
        self.state = state

    @property
    def is_void(self) -> bool:
        """Taken back, refused, withdrawn."""
        return self.state in VOID

    @property
    def token(self) -> str:
        """What the link carries: signed, so that guesses never reach the database."""
        return signing.dumps(self.nonce, salt=SALT)

    def renew_code(self) -> None:
        """The code at the door that was sent before is void."""
        self.code = new_nonce()

    def get_absolute_url(self) -> str:
        """The page where the firm answers."""
        return reverse("invitation", args=[self.token])

    def get_code_url(self) -> str:
        """The page with the code for the door; of whoever does not come (any more) it leads to the invitation."""
        return reverse("invitation-code", args=[self.token])
