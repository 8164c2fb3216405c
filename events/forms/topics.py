"""Topics, draft replies, the agenda."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.actions.topics import AgendaLine
from events.forms.plan import LONGEST_ITEM, MOST_ITEMS, Words
from events.models import AgendaItem, Occasion, Topic
from events.models.topic import MAX_REPLY, MAX_TOPIC, MAX_TOPIC_TITLE
from events.timing import draft_day
from issues.forms.fields import LongText, UnitField
from liaison.ui.forms import DateInput, PortalForm
from liaison.workdays import ZONE

BLANKS: Final = 3
USUAL_MINUTES: Final = 10


def new_key() -> str:
    """The word of one form; posted twice it is the same."""
    return secrets.token_hex(16)


class OnceKey(forms.CharField):
    """A word of the form's own."""

    def __init__(self) -> None:
        key = RegexValidator(r"^[0-9a-f]{32}$")
        super().__init__(widget=forms.HiddenInput, initial=new_key, validators=[key], max_length=32)


class TopicForm(PortalForm):
    """What a firm wants to talk about."""

    title = Words(label=pgettext_lazy("topic", "Topic"), max_length=MAX_TOPIC_TITLE)
    text = LongText(label=_("What it is about"), most=MAX_TOPIC, rows=5)
    once_key = OnceKey()


class TopicStepForm(PortalForm):
    """About one topic, at one moment."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, topic: Topic, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic, self.now = topic, now
        self.fields["version"].initial = topic.version
        self.prepare()

    def prepare(self) -> None:
        """Propose what depends on the topic."""


class AssignForm(TopicStepForm):
    """Which unit drafts the reply, by when."""

    unit = UnitField(label=_("Unit"))
    due_on = forms.DateField(label=_("Draft due on"), widget=DateInput)

    def prepare(self) -> None:
        """Three working days before the meeting."""
        self.fields["due_on"].initial = self.topic.due_on or draft_day(self.topic.occasion, self.now)
        self.fields["unit"].initial = self.topic.unit.code if self.topic.unit else None

    def clean_due_on(self) -> date:
        """Before the meeting, not in the past."""
        day: date = self.cleaned_data["due_on"]
        if not self.now.astimezone(ZONE).date() <= day <= self.topic.occasion.starts_at.astimezone(ZONE).date():
            raise ValidationError(_("Choose a day from today to the day of the meeting."))
        return day


class ReplyForm(TopicStepForm):
    """What can be answered in the meeting."""

    reply = LongText(
        label=_("Draft reply"), most=MAX_REPLY, rows=8, help_text=_("For the leaders; the enterprise does not read it.")
    )

    def prepare(self) -> None:
        """Go on with what is written."""
        self.fields["reply"].initial = self.topic.reply


class AsideForm(TopicStepForm):
    """Why it is not for this meeting."""

    reason = LongText(label=_("Reason"), most=500, rows=3, help_text=_("The enterprise reads it."))


TOPIC_FORMS: Final[dict[str, type[TopicStepForm]]] = {"assign": AssignForm, "draft": ReplyForm, "set-aside": AsideForm}


class AgendaForm(PortalForm):
    """The whole agenda: a line for each item, blank ones for more; a line without a title is left out."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, occasion: Occasion, topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.occasion = occasion
        self.fields["version"].initial = occasion.version
        self._items: dict[int, AgendaItem] = {item.pk: item for item in occasion.agenda.select_related("topic__enterprise")}
        self._topics = {topic.pk: topic for topic in topics}
        self.keys = [f"i{pk}" for pk in self._items] + [f"t{pk}" for pk in self._topics] + [f"n{n}" for n in range(BLANKS)]
        for place, key in enumerate(self.keys, 1):
            self._add(key, place)

    def _add(self, key: str, place: int) -> None:
        item = self._items.get(int(key[1:])) if key[0] == "i" else None
        topic = self._topics.get(int(key[1:])) if key[0] == "t" else None
        title = item.title if item else (topic.title if topic else "")
        speaker = item.speaker if item else (topic.enterprise.name[:80] if topic else "")
        minutes = item.minutes if item else USUAL_MINUTES
        self.fields[f"order_{key}"] = forms.IntegerField(
            label=_("Order"), min_value=1, max_value=999, initial=place, required=False
        )
        self.fields[f"minutes_{key}"] = forms.IntegerField(
            label=_("Minutes"), min_value=1, max_value=LONGEST_ITEM, initial=minutes, required=False
        )
        self.fields[f"title_{key}"] = Words(label=_("Item"), max_length=120, initial=title, required=False)
        self.fields[f"speaker_{key}"] = Words(label=_("Speaker"), max_length=80, initial=speaker, required=False)

    def lines(self) -> Iterator[tuple[Topic | None, list[forms.BoundField]]]:
        """The topic of each line, and its fields."""
        for key in self.keys:
            yield self._topic_of(key), [self[f"{name}_{key}"] for name in ("title", "minutes", "speaker", "order")]

    def _topic_of(self, key: str) -> Topic | None:
        if key[0] == "i":
            return self._items[int(key[1:])].topic
        return self._topics.get(int(key[1:])) if key[0] == "t" else None

    def clean(self) -> dict[str, Any]:
        """Not more than a day holds, and each with its minutes."""
        super().clean()
        values = self.cleaned_data
        filled = [key for key in self.keys if values.get(f"title_{key}")]
        for key in filled:
            if not values.get(f"minutes_{key}") and f"minutes_{key}" not in self.errors:
                self.add_error(f"minutes_{key}", _("Say how many minutes it takes."))
        if len(filled) > MOST_ITEMS:
            self.add_error(None, ValidationError(_("At most %(most)d items."), params={"most": MOST_ITEMS}))
        return values

    def agenda(self) -> list[AgendaLine]:
        """What the action takes, in order."""
        values = self.cleaned_data
        filled = [(values[f"order_{key}"] or 999, place, key) for place, key in enumerate(self.keys) if values[f"title_{key}"]]
        return [self._line(key) for _order, _place, key in sorted(filled)]

    def _line(self, key: str) -> AgendaLine:
        topic = self._topic_of(key)
        title, minutes, speaker = (self.cleaned_data[f"{name}_{key}"] for name in ("title", "minutes", "speaker"))
        return AgendaLine(title, minutes, speaker, topic.pk if topic else None, int(key[1:]) if key[0] == "i" else None)
