"""One point as event staff write it down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.models import Enterprise
from events.actions.points import POINT_FIELDS, Said
from events.enums import INVITED, PointKind
from events.forms.plan import Words
from events.forms.topics import OnceKey
from events.models import AgendaItem, Occasion, Point
from events.models.point import MAX_ANSWER, MAX_POINT
from issues.forms.fields import LongText
from liaison.ui.forms import PortalForm


class PointForm(PortalForm):
    """Who said what, and what became of it."""

    kind = forms.ChoiceField(label=pgettext_lazy("point", "What became of it"), choices=PointKind, widget=forms.RadioSelect)
    enterprise = forms.ModelChoiceField(
        Enterprise.objects.none(),
        to_field_name="credit_code",
        required=False,
        label=_("Enterprise"),
        empty_label=pgettext_lazy("point", "No enterprise"),
    )
    speaker = Words(label=_("Speaker"), max_length=60)
    text = LongText(label=pgettext_lazy("point", "What was raised"), most=MAX_POINT, rows=4)
    answer = LongText(label=_("Answer given"), most=MAX_ANSWER, rows=3, required=False)
    agenda_item = forms.ModelChoiceField(AgendaItem.objects.none(), required=False, label=_("Agenda item"))
    once_key = OnceKey()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, occasion: Occasion, point: Point | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        invited = occasion.invitations.filter(state__in=sorted(INVITED)).values("enterprise")
        raised = occasion.points.values("enterprise")
        firms = Enterprise.objects.filter(pk__in=invited) | Enterprise.objects.filter(pk__in=raised)
        self.fields["enterprise"].queryset = firms.order_by("name")  # type: ignore[attr-defined]
        self.fields["agenda_item"].queryset = occasion.agenda.all()  # type: ignore[attr-defined]
        if point is not None:
            self._show(point)

    def _show(self, point: Point) -> None:
        self.initial = {name: getattr(point, name) for name in POINT_FIELDS}
        self.initial |= {"enterprise": point.enterprise.credit_code if point.enterprise else None, "version": point.version}
        self.fields["once_key"].initial = point.once_key
        if point.issue_id:
            for name in ("kind", "enterprise"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("It has become an issue, so this stays.")

    def clean(self) -> None:
        """What the kind asks for."""
        super().clean()
        values = self.cleaned_data
        if values.get("kind") == PointKind.ANSWERED and not values.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("Write down what was answered."))
        if values.get("kind") == PointKind.TAKEN and not values.get("enterprise") and "enterprise" not in self.errors:
            self.add_error("enterprise", _("Choose the enterprise that waits for what was taken away."))

    def said(self) -> Said:
        """What the action takes."""
        return Said(**{name: self.cleaned_data[name] for name in POINT_FIELDS})
