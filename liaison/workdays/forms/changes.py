"""Changes of the calendar as forms; each makes a draft of the next version from the one in force."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import TextChoices
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.ui.forms import DateInput, PortalForm
from liaison.workdays.calendar import Name
from liaison.workdays.changes import Changes, changes_between
from liaison.workdays.drafts import Draft, Exceptional, check_year, noticed
from liaison.workdays.errors import CalendarError
from liaison.workdays.forms.fields import SegmentsField, typed
from liaison.workdays.listed import NAME_LENGTH, listed_days
from liaison.workdays.segments import CLOSED, Segments
from liaison.workdays.words import mistake

MOST_DAYS: Final = 366
MOST_TEXT: Final = 20_000
NO_DAY: Final = _("This is not a day; write it as 2026-11-24.")
OF_A_LIST: Final = ("no_days", "too_many_lines", "bad_day", "other_year", "twice", "no_hours", "bad_line")
HOURS_HELP: Final = _("For example 09:00-12:00, 13:30-17:30. Nothing: closed.")


class ChangeForm(PortalForm):
    """One change with its reason; ``proposal`` is the calendar with it."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Stands in the list of versions, and beside every clock that moves."),
        error_messages={"required": _("Say why the calendar changes: whoever asks later finds it among the versions.")},
    )
    beside: ClassVar[Mapping[str, str]] = {}
    "Mistakes that show only when the draft is made, and the field that each stands beside."
    proposal: Draft
    changes: Changes

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.order_fields([*(name for name in self.fields if name != "why"), "why"])

    def clean(self) -> dict[str, Any]:
        """Make the draft once every field can be read."""
        if not self.errors:
            try:
                self._propose()
            except CalendarError as error:
                self.add_error(self.beside.get(error.code), mistake(error))
        return self.cleaned_data

    def _propose(self) -> None:
        self.proposal = self.change()
        self.changes = changes_between(self.draft, self.proposal)
        if not self.changes:
            raise CalendarError("nothing")

    def change(self) -> Draft:
        """The calendar with this change."""
        raise NotImplementedError

    def carried(self) -> list[tuple[str, str]]:
        """What was typed, to be carried through the preview."""
        values = [(name, self[name].value()) for name in self.fields if not isinstance(self.fields[name], forms.FileField)]
        return [(self.add_prefix(name), "" if value is None else str(value)) for name, value in values]


class WeekForm(ChangeForm):
    """The hours of every weekday."""

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, draft=draft, **kwargs)
        for nth in range(7):
            initial = typed(draft.week[nth])
            self.fields[f"day_{nth}"] = SegmentsField(
                label=WEEKDAYS[nth], initial=initial, required=False, max_length=100, help_text="" if nth else HOURS_HELP
            )
        self.order_fields([*(f"day_{nth}" for nth in range(7)), "why"])

    def change(self) -> Draft:
        """Other weeks."""
        return self.draft.with_week(tuple(self.cleaned_data[f"day_{nth}"] for nth in range(7)))


class DayKind(TextChoices):
    """How a date is to be."""

    CLOSED = "closed", pgettext_lazy("day", "Closed")
    OPEN = "open", _("Open as usual (a make-up day)")
    MORNING = "morning", _("Open in the morning only")
    AFTERNOON = "afternoon", _("Open in the afternoon only")
    HOURS = "hours", _("Open with other hours")
    WEEKDAY = "weekday", _("As its weekday says: the exception is taken away")


class DaysForm(ChangeForm):
    """One date or a range of them."""

    first = forms.DateField(
        label=_("First day"),
        widget=DateInput,
        error_messages={"required": _("Say which day changes."), "invalid": NO_DAY},
    )
    last = forms.DateField(
        label=_("Last day"),
        widget=DateInput,
        required=False,
        help_text=_("Empty: only the first."),
        error_messages={"invalid": NO_DAY},
    )
    kind = forms.ChoiceField(label=_("How these days are"), choices=DayKind, widget=forms.RadioSelect, initial=DayKind.CLOSED)
    hours = SegmentsField(
        label=_("Hours"), required=False, max_length=100, help_text=_("Only for other hours, such as 09:00-12:00, 13:30-15:00.")
    )
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=NAME_LENGTH, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=NAME_LENGTH, required=False)
    beside: ClassVar[Mapping[str, str]] = {"year": "last"}

    def clean_first(self) -> date:
        """In a year that the calendar knows."""
        first: date = self.cleaned_data["first"]
        try:
            check_year(first.year)
        except CalendarError as error:
            raise forms.ValidationError(mistake(error)) from error
        return first

    def clean_hours(self) -> Segments:
        """Other hours have to be given."""
        hours: Segments = self.cleaned_data["hours"]
        if self.cleaned_data.get("kind") == DayKind.HOURS and not hours:
            raise forms.ValidationError(mistake(CalendarError("no_open_hours")))
        return hours

    def clean_last(self) -> date | None:
        """Not before the first, and no more than a year after it."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data["last"]
        if first and last and last < first:
            raise forms.ValidationError(mistake(CalendarError("reversed_days", first=first, last=last)))
        if first and last and (last - first).days >= MOST_DAYS:
            raise forms.ValidationError(mistake(CalendarError("too_many_days", most=MOST_DAYS)))
        return last or first

    def change(self) -> Draft:
        """Each of the dates by itself, as half a day depends on the weekday."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        draft = self.draft
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
            draft = draft.with_days([day], self._exception(day))
        return draft

    def _exception(self, day: date) -> Exceptional | None:
        kind, usual = self.cleaned_data["kind"], self.draft.usual(day)
        if kind == DayKind.WEEKDAY:
            return None
        segments = {
            DayKind.CLOSED: CLOSED,
            DayKind.OPEN: usual,
            DayKind.MORNING: usual[:1],
            DayKind.AFTERNOON: usual[1:] or usual,
            DayKind.HOURS: self.cleaned_data["hours"],
        }[kind]
        chinese = self.cleaned_data["name_zh"] or self.cleaned_data["name_en"]
        return Exceptional(segments, Name(chinese, self.cleaned_data["name_en"] or chinese))


class YearForm(ChangeForm):
    """A published year: from the installed library, or from a list."""

    year = forms.IntegerField(
        label=_("Year"), error_messages=dict.fromkeys(("required", "invalid"), _("Write the year in four digits, such as 2027."))
    )
    text = forms.CharField(
        label=_("List of days"),
        required=False,
        max_length=MOST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_(
            "Only for a year that this installation does not know yet: one date a line, as date, “closed”, “open” or hours, "
            "name in Chinese, name in English. Example: 2027-01-01,closed,元旦,New Year's Day"
        ),
    )
    file = forms.FileField(label=_("Or the list as a file (CSV)"), required=False)
    beside: ClassVar[Mapping[str, str]] = {"year": "year", "unpublished": "year"} | dict.fromkeys(OF_A_LIST, "text")

    def clean_file(self) -> None:
        """A file's text stands in the place of what is pasted, also for the preview."""
        sent = self.cleaned_data["file"]
        if sent:
            text = _text_of(sent.read(MOST_TEXT * 4))
            self.cleaned_data["text"] = text
            self.data = {**{name: self.data.get(name) for name in self.data}, "text": text}

    def change(self) -> Draft:
        """The year's days from the list, else from the library."""
        year, text = self.cleaned_data["year"], self.cleaned_data["text"]
        check_year(year)
        named = listed_days(text, year, self.draft) if text.strip() else noticed(year)
        draft = self.draft.with_published(year, named)
        if not named:
            raise CalendarError("unpublished", year=year)
        return draft


def _text_of(content: bytes) -> str:
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(coding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise forms.ValidationError(mistake(CalendarError("not_text")))
