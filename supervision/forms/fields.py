"""Kinds of answers that several forms share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from enterprises.credit_codes import compact_code
from enterprises.models import Enterprise
from issues.forms.plain import plain
from liaison.accounts.models import User


class Line(forms.CharField):
    """One line that shows something."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(ProhibitNullCharactersValidator())

    def to_python(self, value: Any) -> str:
        """Without marks that only mislead."""
        return " ".join(plain(super().to_python(value) or "").split())


class FirmField(Line):
    """An enterprise, by its credit code or its whole name; the value is the enterprise, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, help_text=_("The credit code or the whole name."), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As the page shows it."""
        return value.name if isinstance(value, Enterprise) else value

    def clean(self, value: Any) -> Any:
        """The enterprise that is meant."""
        words = super().clean(value)
        if not words:
            return None
        rows = Enterprise.objects.filter(credit_code=compact_code(words)) | Enterprise.objects.filter(name=words)
        if (found := rows.first()) is None:
            raise ValidationError(_("No enterprise in the portal has this code or name."), code="unknown")
        return found


class PersonField(Line):
    """Somebody with an account, by user name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)

    def clean(self, value: Any) -> Any:
        """The person."""
        words = super().clean(value)
        found = User.objects.filter(username=words, is_active=True).first()
        if words and found is None:
            raise ValidationError(_("Nobody has this user name. The person needs an account first."), code="unknown")
        return found
