"""The outbox: a message is a row, written in the transaction of the act it reports."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Messages by reader."""

    def inbox_of(self, user: User) -> Self:
        """What reached ``user``: every entrance to messages begins here."""
        return self.filter(recipient=user, delivered_at__isnull=False)

    def unread(self) -> Self:
        """Not opened yet."""
        return self.filter(read_at=None)


class Notification(models.Model):
    """One message to one person; the constraint makes telling twice impossible."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notifications")
    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=120)
    context = models.JSONField(default=dict)
    "Ids and numbers for the template, never personal content."
    created_at = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField(null=True)
    "When it reached the inbox."
    read_at = models.DateTimeField(null=True)
    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        constraints = [models.UniqueConstraint(fields=["recipient", "kind", "key"], name="notification_once")]
        indexes = [
            models.Index(
                fields=["recipient", "-created_at", "-id"], name="notification_inbox", condition=Q(delivered_at__isnull=False)
            ),
            models.Index(fields=["recipient"], name="notification_unread", condition=Q(delivered_at__isnull=False, read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient_id}"


class Channel(models.TextChoices):
    """By which way a message goes."""

    INBOX = "inbox", _("Inbox")
    EMAIL = "email", _("E-mail")


class DeliveryState(models.TextChoices):
    """How far a delivery is."""

    CREATED = "created", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SUPERSEDED = "superseded", _("Superseded")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries by what is to be done with them."""

    def open(self) -> Self:
        """Neither sent nor given up."""
        return self.filter(state__in=[DeliveryState.CREATED, DeliveryState.SENDING])


class Delivery(models.Model):
    """One way of one message: claimed by a lease, finished only with the same lease's token."""

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.CREATED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    message_id = models.UUIDField(default=uuid.uuid4)
    "Stable over all attempts, so that a second copy is recognised by the mail server."
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="delivery_once_per_channel")]
        indexes = [
            models.Index(fields=["next_at", "id"], name="delivery_open", condition=Q(state__in=["created", "sending"])),
        ]

    def __str__(self) -> str:
        return f"{self.notification_id} {self.channel} {self.state}"


class Heartbeat(models.Model):
    """When a sweep last began: a worker that lives but does nothing is seen by this."""

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%F %T}"

    @classmethod
    def beat(cls, name: str) -> None:
        """Now."""
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})
