"""Filters of the lists of supervision orders and summonses; they stand in the address."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.enums import SummonsStage, SupervisionStage
from issues.forms.filters import ANY, UNKNOWN
from issues.supervised import late
from liaison.accounts.models import Unit
from liaison.ui.forms import PlainSelect, PortalForm
from liaison.workflow import Words

ALL = ("all", pgettext_lazy("filter", "All"))


class SupervisionFilterForm(PortalForm):
    """Which orders to show; without a choice those that are not closed, the most urgent first."""

    first: Words = pgettext_lazy("supervision orders", "Not closed")
    stages: Any = SupervisionStage
    ended: str = SupervisionStage.CLOSED

    state = forms.ChoiceField(label=_("State"), required=False, error_messages=UNKNOWN, widget=PlainSelect)
    unit = forms.ChoiceField(label=_("Unit"), required=False, error_messages=UNKNOWN, widget=PlainSelect)
    overdue = forms.BooleanField(label=_("Only what is late"), required=False)

    def __init__(self, *args: Any, now: datetime, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.rows = {unit.code: unit for unit in Unit.objects.filter(pk__in=units)}
        self.fields["state"].choices = [("", self.first), *self.stages.choices, ALL]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [ANY, *((code, str(unit)) for code, unit in self.rows.items())]  # type: ignore[attr-defined]

    @property
    def is_used(self) -> bool:
        """Whether anything was chosen."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def by(self) -> str:
        """The most urgent first; among closed ones the newest."""
        return "-opened_at" if self.cleaned_data.get("state") in {self.ended, "all"} else "due_at"

    def wanted(self) -> Q:
        """The condition; what could not be understood narrows nothing and is told."""
        state, unit = self.cleaned_data.get("state"), self.cleaned_data.get("unit")
        found = Q(stage=state) if state and state != "all" else Q() if state else ~Q(stage=self.ended)
        found &= Q(unit=self.rows[unit]) if unit else Q()
        return found & self._late() if self.cleaned_data.get("overdue") else found

    def _late(self) -> Q:
        return late(self.now)


class SummonsFilterForm(SupervisionFilterForm):
    """Which summonses to show; without a choice those still to be held."""

    first = pgettext_lazy("summonses", "Still to be held")
    stages = SummonsStage
    ended = SummonsStage.RECORDED

    @property
    def by(self) -> str:
        """The most urgent first; among recorded ones the newest."""
        return "-called_at" if self.cleaned_data.get("state") in {self.ended, "all"} else "due_at"

    def _late(self) -> Q:
        return Q(stage=SummonsStage.CALLED, due_at__lt=self.now)
