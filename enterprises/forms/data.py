"""What is known about an enterprise, as forms."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enterprises.enums import Ownership, Section, Size
from enterprises.forms.fields import CreditCodeField, LicenceField, UnitField
from enterprises.models import Enterprise, Label
from enterprises.sizes import section_of
from liaison.accounts.models import UnitKind
from liaison.files.forms import KeepsFiles
from liaison.ui.forms import PortalForm, PortalModelForm


class EnterpriseForm(PortalModelForm):
    """The data that the firm and the desk keep."""

    town = UnitField(UnitKind.TOWN, label=_("Town"), empty_label=_("Choose"))
    park = UnitField(UnitKind.PARK, label=_("Park"), required=False, empty_label=_("In no park"))
    industry = forms.ChoiceField(
        label=_("Industry"), choices=[("", _("Choose")), *((s.value, f"{s.value} {s.label}") for s in Section)]
    )
    ownership = forms.ChoiceField(label=_("Ownership"), choices=Ownership, required=False)
    autocomplete = {
        "name": "organization",
        "contact_name": "name",
        "contact_phone": "tel",
        "address": "address-line1",
    }
    order: ClassVar[list[str]] = [
        "name",
        "credit_code",
        "legal_representative",
        "industry",
        "town",
        "contact_name",
        "contact_phone",
        "licence",
        "industry_code",
        "park",
        "address",
        "ownership",
        "employees",
        "revenue",
        "assets",
    ]

    class Meta:
        model = Enterprise
        fields = [
            "name",
            "legal_representative",
            "industry",
            "town",
            "contact_name",
            "contact_phone",
            "industry_code",
            "park",
            "address",
            "ownership",
            "employees",
            "revenue",
            "assets",
        ]
        labels = {
            "name": _("Name of the enterprise"),
            "legal_representative": _("Legal representative"),
            "contact_name": _("Contact person"),
            "contact_phone": _("Contact person's phone"),
            "industry_code": _("Industry code"),
            "address": _("Address"),
            "employees": _("Employees"),
            "revenue": _("Revenue of last year (10,000 yuan)"),
            "assets": _("Assets (10,000 yuan)"),
        }
        help_texts = {
            "name": _("As on the business licence."),
            "contact_phone": _("The desk and the units call this number."),
            "industry_code": _("Two to four digits of GB/T 4754, if you know them."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.order)

    def clean_ownership(self) -> str:
        """Most firms here are private; what was known before stays when nothing is said."""
        return self.cleaned_data["ownership"] or self.instance.ownership or Ownership.PRIVATE

    def clean_industry_code(self) -> str:
        """A code belongs to exactly one section."""
        code: str = self.cleaned_data["industry_code"]
        section = self.cleaned_data.get("industry")
        if code.isdigit() and section and section_of(code) != section:
            raise ValidationError(_("This code does not belong to the chosen industry."), code="section")
        return code

    def _post_clean(self) -> None:
        """Validate the model's fields without writing into the instance: the action compares old and new."""
        instance, self.instance = self.instance, Enterprise()
        super()._post_clean()  # type: ignore[misc] # the stubs leave it out
        self.instance = instance

    def _get_validation_exclusions(self) -> set[str]:
        """A duplicate is the action's business, for it knows which duplicates are none."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc] # the stubs leave it out
        return excluded | {"credit_code"}

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class RegistrationForm(KeepsFiles, EnterpriseForm):
    """What a firm tells about itself to begin with."""

    credit_code = CreditCodeField()
    licence = LicenceField(label=_("Business licence"))


class ApplyAgainForm(KeepsFiles, EnterpriseForm):
    """The same, corrected; the licence stays unless a new one is sent."""

    licence = LicenceField(label=_("New photo of the business licence"), required=False)


class DeskForm(EnterpriseForm):
    """The desk also keeps the labels."""

    labels = forms.ModelMultipleChoiceField(
        Label.objects.all(), to_field_name="name", label=_("Labels"), required=False, widget=forms.CheckboxSelectMultiple
    )


class SizeForm(PortalForm):
    """A size class against the table needs a reason."""

    size = forms.ChoiceField(label=_("Size class"), choices=[("", _("As the table says")), *Size.choices], required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """The reason is compulsory when a class is set."""
        cleaned = super().clean() or {}
        if cleaned.get("size") and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the class differs from the table."))
        return cleaned


class StepForm(PortalForm):
    """Why a decision was taken; the firm reads it."""

    reason = forms.CharField(
        label=_("Reason, for the enterprise to read"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, optional: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not optional


class NameForm(PortalForm):
    """The desk's answer to a new name."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=[("approve", _("Confirm the new name")), ("decline", _("Keep the old name"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note to the enterprise"), max_length=500, required=False)
