"""Papers of an occasion: added by event staff, taken away with a reason. A clone begins without any."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from events.actions.step import lock, write_event
from events.models import Occasion, OccasionFile
from events.models.occasion import MOST_FILES
from events.permissions import may_view
from events.workflow import FILES_FLOW
from liaison.accounts.models import User
from liaison.files.checks import CheckedFile
from liaison.files.models import PendingUpload
from liaison.files.refusals import FileRefused
from liaison.workflow import StepNotOpen


@transaction.atomic
def add_files(occasion: Occasion, *, by: User, now: datetime, files: Sequence[CheckedFile | PendingUpload]) -> list[OccasionFile]:
    """Keep checked files with the occasion, all of them or none (FileRefused: used elsewhere, or beyond the limit)."""
    occasion = _open("add-files", occasion, by, now)
    room = MOST_FILES - occasion.files.count()
    if len(files) > room:
        raise FileRefused("too_many", ", ".join(file.name for file in files[max(room, 0) :]), most=MOST_FILES)
    stored = [OccasionFile.store(file, by=by, uploaded_at=now, occasion=occasion) for file in files]
    write_event("files-added", occasion, by, now, text="\n".join(file.name for file in stored))
    return stored


@transaction.atomic
def remove_file(file: OccasionFile, *, by: User, now: datetime, reason: str) -> None:
    """Take a paper away for good; the story keeps its name, its check sum and why."""
    occasion = _open("remove-file", file.occasion, by, now)
    row = occasion.files.filter(pk=file.pk).first()
    if row is None:  # somebody else was first
        raise StepNotOpen(FILES_FLOW["remove-file"], occasion)
    row.delete()
    write_event("file-removed", occasion, by, now, text=f"{row.name}\n{reason}", sha256=row.sha256)


def _open(name: str, occasion: Occasion, by: User, now: datetime) -> Occasion:
    locked = lock(occasion.pk)
    if not may_view(locked, by):
        raise PermissionDenied
    FILES_FLOW.check(name, locked, by, now)
    return locked
