"""What a supervision order or a summons must be given; ``values()`` are the keyword arguments of the action."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from issues.actions.summons import usual_day
from issues.actions.supervision import usual_due
from issues.forms.common import LONGEST_LIMIT, day_since, day_to_come
from issues.forms.fields import LongText
from issues.models import Issue
from issues.models.supervision import MAX_REQUIREMENT, MAX_SAID
from liaison.accounts.models import Unit
from liaison.ui.forms import DateInput, PortalForm
from liaison.workdays import ZONE


class SupervisionForm(PortalForm):
    """About one issue, at one moment."""

    def __init__(self, *args: Any, issue: Issue, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issue, self.now = issue, now

    def values(self) -> dict[str, Any]:
        """The action's keyword arguments."""
        return dict(self.cleaned_data)


class AnswerForm(SupervisionForm):
    """The unit's report."""

    text = LongText(label=_("What has been done, and how it stands"), most=MAX_SAID, rows=8)


class ReturnForm(SupervisionForm):
    """Why the answer is not enough."""

    reason = LongText(label=_("What is missing"), most=1000, rows=4)


class CloseForm(SupervisionForm):
    """What was found."""

    note = LongText(label=_("Closing note"), most=1000, rows=3)


class _ToUnitForm(SupervisionForm):
    """Something asked of one of the units that handle the issue, by a day."""

    unit = forms.ModelChoiceField(Unit.objects.none(), to_field_name="code", label=_("Unit"), empty_label=None)
    until = forms.DateField(widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handling = [order.unit_id for order in self.issue.orders.all() if order.is_live]
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Unit.objects.filter(pk__in=[self.issue.lead_unit_id, *handling])
        field.initial = self.issue.lead_unit.code if self.issue.lead_unit else None
        self.fields["until"].initial = self.usual().astimezone(ZONE).date()

    def usual(self) -> datetime:
        """The moment proposed."""
        raise NotImplementedError

    def clean_until(self) -> date:
        """A day to come."""
        return day_to_come(self.cleaned_data["until"], self.now.astimezone(ZONE).date(), timedelta(days=LONGEST_LIMIT))


class SuperviseForm(_ToUnitForm):
    """What the inspector asks of the unit."""

    text = LongText(label=_("What is asked"), most=MAX_REQUIREMENT, rows=4)
    field_order = ("unit", "text", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].label = _("To be answered by")

    def usual(self) -> datetime:
        """The usual working days."""
        return usual_due(self.now)


class SummonForm(_ToUnitForm):
    """Why the head of the unit is called in."""

    reason = LongText(label=_("Reason"), most=MAX_REQUIREMENT, rows=4)
    field_order = ("unit", "reason", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].label = _("To be held by")

    def usual(self) -> datetime:
        """The usual working days."""
        return usual_day(self.now)


class RecordForm(SupervisionForm):
    """The record of a talk."""

    held_on = forms.DateField(label=_("Held on"), widget=DateInput)
    attendants = LongText(label=_("Attendants"), most=500, rows=2)
    said = LongText(label=_("What was said"), most=MAX_SAID)
    measures = LongText(label=_("Measures agreed"), most=MAX_SAID)

    def clean_held_on(self) -> date:
        """A day that has been, since the issue was sent."""
        day: date = self.cleaned_data["held_on"]
        if day > self.now.astimezone(ZONE).date():
            raise ValidationError(_("This day has not come yet."))
        return day_since(day, self.issue)


SUPERVISION_FORMS: Final[dict[str, type[SupervisionForm]]] = {"answer": AnswerForm, "return": ReturnForm, "close": CloseForm}
