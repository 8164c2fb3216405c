"""The outbox: one row per message and way, written in the transaction of the act that it reports."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.notifications.models.messages import Notification
from liaison.notifications.models.ways import Channel, Robot


class DeliveryState(models.TextChoices):
    """How far a delivery is."""

    CREATED = "created", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    GATHERED = "gathered", _("In a digest")
    FAILED = "failed", _("Failed")
    SUPERSEDED = "superseded", _("Superseded")


class Gathers(models.TextChoices):
    """Why messages go together as one digest."""

    BURST = "burst", _("Too many in an hour")
    DAILY = "daily", _("Daily digest")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries by what is to be done with them."""

    def open(self) -> Self:
        """Neither sent nor given up."""
        return self.filter(state__in=[DeliveryState.CREATED, DeliveryState.SENDING])

    def untried(self) -> Self:
        """Open, and no provider has heard of it yet: it may still go another way."""
        return self.open().filter(attempts=0)


class Delivery(models.Model):
    """One way of one message, or a digest of many: claimed by a lease, finished only with the same lease's token."""

    notification = models.ForeignKey(Notification, models.CASCADE, null=True, related_name="deliveries")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    robot = models.ForeignKey(Robot, models.SET_NULL, null=True, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.CREATED)
    gathers = models.CharField(max_length=10, choices=Gathers, blank=True)
    "Set for a digest, which has members instead of a message of its own."
    digest = models.ForeignKey("self", models.PROTECT, null=True, related_name="members")
    once_key = models.CharField(max_length=165, blank=True)
    "Kind and key of what a robot says: the group is told once, however many of its people are."
    urgent = models.BooleanField(default=False)
    "Goes at night and on days off, too."
    alone = models.BooleanField(default=False)
    "Never part of a digest: a link that the person has just asked for."
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    "When it should go: at once, or when offices open; a later ``next_at`` is a try after a failure."
    next_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True)
    "The last try."
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    message_id = models.UUIDField(default=uuid.uuid4)
    "Stable over all attempts, so that a second copy is recognised by the mail server."
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        constraints = [
            models.UniqueConstraint(
                fields=["notification", "channel"], name="delivery_once_per_channel", condition=Q(once_key="")
            ),
            models.UniqueConstraint(fields=["robot", "once_key"], name="delivery_once_per_robot", condition=~Q(once_key="")),
            models.UniqueConstraint(
                fields=["recipient", "channel", "gathers"],
                name="delivery_one_digest_gathers",
                condition=~Q(gathers="") & Q(state__in=["created", "sending"], attempts=0),
            ),
            models.UniqueConstraint(
                fields=["robot", "gathers"],
                name="delivery_one_digest_per_robot",
                condition=~Q(gathers="") & Q(state__in=["created", "sending"], attempts=0),
            ),
            models.CheckConstraint(
                name="delivery_is_message_or_digest",
                condition=Q(notification__isnull=False, gathers="") | Q(notification=None) & ~Q(gathers=""),
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], name="delivery_open", condition=Q(state__in=["created", "sending"])),
            models.Index(
                fields=["recipient", "channel"],
                name="delivery_waits",
                condition=Q(state__in=["created", "sending"], attempts=0),
            ),
            models.Index(fields=["recipient", "channel", "begun_at"], name="delivery_begun", condition=Q(begun_at__isnull=False)),
            models.Index(fields=["recipient", "-created_at", "-id"], name="delivery_of_person"),
            models.Index(fields=["-created_at", "-id"], name="delivery_ledger"),
        ]

    def __str__(self) -> str:
        return f"{self.notification_id or self.gathers} {self.channel} {self.state}"
