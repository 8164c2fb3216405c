"""What units and leaders must give: acceptance, contact, more time, answer, sign-off, plan."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from issues import enums
from issues.deadlines import latest_extension
from issues.forms.common import LONGEST_PLAN, LONGEST_SUSPENSION, day_since, day_to_come
from issues.forms.fields import LongText, PersonField, StepForm, UnitField
from issues.forms.plain import plain
from issues.models import MAX_FILES, Milestone
from issues.permissions import may_view
from liaison.accounts.models import Duty
from liaison.accounts.queries import holders
from liaison.accounts.rights import Right, hats_of
from liaison.files.forms import AttachmentsField
from liaison.parameters.models import parameter
from liaison.ui.forms import DateInput, DateTimeInput
from liaison.ui.moments import words_of
from liaison.workdays import ZONE


class HandlerForm(StepForm):
    """Who in the unit does it."""

    handler = PersonField([], label=_("Handler"))
    note = LongText(label=_("Remark"), required=False, most=1000, rows=3)
    right = Right.ACCEPT_ORDERS

    def prepare(self) -> None:
        """Handlers of the unit on whose behalf the person acts; nobody from whom the issue is hidden."""
        able = [user for user in holders([Duty.HANDLER], self.unit_ids()) if may_view(self.issue, user)]
        self.fields["handler"] = PersonField(able, label=_("Handler"))

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
        if at:
            day_since(at.date(), self.issue)
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
        began = self.issue.dispatched_at or lead.issued_at
        doubled = latest_extension(began, lead.limit)
        if self.issue.category and self.issue.category.is_arrears:
            doubled = min(doubled, began.astimezone(ZONE).date() + timedelta(days=parameter("issues.arrears_most_days")))
        return max(doubled, self.due)

    def clean_until(self) -> date:
        """Later than now, within the ceiling."""
        until: date = self.cleaned_data["until"]
        if until <= self.due:
            raise ValidationError(_("The new date must be later than the present one."))
        if until > self.latest:
            message = _("At most once the original limit, and within the law; the latest date is %(latest)s.")
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
        return day_to_come(self.cleaned_data["until"], self.now.astimezone(ZONE).date(), LONGEST_SUSPENSION)


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
        elif until and until > self.now.astimezone(ZONE).date() + LONGEST_PLAN:
            self.add_error("until", _("This day is too far away."))
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
            written, _blank, words = line.partition(" ")
            title = plain(words.strip())
            try:
                day = date.fromisoformat(written)
            except ValueError:
                raise ValidationError(
                    _("“%(line)s” does not begin with a date like 2026-12-31."), params={"line": line[:60]}
                ) from None
            if not title:
                raise ValidationError(_("“%(line)s” has no title."), params={"line": line[:60]})
            if day_since(day, self.issue) > self.now.astimezone(ZONE).date() + LONGEST_PLAN:
                raise ValidationError(_("This day is too far away."))
            found.append((day, title[:200]))
        return found

    def clean_until(self) -> date:
        """A day to come."""
        return day_to_come(self.cleaned_data["until"], self.now.astimezone(ZONE).date(), LONGEST_PLAN)


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
        return day_to_come(self.cleaned_data["until"], self.now.astimezone(ZONE).date(), LONGEST_PLAN)


class EndForm(StepForm):
    """On which legal ground a matter ends unsolved."""

    basis = LongText(label=_("Legal ground"), most=1000, rows=2)
    text = LongText(label=_("Explanation to the firm"))


MAX_DIRECTIVE = 1900
"Leaves room for the usual words."
PHRASES = [
    ("soon", _("Handle this without delay and answer the enterprise in time.")),
    ("report", _("Report to me within three working days how it stands.")),
    ("solve", _("Solve the enterprise's difficulty as the policy allows; bring what is beyond you to me.")),
]


class DirectiveForm(StepForm):
    """A leader's written instruction: a ready phrase, words of their own, or both."""

    phrase = forms.ChoiceField(choices=PHRASES, widget=forms.RadioSelect, required=False, label=_("Usual words"))
    text = LongText(label=_("In your own words"), most=MAX_DIRECTIVE, rows=4, required=False)

    def clean(self) -> None:
        """Either is enough."""
        super().clean()
        if not self.errors and not (self.cleaned_data.get("phrase") or self.cleaned_data.get("text")):
            self.add_error("text", _("Choose usual words or write your own."))

    def values(self) -> dict[str, Any]:
        """Both together are the directive, in the language in which it was read."""
        values = super().values()
        phrase = values.pop("phrase", "")
        chosen = str(dict(PHRASES)[phrase]) if phrase else ""
        return {**values, "text": "\n".join(filter(None, [chosen, values["text"]]))}
