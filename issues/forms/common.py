"""What several steps share: a remark, a text, a decision, a day to come."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from issues import enums
from issues.forms.fields import LongText, StepForm
from issues.models import Issue
from liaison.workdays import ZONE

LONGEST_LIMIT = 180
LONGEST_SUSPENSION = timedelta(days=366)
LONGEST_PLAN = timedelta(days=366 * 5)


class NoteForm(StepForm):
    """A step that needs nothing but, perhaps, a remark."""

    note = LongText(label=_("Remark"), required=False, most=1000, rows=3)


class TextForm(StepForm):
    """A step that needs a text."""

    text = LongText(label=_("Text"))


class DecisionForm(StepForm):
    """Approve or decline what somebody asked."""

    result = forms.ChoiceField(choices=enums.Decision, widget=forms.RadioSelect, label=_("Decision"))
    note = LongText(label=_("Reason"), required=False, most=1000, rows=3, help_text=_("Needed when you decline."))

    def clean(self) -> None:
        """Whoever declines says why."""
        super().clean()
        if self.cleaned_data.get("result") == enums.Decision.DECLINE and not self.cleaned_data.get("note"):
            self.add_error("note", _("Say why it is declined."))


def day_to_come(day: date, today: date, most: timedelta) -> date:
    """A day after today, but not beyond all reason."""
    if day <= today:
        raise ValidationError(_("Choose a day after today."))
    if day > today + most:
        raise ValidationError(_("This day is too far away."))
    return day


def day_since(day: date, issue: Issue) -> date:
    """A day on which there was something to act on: not before the issue was sent."""
    assert issue.submitted_at is not None  # drafts have no such steps
    if day < issue.submitted_at.astimezone(ZONE).date():
        raise ValidationError(_("On this day the issue had not been sent yet."))
    return day
