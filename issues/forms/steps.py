"""One form for each step of the flow; the field names are those of the address book (docs/architecture.md)."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from issues import enums
from issues.deadlines import latest_extension, limit_key
from issues.forms.fields import LongText, PersonField, StepForm, UnitField, UnitsField
from issues.models import MAX_BODY, MAX_FILES, MAX_TITLE, Category, Issue, Milestone
from issues.permissions import may_view
from issues.workflow import possible_results
from liaison.accounts.models import Duty, User
from liaison.accounts.queries import holders
from liaison.accounts.rights import Right, hats_of
from liaison.files.forms import AttachmentsField
from liaison.parameters.models import parameter
from liaison.ui.forms import DateInput, DateTimeInput
from liaison.ui.moments import words_of
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


class AdmitForm(StepForm):
    """How the matter is classified."""

    category = forms.ModelChoiceField(Category.objects.filter(is_active=True), to_field_name="code", label=_("Category"))
    nature = forms.ChoiceField(choices=enums.Nature, widget=forms.RadioSelect, label=_("Nature"))
    kind = forms.ChoiceField(choices=enums.Kind, widget=forms.RadioSelect, label=_("Type"), initial=enums.Kind.INDIVIDUAL)
    urgency = forms.ChoiceField(choices=enums.Urgency, widget=forms.RadioSelect, label=_("Urgency"))
    note = LongText(label=_("Remark to the firm"), required=False, most=1000, rows=3)

    def prepare(self) -> None:
        """Propose what the firm chose."""
        category = self.issue.category
        self.initial.update(
            {
                "category": category.code if category else None,
                "nature": self.issue.nature,
                "urgency": self.issue.urgency,
            }
        )


class RefusalForm(StepForm):
    """Why it cannot be admitted, and where the firm can go."""

    reason = forms.ChoiceField(choices=enums.Ground, label=_("Ground"))
    text = LongText(
        label=_("Legal route to take instead"), help_text=_("The firm reads this: which body, by which law, within which time.")
    )


class DecisionForm(StepForm):
    """Approve or decline what somebody asked."""

    result = forms.ChoiceField(choices=enums.Decision, widget=forms.RadioSelect, label=_("Decision"))
    note = LongText(label=_("Reason"), required=False, most=1000, rows=3, help_text=_("Needed when you decline."))

    def clean(self) -> None:
        """Whoever declines says why."""
        super().clean()
        if self.cleaned_data.get("result") == enums.Decision.DECLINE and not self.cleaned_data.get("note"):
            self.add_error("note", _("Say why it is declined."))


class AnswerAtOnceForm(StepForm):
    """The desk's own reply."""

    text = LongText(label=_("Answer to the firm"), rows=8)


class MergeForm(StepForm):
    """Which issue it joins."""

    into = forms.CharField(
        label=_("Joins issue"), max_length=40, help_text=_("The number of an open issue of the same firm, such as 2022-36.")
    )
    note = LongText(label=_("Remark to the firm"), required=False, most=1000, rows=3)

    def clean_into(self) -> Issue:
        """An open issue of the same firm that this person may see; anything else is not found."""
        text = self.cleaned_data["into"].strip()
        parts = [part for part in "".join(c if c.isdecimal() else " " for c in text).split() if len(part) < 10]  # noqa: PLR2004
        found = Issue.objects.filter(year=int(parts[0]), serial=int(parts[1])).first() if len(parts) == 2 else None  # noqa: PLR2004
        same = found and found.enterprise_id == self.issue.enterprise_id and found.pk != self.issue.pk
        if found is None or not same or not found.is_open or not may_view(found, self.by):
            raise ValidationError(_("There is no open issue of this firm with that number."))
        return found


class DispatchForm(StepForm):
    """Who is to handle it, by when."""

    lead_unit = UnitField(label=_("Lead unit"))
    co_units = UnitsField(label=_("Co-units"), required=False)
    limit = forms.IntegerField(label=_("Limit in working days"), min_value=1, max_value=LONGEST_LIMIT)
    note = LongText(label=_("Remark to the units"), required=False, most=1000, rows=3)

    def prepare(self) -> None:
        """Propose the category's usual units and the limit of the rule."""
        category = self.issue.category
        days = parameter(limit_key(self.issue.nature, self.issue.urgency))
        self.initial.update({"limit": days})
        self.fields["limit"].help_text = _("Proposed by rule for this nature and urgency: %(days)d.") % {"days": days}
        if category:
            self.initial.update(
                {
                    "lead_unit": category.lead_unit.code if category.lead_unit else None,
                    "co_units": [unit.code for unit in category.co_units.all()],
                }
            )

    def clean(self) -> None:
        """A unit has one part."""
        super().clean()
        lead = self.cleaned_data.get("lead_unit")
        if lead and lead in (self.cleaned_data.get("co_units") or []):
            self.add_error("co_units", _("The lead unit cannot be a co-unit as well."))


class HandlerForm(StepForm):
    """Who in the unit does it."""

    handler = PersonField([], label=_("Handler"))
    note = LongText(label=_("Remark"), required=False, most=1000, rows=3)
    right = Right.ACCEPT_ORDERS

    def prepare(self) -> None:
        """Handlers of the unit on whose behalf the person acts."""
        self.fields["handler"] = PersonField(holders([Duty.HANDLER], self.unit_ids()), label=_("Handler"))

    def unit_ids(self) -> list[int]:
        """The lead unit."""
        return [self.issue.lead_unit_id] if self.issue.lead_unit_id else []


class CoHandlerForm(HandlerForm):
    """Who in the co-unit does it."""

    def unit_ids(self) -> list[int]:
        """The co-units of this person that have not accepted yet."""
        mine = hats_of(self.by).units(Right.ACCEPT_ORDERS)
        waiting = (o for o in self.issue.orders.all() if o.state == enums.OrderState.ISSUED and o.role == enums.OrderRole.CO)
        return [order.unit_id for order in waiting if order.unit_id in mine][:1]


class SendBackForm(StepForm):
    """Why it is not the unit's matter."""

    reason = LongText(label=_("Reason"), most=1000, rows=3)
    basis = LongText(label=_("Basis: law, duties list or document"), most=1000, rows=2)
    proposed_unit = UnitField(label=_("Whose it is, in your view"), required=False)


class ContactForm(StepForm):
    """When, how, and what was said."""

    at = forms.DateTimeField(label=_("When"), required=False, widget=DateTimeInput, help_text=_("Left empty: now."))
    kind = forms.ChoiceField(
        choices=enums.ContactWay, widget=forms.RadioSelect, label=_("How"), initial=enums.ContactWay.PHONE, required=False
    )
    text = LongText(label=_("What was said"), most=2000)

    def clean_kind(self) -> str:
        """By phone, unless said otherwise."""
        return self.cleaned_data["kind"] or enums.ContactWay.PHONE

    def clean_at(self) -> Any:
        """Nobody has spoken in the future."""
        at = self.cleaned_data["at"]
        if at and at > self.now + timedelta(minutes=5):
            raise ValidationError(_("This moment has not come yet."))
        return at


class ExtensionForm(StepForm):
    """Why, until when, and what the firm is told."""

    reason = LongText(label=_("Reason"), most=1000, rows=3)
    until = forms.DateField(label=_("New date"), widget=DateInput)
    note = LongText(
        label=_("Note to the firm"), most=1000, rows=3, help_text=_("The firm reads this when the extension is approved.")
    )

    def prepare(self) -> None:
        """Say what is possible."""
        self.fields["until"].help_text = _("After %(due)s, at the latest %(latest)s (once the original limit).") % {
            "due": words_of(self.due, "day"), "latest": words_of(self.latest, "day"),
        }  # fmt: skip

    @property
    def due(self) -> date:
        """The date now."""
        assert self.issue.due_at is not None
        return self.issue.due_at.astimezone(ZONE).date()

    @property
    def latest(self) -> date:
        """The ceiling."""
        lead = [o for o in self.issue.orders.all() if o.role == enums.OrderRole.LEAD and o.round == self.issue.round][-1]
        return max(latest_extension(lead.issued_at, lead.limit_days), self.due)

    def clean_until(self) -> date:
        """Later than now, within the ceiling."""
        until: date = self.cleaned_data["until"]
        if until <= self.due:
            raise ValidationError(_("The new date must be later than the present one."))
        if until > self.latest:
            message = _("More than once the original limit is not possible; the latest date is %(latest)s.")
            raise ValidationError(message, params={"latest": words_of(self.latest, "day")})
        return until


class SuspensionForm(StepForm):
    """What is waited for, until when, with evidence."""

    kind = forms.ChoiceField(choices=enums.Waiting, widget=forms.RadioSelect, label=_("Waiting for"))
    reason = LongText(label=_("Reason"), most=1000, rows=3)
    until = forms.DateField(label=_("Until"), widget=DateInput, help_text=_("It resumes by itself after this day."))
    evidence = AttachmentsField(label=_("Evidence"), required=False, most=MAX_FILES)

    def clean_until(self) -> date:
        """A day to come."""
        return _day_to_come(self.cleaned_data["until"], self.now.astimezone(ZONE).date(), LONGEST_SUSPENSION)


def _day_to_come(day: date, today: date, most: timedelta) -> date:
    if day <= today:
        raise ValidationError(_("Choose a day after today."))
    if day > today + most:
        raise ValidationError(_("This day is too far away."))
    return day


class ConferForm(StepForm):
    """Which units sat together, when, and what was decided."""

    co_units = UnitsField(label=_("Units that took part"))
    held_on = forms.DateField(label=_("Held on"), widget=DateInput)
    text = LongText(label=_("Decision"))

    def clean_held_on(self) -> date:
        """A day that has been."""
        day: date = self.cleaned_data["held_on"]
        if day > self.now.astimezone(ZONE).date():
            raise ValidationError(_("This day has not come yet."))
        return day


class AnswerForm(StepForm):
    """Outcome, reply, evidence."""

    outcome = forms.ChoiceField(choices=enums.Outcome, widget=forms.RadioSelect, label=_("Outcome"))
    text = LongText(label=_("Answer to the firm"), rows=8, help_text=_("The firm reads this after the head has signed it off."))
    until = forms.DateField(label=_("Planned for"), required=False, widget=DateInput, help_text=_("Needed for “planned”."))
    reason = forms.ChoiceField(
        choices=[("", "–"), *enums.UnreasonableReason.choices],
        label=_("Why unreasonable"),
        required=False,
        help_text=_("Needed for “unreasonable”."),
    )
    evidence = AttachmentsField(label=_("Evidence"), required=False, most=MAX_FILES)

    def clean(self) -> None:
        """A plan has a date, an unreasonable request a reason."""
        super().clean()
        outcome, until = self.cleaned_data.get("outcome"), self.cleaned_data.get("until")
        if outcome == enums.Outcome.PLANNED and not until and "until" not in self.errors:
            self.add_error("until", _("Say for when it is planned."))
        if until and until <= self.now.astimezone(ZONE).date():
            self.add_error("until", _("Choose a day after today."))
        if outcome == enums.Outcome.UNREASONABLE and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say why the request is unreasonable."))

    def values(self) -> dict[str, Any]:
        """Dates and reasons only where the outcome asks for them."""
        values = super().values()
        if values["outcome"] != enums.Outcome.PLANNED:
            values["until"] = None
        if values["outcome"] != enums.Outcome.UNREASONABLE:
            values["reason"] = ""
        return values


class SignOffForm(StepForm):
    """Let it go, or return it."""

    result = forms.ChoiceField(choices=enums.SignOff, widget=forms.RadioSelect, label=_("Decision"))
    note = LongText(label=_("Remark"), required=False, most=1000, rows=3, help_text=_("Needed when you return it."))

    def clean(self) -> None:
        """Whoever returns says what is missing."""
        super().clean()
        if self.cleaned_data.get("result") == enums.SignOff.RETURN and not self.cleaned_data.get("note"):
            self.add_error("note", _("Say what is to be revised."))


class TrackForm(StepForm):
    """The plan of a long matter."""

    text = LongText(label=_("Plan"))
    milestones = LongText(label=_("Milestones"), most=2000, help_text=_("One a line: 2026-12-31 what will have been done."))
    until = forms.DateField(label=_("Next report"), widget=DateInput)

    def clean_milestones(self) -> list[tuple[date, str]]:
        """Lines of a date and a title."""
        found: list[tuple[date, str]] = []
        for line in filter(None, map(str.strip, self.cleaned_data["milestones"].splitlines())):
            day, _blank, title = line.partition(" ")
            try:
                found.append((date.fromisoformat(day), title.strip()[:200]))
            except ValueError:
                raise ValidationError(
                    _("“%(line)s” does not begin with a date like 2026-12-31."), params={"line": line[:60]}
                ) from None
            if not title.strip():
                raise ValidationError(_("“%(line)s” has no title."), params={"line": line[:60]})
        return found

    def clean_until(self) -> date:
        """A day to come."""
        return _day_to_come(self.cleaned_data["until"], self.now.astimezone(ZONE).date(), LONGEST_PLAN)


class ProgressForm(StepForm):
    """What has moved, what is done, when the next report comes."""

    text = LongText(label=_("Progress"))
    milestones = forms.ModelMultipleChoiceField(
        Milestone.objects.none(), label=_("Milestones reached"), required=False, widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(label=_("Next report"), widget=DateInput)

    def prepare(self) -> None:
        """Milestones that are open."""
        field = self.fields["milestones"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = self.issue.milestones.filter(done_on=None)

    def clean_until(self) -> date:
        """A day to come."""
        return _day_to_come(self.cleaned_data["until"], self.now.astimezone(ZONE).date(), LONGEST_PLAN)


class EndForm(StepForm):
    """On which legal ground a matter ends unsolved."""

    basis = LongText(label=_("Legal ground"), most=1000, rows=2)
    text = LongText(label=_("Explanation to the firm"))


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


class RedoForm(StepForm):
    """Why a second round, by whom, by when."""

    reason = forms.ChoiceField(choices=enums.RedoReason, widget=forms.RadioSelect, label=_("Why it is redone"))
    lead_unit = UnitField(label=_("Lead unit"), required=False, help_text=_("Left empty: the same as before."))
    limit = forms.IntegerField(
        label=_("Limit in working days"),
        min_value=1,
        max_value=LONGEST_LIMIT,
        required=False,
        help_text=_("Left empty: the original limit."),
    )
    note = LongText(label=_("Remark to the unit"), required=False, most=1000, rows=3)

    def clean_lead_unit(self) -> Any:
        """What the desk answered itself has had no unit."""
        chosen = self.cleaned_data["lead_unit"]
        if chosen is None and self.issue.lead_unit_id is None:
            raise ValidationError(_("Choose the unit that is to handle it."))
        return chosen


class ReasonForm(StepForm):
    """A step of the firm that needs a reason."""

    reason = LongText(label=_("Why?"), most=1000, rows=4)


class DirectiveForm(StepForm):
    """A leader's written instruction."""

    text = LongText(label=_("Directive"), most=2000, rows=4)


class CorrectForm(StepForm):
    """What the firm puts right."""

    title = forms.CharField(label=_("Title"), max_length=MAX_TITLE)
    body = LongText(label=_("Matter"), most=MAX_BODY, rows=10)

    def prepare(self) -> None:
        """Begin with what stands there."""
        self.initial.update({"title": self.issue.title, "body": self.issue.body})


class OfficialsForm(StepForm):
    """Officials whom the issue concerns; it is hidden from them and their people."""

    officials = forms.ModelMultipleChoiceField(
        User.objects.none(), to_field_name="username", required=False, widget=forms.SelectMultiple(attrs={"size": 12}),
        label=_("Officials concerned"),
        help_text=_("The issue is hidden from them, from who stands in for them, and from their subordinates, at once."),
    )  # fmt: skip

    def prepare(self) -> None:
        """Everybody with a posting."""
        field = self.fields["officials"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = User.objects.filter(postings__isnull=False).distinct().order_by("name")
        self.initial.update({"officials": [c.official.username for c in self.issue.concerns.select_related("official")]})

    def values(self) -> dict[str, Any]:
        """The action knows no version: naming an official must never fail for being late."""
        return {"officials": self.cleaned_data["officials"]}


class RecheckForm(StepForm):
    """What the desk found."""

    result = forms.ChoiceField(choices=enums.Recheck, widget=forms.RadioSelect, label=_("Result"))
    text = LongText(label=_("What was found"), most=2000)


STEP_FORMS: Final[dict[str, type[StepForm]]] = {
    "admit": AdmitForm,
    "propose-refusal": RefusalForm,
    "confirm-refusal": DecisionForm,
    "answer-at-once": AnswerAtOnceForm,
    "merge": MergeForm,
    "dispatch": DispatchForm,
    "accept": HandlerForm,
    "accept-co": CoHandlerForm,
    "reassign": HandlerForm,
    "ask-send-back": SendBackForm,
    "decide-send-back": DecisionForm,
    "contact": ContactForm,
    "ask-extension": ExtensionForm,
    "decide-extension": DecisionForm,
    "ask-suspension": SuspensionForm,
    "decide-suspension": DecisionForm,
    "resume": NoteForm,
    "opinion": TextForm,
    "confer": ConferForm,
    "answer": AnswerForm,
    "sign-off": SignOffForm,
    "ask-track": TrackForm,
    "decide-track": DecisionForm,
    "progress": ProgressForm,
    "end": EndForm,
    "evaluate": EvaluateForm,
    "call-back": CallBackForm,
    "redo": RedoForm,
    "withdraw": ReasonForm,
    "reopen": ReasonForm,
    "direct-line": DirectiveForm,
    "correct": CorrectForm,
    "name-officials": OfficialsForm,
    "recheck": RecheckForm,
}
