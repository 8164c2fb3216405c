"""What a firm, or staff for it, is asked before an issue is sent."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.enums import Channel, Nature, Urgency
from issues.forms.intake_fields import (
    EXPLAINED,
    CategoryField,
    DraftFilesField,
    LeaderField,
    PlainTextField,
    TakeOutField,
    TitleField,
    UrgencyField,
    YesNoField,
)
from issues.models import MAX_BODY, MAX_FILES, MAX_TITLE, Attachment, Category
from liaison.accounts.models import Duty, Posting, User
from liaison.files.forms import KeepsFiles
from liaison.moments import clock
from liaison.ui.forms import PortalForm

LONGEST_CONCERNS: Final = 200
STAFF_CHANNELS: Final = (Channel.BREAKFAST, Channel.MEETING, Channel.VISIT, Channel.SUPERVISOR, Channel.HOTLINE, Channel.PAPER)
CATEGORY_WORDS: Final = {
    "required": _("Choose a field."),
    "invalid_choice": _("This field does not exist. Choose one of the list."),
}
NATURE_WORDS: Final = {"required": _("Choose what you want."), "invalid_choice": _("Choose one of the list.")}
NATURES: Final = {
    Nature.CONSULT: _("you want to know which rule applies or how something is done"),
    Nature.HELP: _("you need something to be done or arranged"),
    Nature.COMPLAINT: _("something was done wrongly, or not done"),
    Nature.REPORT: _("somebody breaks the rules"),
    Nature.SUGGESTION: _("something could be done better"),
    Nature.PRAISE: _("something was done well"),
}
URGENCIES: Final = {
    Urgency.NORMAL: _("the usual time for an answer is enough"),
    Urgency.URGENT: _("production stands still, or a date runs out in the next days"),
}


def main_leaders() -> QuerySet[User]:
    """Whom a direct line can be addressed to."""
    posted = Posting.objects.on(clock.today()).filter(duty=Duty.MAIN_LEADER)
    return User.objects.filter(pk__in=posted.values("user"), is_active=True).order_by("pk")


def explained(labels: Any, words: dict[Any, Any]) -> list[tuple[str, str]]:
    """Choices with what each means."""
    return [(choice.value, str(EXPLAINED % {"choice": choice.label, "meaning": words[choice]})) for choice in labels]


class MatterForm(PortalForm):
    """What it is about."""

    title = TitleField(
        label=_("Title"),
        most=MAX_TITLE,
        help_text=_("The problem in one sentence, at most 80 characters."),
        error_messages={"required": _("Give a title.")},
    )
    body = PlainTextField(
        label=_("What is the matter?"),
        most=MAX_BODY,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("What happened, since when, what you have tried, and what would help. At most 5,000 characters."),
        error_messages={"required": _("Write what the matter is.")},
    )


class ClassifyForm(PortalForm):
    """What sort of matter it is."""

    category = CategoryField(
        Category.objects.filter(is_active=True),
        label=_("Which field does it belong to?"),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("Choose what fits best. The desk puts it right where needed."),
        error_messages=CATEGORY_WORDS,
    )
    nature = forms.ChoiceField(
        label=_("What do you want?"),
        widget=forms.RadioSelect,
        choices=lambda: explained(Nature, NATURES),
        error_messages=NATURE_WORDS,
    )
    urgency = UrgencyField(
        label=_("How soon do you need an answer?"),
        choices=lambda: explained(Urgency, URGENCIES),
        initial=Urgency.NORMAL,
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )


class ConcernsForm(PortalForm):
    """Who may know of it."""

    sensitive = YesNoField(
        label=_("Shall the units not learn which firm asks?"),
        choices=[
            ("no", _("No: the units that handle it see your firm and can call you directly")),
            (
                "yes",
                _("Yes: only the desk knows your firm; the units get the matter without its name and ask through the desk"),
            ),
        ],
        initial="no",
        error_messages={"invalid_choice": _("Choose yes or no.")},
    )
    concerns_text = PlainTextField(
        label=_("Officials concerned"),
        most=LONGEST_CONCERNS,
        required=False,
        help_text=_(
            "Does it concern certain officials? Write full names and units: they, their substitutes and people cannot open it."
        ),
    )
    leader = LeaderField(
        User.objects.none(),
        label=_("Direct line to a main leader"),
        to_field_name="username",
        required=False,
        empty_label=_("Not needed: the desk takes it on as usual"),
        help_text=_("For matters that the usual way has not solved. The leader reads it and may give a written directive."),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "leader" in self.fields:
            self.fields["leader"].queryset = main_leaders()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whom the matter concerns cannot be the one who decides about it."""
        cleaned = super().clean() or self.cleaned_data
        leader, concerned = cleaned.get("leader"), cleaned.get("concerns_text", "")
        if leader and leader.name and leader.name in concerned:
            self.add_error("leader", _("You name this leader as concerned. Choose another, or none."))
        return cleaned


class FilesForm(KeepsFiles, PortalForm):
    """Proofs and papers; those that the draft has already count towards the limit."""

    attachments = DraftFilesField(label=_("Add files"), required=False, most=MAX_FILES)

    def __init__(self, *args: Any, present: Iterable[Attachment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = list(present)
        self.fields["attachments"].most = max(0, MAX_FILES - len(present))  # type: ignore[attr-defined]

    def accepted_files(self) -> list[Any]:
        """All files that passed, also where others did not; the draft keeps them from now on, no longer the form."""
        widget: Any = self.fields["attachments"].widget
        passed, widget.kept = list(widget.kept), []
        return passed


class IssueForm(MatterForm, ClassifyForm, ConcernsForm, FilesForm):
    """Everything at once: what the check page posts, and what is shown when something in it is wrong."""

    remove = TakeOutField(label=_("Files you sent already"), required=False)
    field_order = [
        "title",
        "body",
        "category",
        "nature",
        "urgency",
        "sensitive",
        "concerns_text",
        "leader",
        "remove",
        "attachments",
    ]

    def __init__(self, *args: Any, present: Iterable[Attachment] = (), **kwargs: Any) -> None:
        present = list(present)
        super().__init__(*args, present=present, **kwargs)
        self.show_files(present)

    def show_files(self, present: Iterable[Attachment]) -> None:
        """Offer to take out what the draft has now."""
        choices = [(str(file.pk), _("Take out “%(name)s”") % {"name": file.name}) for file in present]
        self.fields["remove"].choices = choices  # type: ignore[attr-defined]
        self.offers_removal = bool(choices)


class StaffIssueForm(IssueForm):
    """The same, entered by staff on the firm's behalf."""

    leader = None  # type: ignore[assignment]
    category = CategoryField(
        Category.objects.filter(is_active=True),
        label=_("Category"),
        to_field_name="code",
        empty_label=_("Choose"),
        error_messages=CATEGORY_WORDS,
    )
    nature = forms.ChoiceField(
        label=_("Nature"), choices=lambda: [("", _("Choose")), *explained(Nature, NATURES)], error_messages=NATURE_WORDS
    )
    sensitive = YesNoField(
        label=_("Shall the units not learn which firm asks?"),
        choices=[("no", pgettext_lazy("plain answer", "No")), ("yes", pgettext_lazy("plain answer", "Yes"))],
        initial="no",
        error_messages={"invalid_choice": _("Choose yes or no.")},
    )
    enterprise = forms.CharField(label=_("Credit code of the firm"), required=False, widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=_("How did it reach you?"),
        widget=forms.RadioSelect,
        choices=[(channel.value, channel.label) for channel in STAFF_CHANNELS],
        error_messages={"required": _("Choose how it reached you."), "invalid_choice": _("Choose one of the list.")},
    )
    field_order = ["enterprise", "channel", *IssueForm.field_order]

    def ask_for_firm(self) -> None:
        """Show the question that was answered before the form, because the answer names no firm."""
        self.fields["enterprise"].widget = forms.TextInput()
        self.add_error("enterprise", _("Give the credit code of a firm that is registered."))
