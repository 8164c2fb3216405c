"""Filters of the schedule and of an occasion's invitations; they stand in the address."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.enums import Action, InvitationState, Kind
from liaison.ui.forms import PortalForm

ANY = ("", pgettext_lazy("filter", "Any"))


class ScheduleForm(PortalForm):
    """Which occasions to show."""

    q = forms.CharField(label=_("Title or place"), max_length=60, required=False, widget=forms.SearchInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *Kind.choices], required=False)
    action = forms.ChoiceField(label=_("Which of the six actions"), choices=[ANY, *Action.choices], required=False)
    when = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_used(self) -> bool:
        """Whether anything was narrowed."""
        return any(self.data.get(name) for name in ("q", "kind", "action"))

    def narrow(self, rows: Any) -> Any:
        """Rows that meet every filter."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        rows = rows.filter(**{name: asked[name] for name in ("kind", "action") if asked[name]})
        words = asked["q"]
        return rows.filter(title__contains=words) | rows.filter(place__contains=words) if words else rows


class InvitationFilterForm(PortalForm):
    """Which invitations to show."""

    q = forms.CharField(label=_("Enterprise or guest"), max_length=60, required=False, widget=forms.SearchInput)
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *InvitationState.choices], required=False)

    def narrow(self, rows: Any) -> Any:
        """Rows that meet every filter."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        rows = rows.filter(state=asked["state"]) if asked["state"] else rows
        words = asked["q"]
        return rows.filter(enterprise__name__contains=words) | rows.filter(guest_name__contains=words) if words else rows


def month_of(text: str, today: date) -> date:
    """The first day of ``2026-10``; of this month where the text says nothing."""
    year, _dash, month = text.partition("-")
    if year.isdecimal() and month.isdecimal() and len(text) <= len("2026-10"):
        number = int(month)
        if 2000 <= int(year) <= 2100 and 1 <= number <= 12:  # noqa: PLR2004 - years that a calendar shows, months
            return date(int(year), number, 1)
    return today.replace(day=1)
