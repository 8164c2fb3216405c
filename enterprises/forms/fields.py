"""Fields that several forms of this room share."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enterprises.credit_codes import compact_code, validate_credit_code
from liaison.accounts.models import Unit, UnitKind
from liaison.files.forms import SingleFileField

LICENCE_KINDS: Final = ("application/pdf", "image/")


class CreditCodeField(forms.CharField):
    """A credit code, however it is spaced."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Unified social credit code"))
        kwargs.setdefault("help_text", _("18 characters, at the top of the business licence."))
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Capitals, half-width, without blanks."""
        return compact_code(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Form, check digit, region."""
        super().validate(value)
        if value:
            validate_credit_code(value)


class UnitField(forms.ModelChoiceField[Unit]):
    """A unit of one kind, chosen by its code."""

    def __init__(self, kind: UnitKind, **kwargs: Any) -> None:
        units: QuerySet[Unit] = Unit.objects.filter(kind=kind, is_active=True)
        super().__init__(units, to_field_name="code", **kwargs)


class LicenceField(SingleFileField):
    """A picture or PDF of the business licence."""

    hint = _("A photo or scan: JPG, PNG, WebP or PDF, up to 20 MB.")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What a phone's camera makes, or a scan."""
        return {**super().widget_attrs(widget), "accept": ".jpg,.jpeg,.png,.webp,.pdf"}

    def clean(self, value: Any) -> Any:
        """A table or a text is no licence."""
        sent = super().clean(value)
        if sent and not sent.media_type.startswith(LICENCE_KINDS):
            raise ValidationError(_("Send the licence as a picture (JPG, PNG, WebP) or a PDF."), code="kind")
        return sent
