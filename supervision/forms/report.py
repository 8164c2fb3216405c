"""What a supervisor is asked: short sections, one after another."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.forms.fields import LongText
from issues.forms.intake_fields import YesNoField
from issues.models import Category
from liaison.accounts.models import Unit, UnitKind
from liaison.files.forms import AttachmentsField, KeepsFiles
from liaison.files.refusals import FileRefused
from liaison.moments import clock
from liaison.ui.forms import DateTimeInput, PortalForm
from supervision.enums import Function, Manner
from supervision.forms.fields import FirmField, Line
from supervision.models import ReportPhoto
from supervision.models.report import MAX_PHOTOS, MAX_PLACE, MAX_SUBJECT, MAX_TEXT

OLDEST: Final = timedelta(days=731)
YES_NO: Final = [("no", pgettext_lazy("plain answer", "No")), ("yes", pgettext_lazy("plain answer", "Yes"))]


class MatterForm(PortalForm):
    """What, and about whom."""

    subject = Line(label=_("In one line: what did you see?"), max_length=MAX_SUBJECT)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        to_field_name="code",
        label=_("Unit observed"),
        empty_label=_("Choose"),
        error_messages={"invalid_choice": _("This unit does not exist. Choose one of the list.")},
    )
    category = forms.ModelChoiceField(Category.objects.none(), to_field_name="code", label=_("Category"), empty_label=_("Choose"))
    enterprise = FirmField(label=_("Enterprise concerned"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(is_active=True).exclude(kind=UnitKind.CHAMBER)  # type: ignore[attr-defined]
        self.fields["category"].queryset = Category.objects.filter(is_active=True)  # type: ignore[attr-defined]


class WhereForm(PortalForm):
    """When, where and how."""

    seen_at = forms.DateTimeField(label=_("When did you see it?"), widget=DateTimeInput)
    place = Line(label=_("Place"), max_length=MAX_PLACE)
    manner = forms.ChoiceField(label=_("How did you come to know it?"), choices=Manner, widget=forms.RadioSelect)
    function = forms.ChoiceField(label=_("Which of your four functions is it?"), choices=Function, widget=forms.RadioSelect)

    def clean_seen_at(self) -> datetime:
        """Something that has been, and not long ago."""
        moment: datetime = self.cleaned_data["seen_at"]
        now = clock.now()
        if moment > now:
            raise ValidationError(_("This moment has not come yet."))
        if moment < now - OLDEST:
            raise ValidationError(_("This is more than two years ago."))
        return moment


class FactsForm(PortalForm):
    """The report itself."""

    facts = LongText(
        label=_("What happened?"), most=MAX_TEXT, rows=7, help_text=_("What you saw or heard yourself, step by step.")
    )
    evidence = LongText(label=_("What shows it?"), most=MAX_TEXT, rows=3, required=False)
    advice = LongText(label=_("What do you advise?"), most=MAX_TEXT, rows=3, required=False)


class PhotosField(AttachmentsField):
    """Photographs and papers beside those that the draft has already."""

    def too_many(self, names: str) -> FileRefused:
        """The limit is that of the report, not of this form."""
        return FileRefused("too_many", names, most=MAX_PHOTOS)


class PhotosForm(KeepsFiles, PortalForm):
    """Photographs and papers; those that the draft has already count towards the limit."""

    photos = PhotosField(label=_("Add photographs or papers"), required=False, most=MAX_PHOTOS)

    def __init__(self, *args: Any, present: Iterable[ReportPhoto] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].most = max(0, MAX_PHOTOS - len(list(present)))  # type: ignore[attr-defined]

    def accepted_files(self) -> list[Any]:
        """All that passed, also where others did not; the draft keeps them from now on, no longer the form."""
        widget: Any = self.fields["photos"].widget
        passed, widget.kept = list(widget.kept), []
        return passed


class CareForm(PortalForm):
    """Who may know of it."""

    touches_integrity = YesNoField(
        label=_("Does it touch the integrity of officials?"),
        choices=YES_NO,
        initial="no",
        help_text=_("Then only you and the discipline body can see it, from the moment it is sent."),
    )
    anonymous = YesNoField(
        label=_("Shall your name stay with the desk?"),
        choices=YES_NO,
        initial="no",
        help_text=_("Units and leaders then read only what the desk passes on, without your name and photographs."),
    )
