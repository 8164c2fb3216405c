"""Which figures of meetings to show; it stands in the address."""

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.enums import Action, Kind, PointKind
from events.figures import Scope
from events.models import Series
from liaison.accounts.models import User
from liaison.ui.forms import PortalForm

LISTS: Final[dict[str, str | Promise]] = {
    "occasions": _("Meetings that were held"),
    "watched": _("Meetings with check-in at the door"),
    "booklets": _("Meetings at which booklets were handed out"),
    "reached": _("Enterprises that were reached"),
    "first": _("Enterprises reached for the first time"),
    "small": _("Small and micro enterprises that were reached"),
    "announced": _("Announced, at meetings with check-in at the door"),
    "no_shows": _("Announced and not come"),
    "points": pgettext_lazy("minutes", "Points raised"),
    "promises": _("Taken away, with another meeting since"),
    "kept": _("Taken away, and closed by the next meeting"),
}


class FiguresForm(PortalForm):
    """Year and series; the rest says which of the figures is opened."""

    year = forms.TypedChoiceField(label=pgettext_lazy("figures", "Year"), coerce=int, empty_value=None, required=False)
    series = forms.ModelChoiceField(
        Series.objects.all(),
        to_field_name="code",
        required=False,
        label=_("Series"),
        empty_label=pgettext_lazy("series", "All meetings"),
    )
    show = forms.ChoiceField(choices=list(LISTS.items()), required=False)
    kind = forms.ChoiceField(choices=Kind, required=False)
    action = forms.ChoiceField(choices=Action, required=False)
    point = forms.ChoiceField(choices=PointKind, required=False)
    leader = forms.ModelChoiceField(User.objects.all(), to_field_name="username", required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", pgettext_lazy("figures", "All years")), *((year, str(year)) for year in years)]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]

    def scope(self) -> Scope:
        """What the figures are of."""
        return Scope(self.cleaned_data["year"], self.cleaned_data["series"])

    def words(self) -> list[str]:
        """What narrows the list that is opened."""
        asked = self.cleaned_data
        found = [asked["year"], asked["series"], asked["leader"]]
        narrowing = (("kind", Kind), ("action", Action), ("point", PointKind))
        found += [choices(asked[name]).label for name, choices in narrowing if asked[name]]
        return [str(word) for word in found if word]
