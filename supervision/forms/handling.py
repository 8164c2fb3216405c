"""What the steps of a report must be given; ``values()`` are the keyword arguments of their actions."""

import re
from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.actions.supervision import usual_due
from issues.forms.common import LONGEST_LIMIT, day_to_come
from issues.forms.fields import LongText, PersonField
from issues.inspection import BY_HAND
from issues.models import Issue
from issues.models.supervision import MAX_REQUIREMENT
from liaison.accounts.models import User
from liaison.ui.forms import DateInput, PortalForm
from liaison.workdays import ZONE
from liaison.workflow import NotYourStep, StepNotOpen
from supervision.enums import Rating, Sorting
from supervision.forms.fields import Line
from supervision.models import Report
from supervision.models.report import MAX_TEXT
from supervision.notices import inspectors_of, leaders_of
from supervision.permissions import manages

NUMBER: Final = re.compile(r"(\d{4})\D{1,3}(\d{1,9})")


class ReportForm(PortalForm):
    """About one report, by one person, at one moment."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, report: Report, by: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.by, self.now = report, by, now
        self.fields["version"].initial = report.version
        self.prepare()

    def prepare(self) -> None:
        """Set choices and proposals that depend on the report."""

    def values(self) -> dict[str, Any]:
        """The action's keyword arguments."""
        return dict(self.cleaned_data)


class PlainForm(ReportForm):
    """A step that needs nothing but the button."""


class SortForm(ReportForm):
    """What becomes of the report."""

    sorting = forms.ChoiceField(label=_("What becomes of it?"), widget=forms.RadioSelect)
    leader = PersonField((), label=_("Leader"), required=False, empty_label=_("Choose"), help_text=_("For a directive."))
    text = LongText(label=_("Text passed on"), most=MAX_TEXT, rows=8)

    def prepare(self) -> None:
        """Without an enterprise there is no issue; words without a name are the desk's own."""
        shut = set() if self._may_be_issue else {Sorting.ISSUE.value}
        if not inspectors_of(self.report):
            shut.add(Sorting.INSPECTION.value)
        self.fields["sorting"].choices = [each for each in Sorting.choices if each[0] not in shut]  # type: ignore[attr-defined]
        leaders = User.objects.filter(pk__in=[user.pk for user in leaders_of(self.report)])
        self.fields["leader"].queryset = leaders.order_by("name")  # type: ignore[attr-defined]
        if self.report.anonymous:
            words = _("The report is passed on without a name: write what is to be known in your own words.")
        else:
            self.fields["text"].initial = self.report.facts
            words = _("The enterprise and the units read this; of what is only noted, the supervisor does.")
        self.fields["text"].help_text = words

    @property
    def _may_be_issue(self) -> bool:
        firm = self.report.enterprise
        return firm is not None and firm.is_open and manages(self.by)

    def clean(self) -> None:
        """A directive needs its leader."""
        super().clean()
        chosen = self.cleaned_data.get("leader")
        if self.cleaned_data.get("sorting") == Sorting.LEADER and chosen is None:
            self.add_error("leader", _("Choose the leader to whom it is submitted."))
        if self.cleaned_data.get("sorting") != Sorting.LEADER:
            self.cleaned_data["leader"] = None


class TextForm(ReportForm):
    """What the supervisor reads."""

    text = LongText(label=_("Answer to the supervisor"), most=MAX_TEXT, rows=7)


class DirectForm(ReportForm):
    """The directive, and whom it sends after it."""

    text = LongText(label=_("Directive"), most=MAX_TEXT, rows=5)
    result = forms.ChoiceField(
        label=_("What next?"),
        choices=[("answer", _("This answers the supervisor")), ("inspect", _("The inspection office sees to it"))],
        widget=forms.RadioSelect,
        initial="answer",
    )

    def prepare(self) -> None:
        """The inspection office does not see to what is about itself."""
        if not inspectors_of(self.report):
            self.fields["result"].choices = self.fields["result"].choices[:1]  # type: ignore[attr-defined]


class OrderForm(ReportForm):
    """On which issue, and what is asked of its unit by when."""

    issue = Line(
        label=_("Number of the issue"),
        max_length=40,
        help_text=_("An order is issued on an issue that a unit has. Where there is none, answer the supervisor instead."),
    )
    text = LongText(label=_("What is asked"), most=MAX_REQUIREMENT, rows=4)
    until = forms.DateField(label=_("To be answered by"), widget=DateInput)

    def prepare(self) -> None:
        """The usual day."""
        self.fields["until"].initial = usual_due(self.now).astimezone(ZONE).date()
        self.fields["text"].initial = self.report.passed_text[:MAX_REQUIREMENT]

    def clean_issue(self) -> Issue:
        """An issue on which this inspector may issue one now."""
        found = NUMBER.search(self.cleaned_data["issue"])
        rows = Issue.objects.visible_to(self.by)
        issue = rows.filter(year=int(found[1]), serial=int(found[2])).first() if found else None
        if issue is None:
            raise ValidationError(_("There is no issue with this number."))
        try:
            BY_HAND.check("supervise", issue, self.by, self.now)
        except StepNotOpen as shut:
            raise ValidationError(shut.reason or _("The issue is at an end.")) from shut
        except NotYourStep as refused:
            raise ValidationError(_("You may not supervise this issue.")) from refused
        return issue

    def clean_until(self) -> date:
        """A day to come."""
        return day_to_come(self.cleaned_data["until"], self.now.astimezone(ZONE).date(), timedelta(days=LONGEST_LIMIT))


class RateForm(ReportForm):
    """How satisfied the supervisor is."""

    rating = forms.TypedChoiceField(
        label=_("How satisfied are you with what became of it?"), choices=Rating, coerce=int, widget=forms.RadioSelect
    )
    text = LongText(label=pgettext_lazy("rating of an answer", "Why"), most=1000, rows=3, required=False)

    def clean(self) -> None:
        """Whoever is not satisfied says why."""
        super().clean()
        if self.cleaned_data.get("rating", Rating.FAIR) <= Rating.BAD and not self.cleaned_data.get("text"):
            self.add_error("text", _("Say what is missing."))


REPORT_FORMS: Final[dict[str, type[ReportForm]]] = {
    "sort": SortForm,
    "direct": DirectForm,
    "order": OrderForm,
    "answer": TextForm,
    "rate": RateForm,
    "discard": PlainForm,
}
