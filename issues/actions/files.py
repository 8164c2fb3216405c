"""Files that belong to an issue."""

from collections.abc import Iterable
from datetime import datetime

from issues.models import Answer, Attachment, Issue, Message
from issues.permissions import represented_ids
from liaison.accounts.models import User
from liaison.files.checks import CheckedFile
from liaison.files.models import PendingUpload

File = CheckedFile | PendingUpload


def attach(
    issue: Issue,
    files: Iterable[File],
    *,
    by: User,
    now: datetime,
    message: Message | None = None,
    answer: Answer | None = None,
    internal: bool = False,
) -> list[Attachment]:
    """Keep checked files with the issue, the message or the answer they came with."""
    by_firm = issue.enterprise_id in represented_ids(by)
    links = {"issue": issue, "message": message, "answer": answer, "internal": internal, "by_firm": by_firm}
    return [Attachment.store(file, by=by, uploaded_at=now, **links) for file in files]
