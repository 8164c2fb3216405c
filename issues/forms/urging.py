"""An urging note before it goes out."""

from django.utils.translation import gettext_lazy as _

from issues.forms.fields import LongText
from issues.models.urging import MAX_URGING
from liaison.ui.forms import PortalForm


class UrgingForm(PortalForm):
    """The draft's words, to be changed."""

    text = LongText(label=_("Note to the unit"), most=MAX_URGING, rows=5)
