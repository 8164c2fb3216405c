"""What a visitor writes to a supervisor."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.forms.fields import LongText
from liaison.ui.forms import PortalForm
from supervision.forms.fields import Line
from supervision.models.contact import MAX_CONTACT


class ContactForm(PortalForm):
    """Who writes, how they can be reached, and what they have to say."""

    autocomplete = {"name": "name"}
    name = Line(label=pgettext_lazy("person", "Name"), max_length=60)
    reach = Line(label=_("Phone or e-mail"), max_length=100)
    text = LongText(label=_("What do you want to say?"), most=MAX_CONTACT, rows=6)
