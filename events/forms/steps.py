"""What each step of an occasion must be given; ``values()`` are the keyword arguments of its action."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enterprises.credit_codes import compact_code
from enterprises.models import Chamber, Enterprise
from events.enums import Presence, Source
from events.forms.plan import Words, leaders
from events.models import Occasion
from issues.forms.fields import LongText
from liaison.accounts.models import User
from liaison.ui.forms import DateTimeInput, PortalForm

MOST_FIRMS: Final = 2000


class StepForm(PortalForm):
    """About one occasion, at one moment."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, occasion: Occasion, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.occasion, self.now = occasion, now
        self.fields["version"].initial = occasion.version
        self.prepare()

    def prepare(self) -> None:
        """Set choices and proposals that depend on the occasion."""

    def values(self) -> dict[str, Any]:
        """The action's keyword arguments."""
        return dict(self.cleaned_data)


class PlainForm(StepForm):
    """A step that needs nothing but the button."""


class RescheduleForm(StepForm):
    """The new time."""

    starts_at = forms.DateTimeField(label=_("Begins"), widget=DateTimeInput)
    ends_at = forms.DateTimeField(label=_("Ends"), widget=DateTimeInput)
    reply_by = forms.DateTimeField(label=_("Answers until"), widget=DateTimeInput)
    place = Words(label=_("Place"), max_length=120)
    reason = LongText(label=_("Reason"), most=500, rows=2, help_text=_("Everybody invited is told of the new time."))

    def prepare(self) -> None:
        """Begin with the old time."""
        for name in ("starts_at", "ends_at", "reply_by", "place"):
            self.fields[name].initial = getattr(self.occasion, name)

    def clean(self) -> None:
        """A time to come, in order."""
        super().clean()
        values = self.cleaned_data
        starts, ends, reply_by = (values.get(name) for name in ("starts_at", "ends_at", "reply_by"))
        if starts and starts <= self.now:
            self.add_error("starts_at", _("Choose a time to come."))
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It must end after it begins."))
        if starts and reply_by and reply_by > starts:
            self.add_error("reply_by", _("Answers must be in before it begins."))


class ReasonForm(StepForm):
    """Why."""

    reason = LongText(label=_("Reason"), most=500, rows=3, help_text=_("Everybody invited reads it."))


class ReplaceForm(StepForm):
    """Who presides instead of whom."""

    leader = forms.ModelChoiceField(User.objects.none(), to_field_name="username", label=_("Who was planned"))
    replacement = forms.ModelChoiceField(User.objects.none(), to_field_name="username", label=_("Who comes instead"))
    reason = LongText(label=_("Reason"), most=500, rows=2)

    def prepare(self) -> None:
        """Those who are down to come, and all who could."""
        rows = self.occasion.presiding.exclude(state=Presence.REPLACED)
        self.fields["leader"].queryset = User.objects.filter(pk__in=rows.values("leader"))  # type: ignore[attr-defined]
        self.fields["replacement"].queryset = leaders().exclude(pk__in=rows.values("leader"))  # type: ignore[attr-defined]


class HoldForm(StepForm):
    """That it took place."""

    booklets = forms.IntegerField(label=_("Booklets handed out"), required=False, min_value=0, max_value=1_000_000)
    text = LongText(label=_("Remark"), required=False, most=1000, rows=3)

    def prepare(self) -> None:
        """What was planned to be handed out."""
        self.fields["booklets"].initial = self.occasion.booklets


class CloneForm(StepForm):
    """When the next one is."""

    starts_at = forms.DateTimeField(
        label=_("The next one begins"), widget=DateTimeInput, help_text=_("Everything else is copied and can be changed.")
    )

    def clean_starts_at(self) -> datetime:
        """A time to come."""
        starts: datetime = self.cleaned_data["starts_at"]
        if starts <= self.now:
            raise ValidationError(_("Choose a time to come."))
        return starts


class FirmsField(LongText):
    """Firms, one a line, by credit code or by whole name."""

    def clean(self, value: Any) -> Any:
        """The firms; lines that name none are told."""
        lines = list(dict.fromkeys(line.strip() for line in super().clean(value).splitlines() if line.strip()))
        if len(lines) > MOST_FIRMS:
            raise ValidationError(_("At most %(most)d firms at one go."), params={"most": MOST_FIRMS})
        codes = {compact_code(line): line for line in lines}
        rows = Enterprise.objects.verified()
        found = {row.pk: row for row in rows.filter(credit_code__in=codes)} | {row.pk: row for row in rows.filter(name__in=lines)}
        known = {row.credit_code for row in found.values()} | {row.name for row in found.values()}
        if unknown := [line for line in lines if line not in known and compact_code(line) not in known]:
            message = _("No verified enterprise is called so, or has this code: %(lines)s")
            raise ValidationError(message, params={"lines": "、".join(unknown[:10])})
        return list(found.values())


class InviteForm(StepForm):
    """Whom to invite, and how they were chosen."""

    enterprises = FirmsField(
        label=_("Enterprises"), rows=6, most=100_000, help_text=_("One a line: the credit code or the whole name.")
    )
    source = forms.ChoiceField(
        label=_("How they were chosen"),
        choices=[(Source.NAME.value, Source.NAME.label), (Source.CHAMBER.value, Source.CHAMBER.label)],
        widget=forms.RadioSelect,
        initial=Source.NAME,
    )
    chamber = forms.ModelChoiceField(Chamber.objects.all(), to_field_name="code", required=False, label=_("Chamber"))
    reason = LongText(label=_("Reason"), most=500, rows=2, help_text=_("Why these firms and not those whose turn it is."))

    def clean(self) -> None:
        """A proposal names who made it."""
        super().clean()
        if self.cleaned_data.get("source") == Source.CHAMBER and not self.cleaned_data.get("chamber"):
            self.add_error("chamber", _("Choose the chamber that proposes them."))

    def values(self) -> dict[str, Any]:
        """The chamber's name goes with the reason."""
        values = dict(self.cleaned_data)
        chamber = values.pop("chamber")
        if chamber and values["source"] == Source.CHAMBER:
            values["reason"] = f"{chamber.name}:{values['reason']}"[:500]
        return values


STEP_FORMS: Final[dict[str, type[StepForm]]] = {
    "publish": PlainForm,
    "invite": InviteForm,
    "reschedule": RescheduleForm,
    "replace": ReplaceForm,
    "hold": HoldForm,
    "close": PlainForm,
    "clone": CloneForm,
    "cancel": ReasonForm,
}
"Steps with a form of their own; ``edit`` has the plan's, ``draw`` a page of its own."
