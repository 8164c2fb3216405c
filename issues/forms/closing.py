"""What the firm and the caller must give: evaluation, call-back, reasons, corrections."""

from django import forms
from django.utils.translation import gettext_lazy as _

from issues import enums
from issues.forms.fields import LongText, StepForm
from issues.forms.intake_fields import TitleField
from issues.guards import possible_results
from issues.models import MAX_BODY, MAX_TITLE


class EvaluateForm(StepForm):
    """The firm's judgement."""

    solved = forms.ChoiceField(choices=enums.Solved, widget=forms.RadioSelect, label=_("Is your problem solved?"))
    rating = forms.TypedChoiceField(choices=enums.Rating, coerce=int, widget=forms.RadioSelect, label=_("How satisfied are you?"))
    reasons = forms.MultipleChoiceField(
        choices=enums.RatingReason, widget=forms.CheckboxSelectMultiple, required=False, label=_("Why?")
    )
    text = LongText(label=_("What else should we know?"), required=False, most=2000, rows=4)


class CallBackForm(StepForm):
    """What the caller heard."""

    result = forms.ChoiceField(widget=forms.RadioSelect, label=_("Result"))
    text = LongText(label=_("Record of the call"), most=2000, help_text=_("Who was reached, when, and what they said."))

    def prepare(self) -> None:
        """Only results that fit what the call is about."""
        field = self.fields["result"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(result.value, result.label) for result in possible_results(self.issue)]


class ReasonForm(StepForm):
    """A step of the firm that needs a reason."""

    reason = LongText(label=_("Why?"), most=1000, rows=4)


class CorrectForm(StepForm):
    """What the firm puts right."""

    title = TitleField(label=_("Title"), most=MAX_TITLE)
    body = LongText(label=_("Matter"), most=MAX_BODY, rows=10)

    def prepare(self) -> None:
        """Begin with what stands there."""
        self.initial.update({"title": self.issue.title, "body": self.issue.body})
