"""The outbox: a message is a row, written in the transaction of the act it reports."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
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


class Heartbeat(models.Model):
    """When a sweep last began: a worker that lives but does nothing is seen by this."""

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%F %T}"

    @classmethod
    def beat(cls, name: str) -> None:
        """Now, by the database's clock."""
        cls.objects.update_or_create(name=name, defaults={"at": Now()})
