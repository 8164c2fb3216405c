"""Filters of the lists; they stand in the address."""

from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.enums import Channel, Nature, Stage, Urgency
from issues.lights import BLUE, RED, YELLOW, lit
from issues.models import Category, IssueQuerySet
from issues.queries import Asker
from issues.search import found_by
from issues.worklists import ALL, WorkList
from liaison.accounts.models import Unit
from liaison.ui.forms import PlainSelect, PortalForm

ANY: Final = ("", pgettext_lazy("filter", "Any"))
UNKNOWN: Final = {"invalid_choice": _("“%(value)s” is not known here; choose one of the list.")}
LIGHTS: Final = [(RED, _("Red: overdue")), (YELLOW, _("Yellow: due soon")), (BLUE, _("Blue: in time"))]
STAGES: Final = [(stage.value, stage.label) for stage in Stage if stage != Stage.DRAFT]


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[ANY, *choices], required=False, error_messages=UNKNOWN, widget=PlainSelect)


def _by_code(rows: QuerySet[Any]) -> dict[str, Any]:
    """Reference data by code, read once."""
    return {row.code: row for row in rows}


class FilterForm(PortalForm):
    """Which issues of a list to show."""

    q = forms.CharField(label=_("Number, title, text or enterprise"), max_length=100, required=False, widget=forms.SearchInput)
    light = _choice(pgettext_lazy("filter", "Light"), LIGHTS)
    stage = _choice(pgettext_lazy("filter", "Stage"), STAGES)
    unit = _choice(pgettext_lazy("filter", "Lead unit"), [])
    category = _choice(pgettext_lazy("filter", "Category"), [])
    nature = _choice(pgettext_lazy("filter", "Nature"), Nature.choices)
    channel = _choice(pgettext_lazy("filter", "Channel"), Channel.choices)
    urgency = _choice(pgettext_lazy("filter", "Urgency"), Urgency.choices)
    view = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lists: list[WorkList], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = {each.key: each for each in lists}
        self.rows = {"unit": _by_code(Unit.objects.filter(is_active=True)), "category": _by_code(Category.objects.all())}
        for name, rows in self.rows.items():
            self.fields[name].choices = [ANY, *((code, str(row)) for code, row in rows.items())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A list that is not this person's is named; nothing is shown in its place without a word."""
        view = self.cleaned_data.get("view")
        if view and view not in self.lists:
            self.add_error(None, _("You have no list of this name; these are all issues that you may read."))
        return self.cleaned_data

    @property
    def is_used(self) -> bool:
        """Whether anything but the list itself was chosen."""
        return any(self.data.get(name) for name in self.fields if name != "view")

    @property
    def is_opened(self) -> bool:
        """Whether more than the search was chosen."""
        return any(self.data.get(name) for name in self.fields if name not in {"view", "q"})

    @property
    def worklist(self) -> WorkList:
        """The list asked for; with filters alone all issues, with nothing the list to begin with."""
        asked = self.data.get("view")
        if not asked and not self.is_used:
            return next(iter(self.lists.values()))
        return self.lists.get(str(asked), ALL)

    def narrow(self, rows: IssueQuerySet, asker: Asker) -> IssueQuerySet:
        """Only what was asked for; what could not be understood narrows nothing and is told."""
        wanted = self.cleaned_data
        rows = rows.filter(**{name: wanted[name] for name in ("stage", "nature", "channel", "urgency") if wanted.get(name)})
        if wanted.get("unit"):
            rows = rows.filter(lead_unit=self.rows["unit"][wanted["unit"]])
        if wanted.get("category"):
            rows = rows.filter(category=self.rows["category"][wanted["category"]])
        if wanted.get("light"):
            rows = rows.filter(lit(wanted["light"], asker.now))
        return rows.filter(found_by(wanted["q"], asker.user)) if wanted.get("q") else rows
