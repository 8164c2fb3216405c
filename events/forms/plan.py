"""An occasion as event staff plan it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.actions.planning import Item, Plan
from events.enums import Access, Action, Kind
from events.models import Occasion, Series
from events.models.occasion import MAX_SUMMARY, MAX_TITLE, MOST_SEATS
from issues.forms.fields import LongText
from issues.forms.plain import plain
from liaison.accounts.models import Duty, Unit, User
from liaison.accounts.queries import holders
from liaison.ui.forms import DateTimeInput, PortalForm

MOST_ITEMS: Final = 40
LONGEST_ITEM: Final = 600
LEADERS: Final = (Duty.MAIN_LEADER, Duty.LEADER)
EMPTY_CHOICE: Final = [("", _("Please choose"))]


def leaders() -> Any:
    """Who can host or attend."""
    return User.objects.filter(pk__in=[user.pk for user in holders(LEADERS)]).order_by("name")


class Words(forms.CharField):
    """One line that shows something."""

    def to_python(self, value: Any) -> str:
        """Without marks that only mislead."""
        return plain(super().to_python(value) or "").strip()


class ProgrammeField(LongText):
    """One item a line: minutes, what, who; an English bar between them."""

    def clean(self, value: Any) -> Any:
        """The items."""
        return [self._item(number, line) for number, line in enumerate(super().clean(value).splitlines(), 1) if line.strip()]

    def _item(self, number: int, line: str) -> Item:
        minutes, *words = [part.strip() for part in line.replace("|", "|").split("|")]
        if not minutes.isdecimal() or not 1 <= int(minutes[:6]) <= LONGEST_ITEM or not words or not words[0]:
            message = _("Line %(number)d: write the minutes, a bar, and what it is: 20 | Welcome | Li Ming")
            raise ValidationError(message, params={"number": number})
        if len(words[0]) > 120 or len("".join(words[1:])) > 80:  # noqa: PLR2004 - the columns' lengths
            raise ValidationError(_("Line %(number)d is too long."), params={"number": number})
        return Item(words[0], int(minutes), words[1] if len(words) > 1 else "")

    def validate(self, value: str) -> None:
        """Not more than a day holds."""
        super().validate(value)
        if len([line for line in value.splitlines() if line.strip()]) > MOST_ITEMS:
            raise ValidationError(_("At most %(most)d items."), params={"most": MOST_ITEMS})


class PlanForm(PortalForm):
    """All that is known of an occasion beforehand."""

    title = Words(label=pgettext_lazy("occasion", "Title"), max_length=MAX_TITLE)
    kind = forms.ChoiceField(label=_("Kind"), choices=[*EMPTY_CHOICE, *Kind.choices])
    action = forms.ChoiceField(label=_("Which of the six actions"), choices=[*EMPTY_CHOICE, *Action.choices])
    series = forms.ModelChoiceField(
        Series.objects.filter(is_active=True),
        to_field_name="code",
        required=False,
        label=_("Series"),
        help_text=_("It gets its number when it is published."),
    )
    access = forms.ChoiceField(label=_("Who may see it"), choices=Access, widget=forms.RadioSelect, initial=Access.INVITED)
    starts_at = forms.DateTimeField(label=_("Begins"), widget=DateTimeInput)
    ends_at = forms.DateTimeField(label=_("Ends"), widget=DateTimeInput)
    place = Words(label=_("Place"), max_length=120)
    capacity = forms.IntegerField(
        label=_("Places for enterprises"), required=False, min_value=1, max_value=MOST_SEATS, help_text=_("Empty: no limit.")
    )
    reply_by = forms.DateTimeField(label=_("Answers until"), widget=DateTimeInput)
    host_unit = forms.ModelChoiceField(Unit.objects.filter(is_active=True), to_field_name="code", label=_("Organised by"))
    co_units = forms.ModelMultipleChoiceField(
        Unit.objects.filter(is_active=True),
        to_field_name="code",
        required=False,
        label=_("Co-organisers"),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    host = forms.ModelChoiceField(User.objects.none(), to_field_name="username", required=False, label=_("Host"))
    leaders = forms.ModelMultipleChoiceField(
        User.objects.none(),
        to_field_name="username",
        required=False,
        label=_("Leaders present"),
        widget=forms.CheckboxSelectMultiple,
    )
    summary = LongText(label=_("What it is about"), required=False, most=MAX_SUMMARY, rows=4)
    programme = ProgrammeField(
        label=_("Programme"),
        required=False,
        rows=6,
        help_text=_("One item a line: minutes | what | who. Example: 20 | Welcome | Li Ming"),
    )
    by_application = forms.BooleanField(label=_("Enterprises may apply to come"), required=False)
    principal_only = forms.BooleanField(label=_("The principal is asked for: a substitute must be approved"), required=False)
    asks_diet = forms.BooleanField(label=_("Ask what guests do not eat"), required=False)
    asks_plate = forms.BooleanField(label=_("Ask for the car's number plate"), required=False)
    booklets = forms.IntegerField(label=_("Booklets handed out"), required=False, min_value=0, max_value=1_000_000, initial=0)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, now: datetime, occasion: Occasion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.occasion = now, occasion
        for name in ("host", "leaders"):
            self.fields[name].queryset = leaders()  # type: ignore[attr-defined]
        if occasion is not None:
            self.fields["version"].initial = occasion.version
            if occasion.published_at is not None:
                for name in ("series", "kind", "starts_at", "ends_at"):
                    del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """What two answers say together."""
        super().clean()
        values = self.cleaned_data
        starts, ends = self._times()
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It must end after it begins."))
        if "starts_at" in values and values["starts_at"] <= self.now:
            self.add_error("starts_at", _("Choose a time to come."))
        if starts and values.get("reply_by") and values["reply_by"] > starts:
            self.add_error("reply_by", _("Answers must be in before it begins."))
        if values.get("series") and values.get("kind") and values["series"].kind != values["kind"]:
            self.add_error("series", _("This series is of another kind."))
        if values.get("by_application") and values.get("access") == Access.INTERNAL:
            self.add_error("by_application", _("Nobody can apply to what is internal."))
        if values.get("host") and values["host"] in (values.get("leaders") or []):
            values["leaders"] = [user for user in values["leaders"] if user != values["host"]]
        return values

    def _times(self) -> tuple[datetime | None, datetime | None]:
        if "starts_at" in self.fields or self.occasion is None:
            return self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        return self.occasion.starts_at, self.occasion.ends_at

    def plan(self) -> Plan:
        """What the action takes; of what is published, kind, series and time stay."""
        values: dict[str, Any] = {**self._kept(), **self.cleaned_data}
        values.pop("version", None)
        values["booklets"] = values["booklets"] or 0
        return Plan(**values)

    def _kept(self) -> Mapping[str, Any]:
        if self.occasion is None:
            return {}
        return {name: getattr(self.occasion, name) for name in ("series", "kind", "starts_at", "ends_at")}


def initial_of(plan: Plan) -> dict[str, Any]:
    """A plan as the form shows it."""
    values = dict(vars(plan))
    values["programme"] = "\n".join(
        " | ".join(filter(None, [str(item.minutes), item.title, item.speaker])) for item in plan.programme
    )
    for name, key in (("series", "code"), ("host_unit", "code"), ("host", "username")):
        values[name] = getattr(values[name], key) if values[name] else None
    values["co_units"] = [unit.code for unit in plan.co_units]
    values["leaders"] = [user.username for user in plan.leaders]
    return values
