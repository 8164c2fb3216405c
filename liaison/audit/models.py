"""The append-only record: each entry's hash covers the entry before it, so a change or a gap is found."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST_HASH = "0" * 64
"What the first entry follows."


class AuditTag(models.TextChoices):
    """What is recorded; a closed list."""

    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    SIGN_IN_LOCKED = "sign_in_locked", _("Sign-in locked")
    SIGNED_OUT = "signed_out", _("Signed out")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    SECOND_FACTOR_CHANGED = "second_factor_changed", _("Second factor changed")
    ACCOUNT_CHANGED = "account_changed", _("Account changed")
    RIGHTS_CHANGED = "rights_changed", _("Rights changed")
    REFERENCE_CHANGED = "reference_changed", _("Reference data changed")
    REFUSED = "refused", _("Refused")
    EXPORTED = "exported", _("Exported")
    IMPORTED = "imported", _("Imported")
    READ_SENSITIVE = "read_sensitive", _("Read a sensitive issue")
    READ_FILE = "read_file", _("Read a file")
    READ_AUDIT = "read_audit", _("Read the audit record")


class AuditEntry(models.Model):
    """One thing that somebody did. ``detail`` holds codes and numbers, never personal content."""

    at = models.DateTimeField(_("time"), default=timezone.now)
    tag = models.CharField(_("act"), max_length=24, choices=AuditTag)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    actor_name = models.CharField(_("name at that time"), max_length=130, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True)
    subject = models.CharField(_("subject"), max_length=200)
    detail = models.JSONField(_("detail"), default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    "Unique: two entries never follow the same one, so the chain cannot fork."
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("audit entry")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["tag", "-id"], name="audit_by_tag"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.tag} {self.subject}"

    def computed_hash(self) -> str:
        """SHA-256 over the length-prefixed canonical row and the hash before it."""
        parts: list[Any] = [
            self.previous_hash,
            self.at.isoformat(),
            self.tag,
            self.actor_id,
            self.actor_name,
            self.address,
            self.subject,
            json.dumps(self.detail, sort_keys=True, ensure_ascii=False),
        ]
        texts = ["" if part is None else str(part) for part in parts]
        canonical = "".join(f"{len(text)}:{text}" for text in texts)
        return hashlib.sha256(canonical.encode()).hexdigest()
