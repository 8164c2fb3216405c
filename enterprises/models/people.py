"""Who acts for an enterprise, and who is asked to."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from enterprises.enums import Role
from enterprises.models.enterprise import Enterprise

SALT = "enterprises.invitation"
NONCE_LENGTH = 32


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    """Representations by time."""

    def open(self) -> "RepresentativeQuerySet":
        """Those that hold now."""
        return self.filter(ended_at=None)


class Representative(models.Model):
    """A person acts for an enterprise, from when to when. Access follows this row and nothing else."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="represents", verbose_name=_("person"))
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="representatives", verbose_name=_("enterprise"))
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.STAFF)
    since = models.DateTimeField(_("acts since"))
    ended_at = models.DateTimeField(_("acts until"), null=True, blank=True)
    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("representative")
        ordering = ["role", "since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "enterprise"], condition=Q(ended_at=None), name="representative_open_once"),
            models.CheckConstraint(name="representative_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="representative_ends_after_it_begins", condition=Q(ended_at=None) | Q(ended_at__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.enterprise}"


def new_nonce() -> str:
    """What nobody can guess about an invitation."""
    return get_random_string(NONCE_LENGTH)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what can still become of them."""

    def open(self, now: datetime) -> "InvitationQuerySet":
        """Neither used, nor taken back, nor run out."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now)


class Invitation(models.Model):
    """A manager asks somebody to act for the enterprise too; the link works once."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="invitations", verbose_name=_("enterprise"))
    name = models.CharField(_("whom you invite"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.STAFF)
    nonce = models.CharField(max_length=NONCE_LENGTH, unique=True, default=new_nonce, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by"))
    invited_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("valid until"))
    mail_claimed_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("accepted by")
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="invitation_accepted_by_somebody",
                condition=Q(accepted_at=None, accepted_by=None) | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(name="invitation_not_used_and_revoked", condition=Q(accepted_at=None) | Q(revoked_at=None)),
            models.CheckConstraint(name="invitation_expires_later", condition=Q(expires_at__gt=F("invited_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.enterprise}"

    @property
    def token(self) -> str:
        """What the link carries: signed, so that guesses never reach the database."""
        return signing.dumps(self.nonce, salt=SALT)

    def get_absolute_url(self) -> str:
        """The page where the invited person accepts."""
        return reverse("enterprises:invitation", args=[self.token])
