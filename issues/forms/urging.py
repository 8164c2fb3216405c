"""The desk's words to a unit that is late."""

from django.utils.translation import gettext_lazy as _

from issues.forms.fields import LongText
from issues.models.urging import MAX_URGING
from liaison.ui.forms import PortalForm


class UrgingForm(PortalForm):
    """What the unit will read."""

    text = LongText(label=_("Urging note"), rows=4, max_length=MAX_URGING)
