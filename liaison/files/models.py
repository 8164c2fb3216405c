"""Stored files and those that wait for their form to be completed."""

import uuid
from datetime import timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.core.files.base import File
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User
from liaison.files.checks import CheckedFile
from liaison.files.holder import Holder
from liaison.files.refusals import FileRefused

KEPT_FOR: Final = timedelta(days=7)
MOST_KEPT: Final = 40  # four full forms; whoever sends more loses the oldest


def storage_name(_instance: models.Model, _name: str) -> str:
    """A place that says nothing: neither the name nor whose it is."""
    place = uuid.uuid4().hex
    return f"{place[:2]}/{place}"


class PendingUploadQuerySet(models.QuerySet["PendingUpload"]):
    """Reads as: those of a person, those not used yet."""

    def held_by(self, holder: Holder) -> Self:
        """All that this person, or this visitor's session, has sent."""
        return self.filter(owner_id=holder.user_id, session=holder.session)

    def unused(self) -> Self:
        """Those that still wait for their form."""
        return self.filter(used_at=None)


class FileFacts(models.Model):
    """What is known about a checked file."""

    file = models.FileField(_("file"), upload_to=storage_name, max_length=100)
    name = models.CharField(_("file name"), max_length=150)
    media_type = models.CharField(_("kind of file"), max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(_("check sum"), max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class PendingUpload(FileFacts):
    """A checked file that waits until its form is complete; it goes after seven days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    session = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    used_at = models.DateTimeField(null=True)
    objects = PendingUploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pending_upload_has_one_holder",
                condition=Q(owner__isnull=False, session="") | (Q(owner__isnull=True) & ~Q(session="")),
            )
        ]

    @classmethod
    def keep(cls, checked: CheckedFile, holder: Holder) -> Self:
        """Keep a file until its form is complete."""
        pending = cls(owner_id=holder.user_id, session=holder.session, **facts(checked))
        pending.file = File(checked.content, name=checked.name)
        pending.save()
        return pending

    def use(self) -> None:
        """Give the file away, once; to be called inside the transaction of whoever takes it."""
        if not PendingUpload.objects.unused().filter(pk=self.pk).update(used_at=timezone.now()):
            raise FileRefused("gone", self.name)


class StoredFile(FileFacts):
    """A file that belongs to something; subclasses say to what."""

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("sent by")
    )
    uploaded_at = models.DateTimeField(_("sent at"), default=timezone.now)

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def store(cls, source: "CheckedFile | PendingUpload", *, by: User | None, **links: Any) -> Self:
        """Make a checked file part of something; undone with the transaction around it."""
        stored = cls(uploaded_by=by, **facts(source), **links)
        if isinstance(source, PendingUpload):
            source.use()
            stored.file.name = source.file.name  # the bytes stay where they are
        else:
            stored.file = File(source.content, name=source.name)
        stored.save()
        return stored


def facts(source: "CheckedFile | FileFacts") -> dict[str, Any]:
    """What the check found out."""
    return {"name": source.name, "media_type": source.media_type, "size": source.size, "sha256": source.sha256}


def forget_bytes(*, instance: StoredFile, **_: Any) -> None:
    """Once the row is gone for good, the bytes go too."""
    storage, place = instance.file.storage, str(instance.file.name)
    transaction.on_commit(lambda: storage.delete(place), robust=True)
