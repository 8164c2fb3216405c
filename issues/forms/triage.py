"""What the desk must give: admission, refusal, merging, dispatch, conference, a new round."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from issues import enums
from issues.forms.common import LONGEST_LIMIT, day_since
from issues.forms.fields import LongText, OfficialsField, StepForm, UnitField, UnitsField
from issues.guards import GIVES_AWAY
from issues.models import Category, Issue
from issues.permissions import may_view
from liaison.clocks.actions.rules import limit_in_force
from liaison.clocks.models import UNITS
from liaison.ui.forms import DateInput
from liaison.workdays import ZONE
from liaison.workdays.limits import Limit, LimitUnit
from liaison.workdays.words import limit_words


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
        if found.sensitive != self.issue.sensitive:
            raise ValidationError(GIVES_AWAY)
        return found


DISPATCH_UNITS = [(unit.value, UNITS[unit]) for unit in (LimitUnit.WORKING_DAYS, LimitUnit.WORKING_HOURS, LimitUnit.HOURS)]


class DispatchForm(StepForm):
    """Who is to handle it, by when."""

    lead_unit = UnitField(label=_("Lead unit"))
    co_units = UnitsField(label=_("Co-units"), required=False)
    limit = forms.IntegerField(label=_("Limit"), min_value=1, max_value=LONGEST_LIMIT)
    limit_unit = forms.ChoiceField(choices=DISPATCH_UNITS, required=False, label=_("Limit counted in"))
    note = LongText(label=_("Remark to the units"), required=False, most=1000, rows=3)

    def prepare(self) -> None:
        """Propose the category's usual units and the limit of the rule."""
        category = self.issue.category
        usual = limit_in_force(enums.Timed.ANSWER, self.issue.nature, self.issue.urgency)
        self.initial.update({"limit": usual.amount, "limit_unit": usual.unit.value})
        self.fields["limit"].help_text = _("Proposed by rule for this nature and urgency: %(limit)s.") % {
            "limit": limit_words(usual)
        }
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

    def values(self) -> dict[str, Any]:
        """Amount and unit are one limit; a bare number is of working days."""
        values = super().values()
        unit = values.pop("limit_unit") or LimitUnit.WORKING_DAYS
        return {**values, "limit": Limit(values["limit"], LimitUnit(unit))}


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
        return day_since(day, self.issue)


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


class OfficialsForm(StepForm):
    """Officials whom the issue concerns; it is hidden from them and their people."""

    officials = OfficialsField(
        label=_("Officials concerned"),
        required=False,
        help_text=_("The issue is hidden from them, from who stands in for them, and from their subordinates, at once."),
    )

    def prepare(self) -> None:
        """Everybody with a posting, and whom the firm named in its own words."""
        field = self.fields["officials"]
        assert isinstance(field, OfficialsField)
        field.group_by_unit()
        if self.issue.concerns_text:
            parts = {"hidden": field.help_text, "words": self.issue.concerns_text}
            field.help_text = _("%(hidden)s The enterprise wrote: “%(words)s”.") % parts
        self.initial.update({"officials": [c.official.username for c in self.issue.concerns.select_related("official")]})

    def values(self) -> dict[str, Any]:
        """The action knows no version: naming an official must never fail for being late."""
        return {"officials": self.cleaned_data["officials"]}


class RecheckForm(StepForm):
    """What the desk found."""

    result = forms.ChoiceField(choices=enums.Recheck, widget=forms.RadioSelect, label=_("Result"))
    text = LongText(label=_("What was found"), most=2000)
