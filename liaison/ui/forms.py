"""What all forms of the portal share; the pages of the browser decide nothing, the server does."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

BAD_REQUEST = 400


class PortalFormMixin:
    """No ``required`` in the page (forms are ``novalidate``), and fields that the browser can fill in."""

    use_required_attribute = False
    autocomplete: ClassVar[Mapping[str, str]] = {}
    "Field name → purpose (WCAG 1.3.5): phone → tel."
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, purpose in self.autocomplete.items():
            self.fields[name].widget.attrs["autocomplete"] = purpose


class PortalForm(PortalFormMixin, forms.Form):
    """A form of the portal."""


class PortalModelForm(PortalFormMixin, forms.ModelForm):  # type: ignore[type-arg] # generic for mypy only
    """A form of the portal bound to a few fields of one model."""


class VersionedFormMixin:
    """Carries the version that the person saw; somebody else's change in the meantime is told, not overwritten."""

    current_version: str
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, version: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current_version = str(version)
        self.fields["version"] = forms.CharField(widget=forms.HiddenInput, initial=self.current_version, required=False)

    def clean_version(self) -> str:
        """Refuse a page that is older than what is stored."""
        if self.cleaned_data["version"] != self.current_version:
            message = _("Somebody else has changed this since you opened the page. Copy what you typed, reload, and compare.")
            raise ValidationError(message, code="stale")
        return self.current_version


class PlainSelect(forms.Select):
    """A choice among many, drawn at once: Django's own draws a template for each option, which dominates a page of filters."""

    def render(self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        """The same elements as Django's templates make."""
        chosen = {str(each) for each in self.format_value(value)}
        rows = ((option, mark_safe(" selected") if str(option) in chosen else "", label) for option, label in self.choices)
        drawn = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, dict(attrs or {}))), drawn
        )


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def render_form_page(
    request: HttpRequest, template: str, form: forms.BaseForm, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Show a page with its form; 400 when something in it is to be corrected."""
    status = BAD_REQUEST if form.is_bound and not form.is_valid() else None
    return render(request, template, {**(context or {}), "form": form}, status=status)
