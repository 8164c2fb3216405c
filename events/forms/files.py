"""Papers of an occasion as event staff choose them, and why one is taken away."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.occasion import MOST_FILES
from issues.forms.fields import LongText
from liaison.files.forms import AttachmentsField, KeepsFiles
from liaison.files.refusals import FileRefused
from liaison.ui.forms import PortalForm

AT_ONCE: Final = 10


class OccasionFilesField(AttachmentsField):
    """No more than one request can carry, and no more than the occasion has room for."""

    def too_many(self, names: str) -> FileRefused:
        """The limit that was met."""
        return FileRefused("too_many", names, most=AT_ONCE if self.most == AT_ONCE else MOST_FILES)


class FilesForm(KeepsFiles, PortalForm):
    """Several files at once; those that passed survive the others' errors."""

    attachments = OccasionFilesField(label=pgettext_lazy("occasion", "Files"), most=AT_ONCE)

    def __init__(self, *args: Any, present: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attachments"].most = min(AT_ONCE, max(0, MOST_FILES - present))  # type: ignore[attr-defined]


class RemoveFileForm(PortalForm):
    """Why."""

    reason = LongText(label=_("Reason"), most=500, rows=3)
