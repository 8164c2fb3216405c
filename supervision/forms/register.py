"""What the steps of batches and appointments must be given; ``values()`` are the keyword arguments of their actions."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.forms.fields import LongText
from liaison.parameters.models import parameter
from liaison.ui.forms import DateInput, PortalForm
from liaison.ui.moments import words_of
from liaison.workdays import ZONE
from supervision.actions.appointing import Candidate, Unfit, last_day_of_term
from supervision.enums import Grade, Ground, Tie
from supervision.forms.fields import FirmField, Line, PersonField
from supervision.models import Appointment, Batch, Interest
from supervision.models.account import MAX_ACCOUNT
from supervision.models.appointment import MAX_FIELD, MAX_WORKPLACE
from supervision.models.batch import MAX_TITLE

UNFIT: Final = {
    "term": ("to_on", _("The term is longer than allowed.")),
    "official": ("person", _("%(value)s holds an office in the district. Whoever is supervised cannot be a supervisor.")),
    "terms": ("person", _("This person has served %(value)s terms already; more are not allowed.")),
    "listed": ("person", _("%(value)s is on this list already.")),
    "overlap": ("person", _("%(value)s is a supervisor, or on another list, for days of this term.")),
    "given": ("year", _("The account of %(value)s has been given already.")),
    "declared": ("enterprise", _("This interest is declared already: %(value)s.")),
}
"Why an action refuses: the field it is about, and the sentence."


class RegisterForm(PortalForm):
    """About a batch or an appointment, at one moment."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, subject: Batch | Appointment, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.now = subject, now
        self.fields["version"].initial = subject.version
        self.prepare()

    def prepare(self) -> None:
        """Set choices and proposals that depend on the subject."""

    def values(self) -> dict[str, Any]:
        """The action's keyword arguments."""
        return dict(self.cleaned_data)


def tell(form: forms.Form, unfit: Unfit) -> None:
    """Say beside its field why the action refused."""
    field, words = UNFIT[unfit.why]
    form.add_error(field if field in form.fields else None, str(words) % {"value": unfit.value})


class BatchForm(PortalForm):
    """A new list."""

    title = Line(label=_("Title"), max_length=MAX_TITLE, help_text=_("For example: First business-environment supervisors"))
    from_on = forms.DateField(label=_("Term begins"), widget=DateInput)
    to_on = forms.DateField(label=_("Term ends"), widget=DateInput)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = now.astimezone(ZONE).date()
        years = parameter("supervision.term_years")
        self.fields["to_on"].help_text = _("At most %(years)d years after it begins.") % {"years": years}

    def clean(self) -> None:
        """A term to come, no longer than allowed."""
        super().clean()
        begins, ends = self.cleaned_data.get("from_on"), self.cleaned_data.get("to_on")
        if begins and begins < self.today:
            self.add_error("from_on", _("Nobody is appointed for days that have passed."))
        if begins and ends and ends <= begins:
            self.add_error("to_on", _("The term ends before it begins."))
        elif begins and ends and ends > (last := last_day_of_term(begins)):
            words = _("A term may not be longer than %(years)d years: it ends on %(day)s at the latest.")
            self.add_error("to_on", words % {"years": parameter("supervision.term_years"), "day": words_of(last, "day")})


class PlainForm(RegisterForm):
    """A step that needs nothing but the button."""


class AddForm(RegisterForm):
    """Who, for which field."""

    person = PersonField(label=_("User name"), help_text=_("Whoever has served before is renewed."))
    field = Line(label=_("Field"), max_length=MAX_FIELD, help_text=_("What the supervisor watches: taxes, approvals, finance …"))
    workplace = Line(label=_("Place of work and position"), max_length=MAX_WORKPLACE)

    def values(self) -> dict[str, Any]:
        """A candidate."""
        given = dict(self.cleaned_data)
        version = given.pop("version")
        return {"candidate": Candidate(**given), "version": version}


class ReasonForm(RegisterForm):
    """Why."""

    reason = LongText(label=_("Reason"), most=500, rows=3)


class DismissForm(ReasonForm):
    """On which ground, and what happened."""

    ground = forms.ChoiceField(label=_("Ground"), choices=Ground, widget=forms.RadioSelect)
    field_order = ("ground", "reason")


class InterestForm(RegisterForm):
    """Which enterprise, and how one is tied to it."""

    enterprise = FirmField(label=_("Enterprise"))
    tie = forms.ChoiceField(label=_("Tie"), choices=Tie, widget=forms.RadioSelect)


class InterestField(forms.ModelChoiceField[Interest]):
    """One declared interest."""

    def label_from_instance(self, obj: Any) -> str:
        """Which enterprise, and the tie."""
        return f"{obj.enterprise.name} · {obj.get_tie_display()}"


class EndInterestForm(ReasonForm):
    """Which interest is no more."""

    interest = InterestField(Interest.objects.none(), label=_("Declared interest"), empty_label=None)
    field_order = ("interest", "reason")

    def prepare(self) -> None:
        """Those that still hold."""
        assert isinstance(self.subject, Appointment)
        field = self.fields["interest"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Interest.objects.open().filter(person=self.subject.person).select_related("enterprise")


class ConsentForm(RegisterForm):
    """Whether everybody may read one's name."""

    is_public = forms.TypedChoiceField(
        label=_("May the public list name you, with your field?"),
        choices=[("yes", pgettext_lazy("plain answer", "Yes")), ("no", pgettext_lazy("plain answer", "No"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )

    def prepare(self) -> None:
        """As it stands."""
        assert isinstance(self.subject, Appointment)
        self.fields["is_public"].initial = "yes" if self.subject.is_public else "no"


class AccountForm(RegisterForm):
    """What was done in which year."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    text = LongText(
        label=_("Your account"),
        most=MAX_ACCOUNT,
        rows=9,
        help_text=_("What you did in each of the four functions, what came of it, what you suggest."),
    )

    def prepare(self) -> None:
        """This year and the one before, as far as the term reaches."""
        assert isinstance(self.subject, Appointment)
        today = self.now.astimezone(ZONE).date()
        years = [year for year in (today.year, today.year - 1) if year >= self.subject.from_on.year]
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class EvaluateForm(PortalForm):
    """How the desk judges the year."""

    grade = forms.ChoiceField(label=_("Grade"), choices=Grade, widget=forms.RadioSelect)
    note = LongText(label=_("Judgement"), most=1000, rows=4, help_text=_("The supervisor reads it."))


BATCH_FORMS: Final[dict[str, type[RegisterForm]]] = {
    "add": AddForm,
    "announce": PlainForm,
    "appoint": PlainForm,
    "cancel": ReasonForm,
}
APPOINTMENT_FORMS: Final[dict[str, type[RegisterForm]]] = {
    "account": AccountForm,
    "interest": InterestForm,
    "end-interest": EndInterestForm,
    "consent": ConsentForm,
    "reissue": ReasonForm,
    "strike": ReasonForm,
    "resign": ReasonForm,
    "dismiss": DismissForm,
}
