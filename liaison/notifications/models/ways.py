"""By which ways people and units want to be told, and which ways do not work."""

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import Unit
from liaison.accounts.sealing import seal, unseal


class Channel(models.TextChoices):
    """By which way a message goes."""

    INBOX = "inbox", _("Inbox")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    WECOM = "wecom", _("WeCom group robot")
    DINGTALK = "dingtalk", _("DingTalk group robot")
    FEISHU = "feishu", _("Feishu group robot")


ROBOTS: Final = (Channel.WECOM, Channel.DINGTALK, Channel.FEISHU)


class Robot(models.Model):
    """A unit's group robot. Address and secret let anybody write to the group: they are sealed and never shown again."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="robots", verbose_name=_("unit"))
    provider = models.CharField(_("provider"), max_length=10, choices=[(each.value, each.label) for each in ROBOTS])
    sealed_url = models.TextField()
    sealed_secret = models.TextField(blank=True)
    active = models.BooleanField(_("in use"), default=True)
    refused_at = models.DateTimeField(null=True)
    "When the provider refused it for good: nothing is sent until it is set up anew."
    refusal = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("group robot")
        ordering = ["unit__position", "unit__code", "provider"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "provider"],
                name="robot_once_per_unit",
                violation_error_message=_("The unit has a robot of this provider already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_provider_display()}"

    @property
    def url(self) -> str:
        """The address to post to; a secret."""
        return unseal(self.sealed_url)

    @property
    def secret(self) -> str:
        """What the posts are signed with; empty where they are not signed."""
        return unseal(self.sealed_secret) if self.sealed_secret else ""

    @property
    def host(self) -> str:
        """The only part of the address that is shown."""
        return urlsplit(self.url).hostname or ""

    def keep(self, url: str, secret: str) -> None:
        """Seal a new address; what was refused of the old one is forgotten."""
        self.sealed_url, self.sealed_secret = seal(url), seal(secret) if secret else ""
        self.refused_at, self.refusal = None, ""


class ChannelChoice(models.Model):
    """Whether a person wants one group of messages by one way, where it differs from the usual."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    group = models.CharField(max_length=20)
    channel = models.CharField(max_length=10, choices=Channel)
    wanted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group", "channel"], name="channel_choice_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.group} {self.channel}: {self.wanted}"


class DailyReader(models.Model):
    """Somebody who wants one e-mail a day instead of many."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")

    def __str__(self) -> str:
        return str(self.user_id)


class RefusedAddress(models.Model):
    """An address of a person that a provider refused for good: nothing more goes there until it is changed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="refused_addresses")
    channel = models.CharField(max_length=10, choices=Channel)
    address = models.CharField(max_length=254)
    error = models.CharField(max_length=100)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("refused address")
        constraints = [models.UniqueConstraint(fields=["user", "channel"], name="refused_address_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.channel}"
