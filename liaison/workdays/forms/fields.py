"""Hours as text."""

from django import forms
from django.core.exceptions import ValidationError

from liaison.workdays.errors import CalendarError
from liaison.workdays.listed import typed_segments
from liaison.workdays.segments import Segments
from liaison.workdays.words import mistake


class SegmentsField(forms.CharField):
    """09:00-12:00, 13:30-17:30; empty is closed."""

    def prepare_value(self, value: object) -> object:
        """Hours as they are typed."""
        return value if isinstance(value, str) or value is None else typed(value)  # type: ignore[arg-type] # hours, then

    def clean(self, value: object) -> Segments:
        """Read, or say what is wrong."""
        try:
            return typed_segments(str(super().clean(value)))
        except CalendarError as error:
            raise ValidationError(mistake(error)) from error


def typed(segments: Segments) -> str:
    """Hours as people type them."""
    return ", ".join(str(each).replace("–", "-") for each in segments)
