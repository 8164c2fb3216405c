"""What the door asks."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enterprises.credit_codes import compact_code
from enterprises.models import Enterprise
from events.forms.plan import Words
from issues.forms.fields import LongText
from liaison.ui.forms import PortalForm

PROPOSED: Final = 8
"Firms named to whoever typed a part of a name."


class ScanForm(PortalForm):
    """A code, typed by a hand scanner, or a guest of the list; the same page works without JavaScript."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(label=_("Code"), max_length=300, required=False)
    invitation = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    gate = Words(label=_("Gate"), max_length=40, required=False)


class NonceForm(PortalForm):
    """An act at the door that is done once, however often it is sent."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)


class DoorReasonForm(NonceForm):
    """Why."""

    reason = LongText(label=_("Reason"), most=500, rows=2)


class RegisteredField(forms.CharField):
    """One verified firm by its credit code, its whole name, or a part that no other name has."""

    def clean(self, value: Any) -> Any:
        """The firm; several are named, so that the next try is exact."""
        words = super().clean(value).strip()
        firms = Enterprise.objects.verified()
        found = firms.filter(credit_code=compact_code(words)).first() or firms.filter(name=words).first()
        if found is not None:
            return found
        similar = list(firms.filter(name__contains=words).order_by("name")[: PROPOSED + 1])
        if len(similar) == 1:
            return similar[0]
        if similar:
            names = "、".join(firm.name for firm in similar[:PROPOSED])
            raise ValidationError(_("Several are called like this. Write the whole name: %(names)s"), params={"names": names})
        raise ValidationError(_("No verified enterprise is called so, or has this code. Ask for its licence and call the desk."))


class WalkInForm(NonceForm):
    """Somebody whose firm is not on the list."""

    enterprise = RegisteredField(label=_("Enterprise"), max_length=120, help_text=_("Credit code, or the name or a part of it."))
    guest_name = Words(label=_("Name"), max_length=60)
    guest_title = Words(label=_("Position"), max_length=60, required=False)
    reason = LongText(
        label=_("Reason"), required=False, most=500, rows=2, help_text=_("Needed when the firm is on the list but not expected.")
    )
