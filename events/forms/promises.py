"""How each point that was taken away becomes an issue."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions.promises import Promise, joinable
from events.forms.plan import Words
from events.models import Point
from issues.enums import Kind, Nature, Timed, Urgency
from issues.forms.common import LONGEST_LIMIT
from issues.forms.fields import UnitField, UnitsField
from issues.models import MAX_TITLE, Category, Issue
from liaison.accounts.models import User
from liaison.clocks.actions.rules import limit_in_force
from liaison.ui.forms import PortalForm
from liaison.workdays.limits import Limit, LimitUnit
from liaison.workdays.words import limit_words

OF_THE_DESK: Final = ("urgency", "lead_unit", "co_units", "limit")


class PromiseForm(PortalForm):
    """One point; who may triage says at once who handles it."""

    include = forms.BooleanField(label=_("Turn it into an issue now"), required=False, initial=True)
    existing = forms.ModelChoiceField(
        Issue.objects.none(),
        to_field_name="number",
        required=False,
        label=_("Entered already as"),
        empty_label=_("Not entered yet"),
        help_text=_("If you choose one, the point is joined to it and the rest of this form does not count."),
    )
    title = Words(label=_("Title of the issue"), max_length=MAX_TITLE)
    category = forms.ModelChoiceField(Category.objects.filter(is_active=True), to_field_name="code", label=_("Category"))
    nature = forms.ChoiceField(label=_("Nature"), choices=Nature, initial=Nature.HELP)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency, initial=Urgency.NORMAL)
    lead_unit = UnitField(label=_("Lead unit"), required=False, help_text=_("Empty: the category's usual unit."))
    co_units = UnitsField(label=_("Co-units"), required=False)
    limit = forms.IntegerField(label=_("Limit in working days"), required=False, min_value=1, max_value=LONGEST_LIMIT)

    def __init__(self, *args: Any, point: Point, by: User, at_desk: bool, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"p{point.number}", **kwargs)
        self.point = point
        self._offer_existing(by)
        self.fields["title"].initial = point.text.splitlines()[0][:MAX_TITLE]
        if not at_desk:
            for name in OF_THE_DESK:
                del self.fields[name]
            return
        topic = point.agenda_item.topic if point.agenda_item else None
        self.fields["co_units"].widget = forms.SelectMultiple(attrs={"size": 5})
        self.fields["co_units"].widget.choices = self.fields["co_units"].choices  # type: ignore[attr-defined]
        self.fields["lead_unit"].initial = topic.unit.code if topic and topic.unit else None
        usual = limit_in_force(Timed.ANSWER, Nature.HELP)
        self.fields["limit"].help_text = _("Empty: by the rule for its nature; for a request for help %(limit)s.") % {
            "limit": limit_words(usual)
        }

    def _offer_existing(self, by: User) -> None:
        """Issues of the firm that could be meant; where there are none the question is not asked."""
        rows = joinable(self.point, by)
        if not rows.exists():
            del self.fields["existing"]
            return
        self.fields["existing"].queryset = rows  # type: ignore[attr-defined]
        if self.is_bound and self.data.get(self.add_prefix("existing")):
            for field in self.fields.values():
                field.required = False

    @property
    def is_wanted(self) -> bool:
        """Ticked; one that is not ticked is left for later, whatever else stands in it."""
        return self.is_bound and self.fields["include"].widget.value_from_datadict(
            self.data, self.files, self.add_prefix("include")
        )

    def clean(self) -> None:
        """Somebody must lead, and has one part."""
        super().clean()
        values = self.cleaned_data
        if values.get("existing"):
            return
        if "lead_unit" not in self.fields or not values.get("category"):
            return
        category: Category = values["category"]
        lead = values.get("lead_unit") or category.lead_unit
        if lead is None:
            self.add_error("lead_unit", _("Choose the lead unit: the category has no usual one."))
        elif lead in (values.get("co_units") or []):
            self.add_error("co_units", _("The lead unit cannot be a co-unit as well."))
        values["lead_unit"] = lead

    def promise(self) -> Promise:
        """What the action takes."""
        values = self.cleaned_data
        limit = values.get("limit")
        return Promise(
            point=self.point,
            existing=values.get("existing"),
            title=values["title"],
            category=values["category"],
            nature=values["nature"],
            kind=Kind.INDIVIDUAL,
            urgency=values.get("urgency") or Urgency.NORMAL,
            lead_unit=values.get("lead_unit"),
            co_units=list(values.get("co_units") or []),
            limit=Limit(limit, LimitUnit.WORKING_DAYS) if limit else None,
        )
