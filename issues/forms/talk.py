"""What is said on the page of an issue."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from issues.forms.fields import LongText
from issues.models import MAX_FILES
from liaison.files.forms import AttachmentsField, KeepsFiles
from liaison.ui.forms import PortalForm


class MessageForm(KeepsFiles, PortalForm):
    """To the firm, or from it."""

    text = LongText(label=_("Message"), rows=3)
    attachments = AttachmentsField(label=_("Attachments"), required=False, most=MAX_FILES)


class NoteForm(PortalForm):
    """Among staff only."""

    text = LongText(label=_("Internal note"), rows=2, help_text=_("The firm never sees it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
