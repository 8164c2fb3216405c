"""Chambers as forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from enterprises.forms.fields import CreditCodeField
from enterprises.models import Chamber, Enterprise
from liaison.ui.forms import PortalForm, PortalModelForm


class ChamberForm(PortalModelForm):
    """A chamber's words."""

    class Meta:
        model = Chamber
        fields = ["name", "name_en", "kind", "code"]
        labels = {"name": _("Name of the chamber"), "name_en": _("English name"), "kind": _("Kind"), "code": _("Code")}
        help_texts = {"code": _("Small letters, digits and hyphens; it stands in the address of the page.")}


class MemberForm(PortalForm):
    """An enterprise that enters a chamber."""

    credit_code = CreditCodeField()

    def clean_credit_code(self) -> Enterprise:
        """It must be known."""
        found = Enterprise.objects.filter(credit_code=self.cleaned_data["credit_code"]).first()
        if found is None:
            raise forms.ValidationError(_("No enterprise is registered with this code."), code="unknown")
        return found
