"""Fields that several steps share: units by code, people by user name."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from issues.forms.plain import plain
from issues.models import Issue
from liaison.accounts.models import Posting, Unit, User
from liaison.files.forms import KeepsFiles
from liaison.files.holder import Holder
from liaison.ui.forms import PortalForm

NOT_HANDLING = ("leadership", "inspection", "discipline", "office", "chamber")


def handling_units() -> Any:
    """Units that can be ordered to handle something."""
    return Unit.objects.filter(is_active=True).exclude(kind__in=NOT_HANDLING)


class UnitField(forms.ModelChoiceField[Unit]):
    """One unit, by its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(handling_units(), to_field_name="code", **kwargs)


class UnitsField(forms.ModelMultipleChoiceField[Unit]):
    """Several units, by their codes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(handling_units(), to_field_name="code", widget=forms.CheckboxSelectMultiple, **kwargs)


class PersonField(forms.ModelChoiceField[User]):
    """One person, by user name."""

    def __init__(self, people: Iterable[User], **kwargs: Any) -> None:
        rows = User.objects.filter(pk__in=[user.pk for user in people]).order_by("name")
        super().__init__(rows, to_field_name="username", **kwargs)


class OfficialsField(forms.ModelMultipleChoiceField[User]):
    """Several officials, by their user names: boxes under their units, so that namesakes can be told apart."""

    def __init__(self, **kwargs: Any) -> None:
        people = User.objects.filter(postings__isnull=False).distinct()
        super().__init__(people, to_field_name="username", widget=forms.CheckboxSelectMultiple, **kwargs)

    def group_by_unit(self) -> None:
        """Offer everybody with a posting, under the unit of the latest one."""
        latest: dict[int, Posting] = {}
        for posting in Posting.objects.select_related("user", "unit").order_by("from_on", "pk"):
            latest[posting.user_id] = posting
        groups: dict[str, list[tuple[str, str]]] = {}
        for posting in sorted(latest.values(), key=lambda row: (row.unit.position, row.unit.pk, row.user.name)):
            words = f"{posting.user.name} · {posting.get_duty_display()}"
            groups.setdefault(str(posting.unit), []).append((posting.user.username, words))
        self.choices = list(groups.items())


class LongText(forms.CharField):
    """A text of several lines that says by how much it is too long."""

    def __init__(self, *, most: int = 5000, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.most = most
        self.validators.append(ProhibitNullCharactersValidator())

    def validate(self, value: str) -> None:
        """Refuse what does not fit, with the surplus in figures."""
        super().validate(value)
        # A browser sends a line break as two characters; the firm counted one.
        if (surplus := len(value) - self.most) > 0:
            message = _("At most %(most)d characters; this is %(surplus)d too many.")
            raise ValidationError(message, code="too_long", params={"most": self.most, "surplus": surplus})

    def to_python(self, value: Any) -> str:
        """One character for each line break; what shows nothing is nothing."""
        return plain(super().to_python(value) or "")


class StepForm(KeepsFiles, PortalForm):
    """What a step must be given. ``values()`` are the keyword arguments of its action."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, issue: Issue, by: User, now: datetime, holder: Holder | None = None, **kwargs: Any) -> None:
        super().__init__(*args, holder=holder, **kwargs)
        self.issue, self.by, self.now = issue, by, now
        self.fields["version"].initial = issue.version
        self.prepare()

    def prepare(self) -> None:
        """Set choices and proposals that depend on the issue."""

    def clean_version(self) -> int | None:
        """A version that is no number counts as none."""
        value: int | None = self.cleaned_data["version"]
        return value

    def values(self) -> dict[str, Any]:
        """The action's keyword arguments."""
        return dict(self.cleaned_data)
