"""A firm's answer, and what event staff decide about it."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from enterprises.models import Enterprise
from events.actions.answering import Guest
from events.forms.plan import Words
from events.models import Invitation, Occasion
from issues.forms.fields import LongText
from liaison.ui.forms import PortalForm

PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
PLATE: Final = rf"^[{PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳]$"
"GA 36—2018, new-energy plates with eight characters included."


class GuestForm(PortalForm):
    """Who comes for the firm."""

    guest_name = Words(label=_("Who comes"), max_length=60)
    guest_title = Words(label=_("Position"), max_length=60, required=False)
    guest_phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        validators=[RegexValidator(r"^[0-9+() -]{5,30}$", _("Write the phone number in figures."))],
    )
    is_substitute = forms.BooleanField(label=_("Comes in place of the firm's principal"), required=False)
    diet = Words(label=_("What the guest does not eat"), max_length=200, required=False)
    plate = forms.CharField(
        label=_("Number plate of the car"), max_length=16, required=False, help_text=_("For the gate. It is deleted afterwards.")
    )

    autocomplete = {"guest_name": "name", "guest_title": "organization-title", "guest_phone": "tel"}

    def __init__(self, *args: Any, occasion: Occasion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, asked in (("diet", occasion.asks_diet), ("plate", occasion.asks_plate)):
            if not asked:
                del self.fields[name]
        if occasion.principal_only:
            self.fields["is_substitute"].help_text = _("The organisers decide whether a substitute may come.")

    def clean_plate(self) -> str:
        """Capitals, without blanks and dots."""
        plate = "".join(sign for sign in self.cleaned_data["plate"].upper() if sign not in " ·.-")
        if plate:
            RegexValidator(PLATE, _("This is no number plate: 川C12345, 川CD12345."))(plate)
        return plate

    def guest(self) -> Guest:
        """What the action takes."""
        values = self.cleaned_data
        words = {name: values.get(name, "") for name in ("guest_name", "guest_title", "guest_phone", "diet", "plate")}
        return Guest(**words, is_substitute=values["is_substitute"])

    @staticmethod
    def initial_of(invitation: Invitation) -> dict[str, Any]:
        """What is known already; the firm's contact person to begin with."""
        names = ("guest_name", "guest_title", "guest_phone", "diet", "plate")
        known = {name: getattr(invitation, name) for name in names}
        if not invitation.guest_name:
            known["guest_name"] = invitation.enterprise.contact_name
        return {**known, "is_substitute": invitation.substitute != "none"}


class ApplyForm(GuestForm):
    """A firm asks to come."""

    enterprise = forms.ModelChoiceField(
        Enterprise.objects.none(), to_field_name="credit_code", label=_("Enterprise"), empty_label=None
    )
    field_order = ("enterprise", "guest_name", "guest_title", "guest_phone", "is_substitute", "diet", "plate")

    def __init__(self, *args: Any, firms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].queryset = firms  # type: ignore[attr-defined]
        del self.fields["is_substitute"]

    def guest_fields(self) -> dict[str, str]:
        """The columns of the invitation."""
        names = ("guest_name", "guest_title", "guest_phone", "diet", "plate")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class DeclineForm(PortalForm):
    """Perhaps why not."""

    text = LongText(label=_("Reason"), required=False, most=500, rows=2)


class WhyForm(PortalForm):
    """A decision that needs a reason."""

    reason = LongText(label=_("Reason"), most=500, rows=3)


class SubstituteForm(PortalForm):
    """Whether somebody else may come."""

    result = forms.ChoiceField(
        label=_("Decision"),
        choices=[("approve", _("The substitute may come")), ("decline", _("The principal is asked for in person"))],
        widget=forms.RadioSelect,
    )
    note = LongText(label=_("Reason"), required=False, most=500, rows=2, help_text=_("Needed when you decline."))

    def clean(self) -> None:
        """Whoever declines says why."""
        super().clean()
        if self.cleaned_data.get("result") == "decline" and not self.cleaned_data.get("note"):
            raise ValidationError({"note": _("Say why it is declined.")})
