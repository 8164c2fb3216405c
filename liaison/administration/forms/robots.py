"""Group robots: address and secret go in, and never come out."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import Unit
from liaison.notifications.models import Channel, Robot
from liaison.notifications.models.ways import ROBOTS
from liaison.notifications.robots import check_address
from liaison.ui.forms import PortalForm


class RobotForm(PortalForm):
    """A new address, or none where the old one stays."""

    url = forms.CharField(
        label=_("Address (webhook)"),
        max_length=500,
        help_text=_("Copy it from the group's settings. It is a secret: it is kept sealed and not shown again."),
    )
    secret = forms.CharField(
        label=_("Signing secret"),
        required=False,
        max_length=200,
        help_text=_("DingTalk and Feishu: where signing is switched on."),
    )
    autocomplete = {"url": "off", "secret": "off"}
    channel: Channel | None = None

    def clean(self) -> dict[str, Any]:
        """Only the provider's own address, whatever else could be reached from here."""
        answers = super().clean() or {}
        channel = self.channel or (Channel(answers["provider"]) if answers.get("provider") else None)
        if channel and answers.get("url"):
            try:
                check_address(channel, answers["url"])
            except ValidationError as error:
                self.add_error("url", error)
        return answers


class NewRobotForm(RobotForm):
    """Whose, and of which provider."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), to_field_name="code")
    provider = forms.ChoiceField(label=_("Provider"), choices=[(each.value, each.label) for each in ROBOTS])
    field_order = ("unit", "provider", "url", "secret")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["unit"]
        choice.queryset = units

    def clean(self) -> dict[str, Any]:
        """One of each provider for a unit."""
        answers = super().clean()
        if answers.get("unit") and Robot.objects.filter(unit=answers["unit"], provider=answers.get("provider")).exists():
            self.add_error("provider", _("The unit has a robot of this provider already."))
        return answers


class ChangeRobotForm(RobotForm):
    """Both stay as they are where nothing is entered."""

    active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args: Any, robot: Robot, **kwargs: Any) -> None:
        super().__init__(*args, initial={"active": robot.active}, **kwargs)
        self.channel = Channel(robot.provider)
        self.fields["url"].required = False
        self.fields["url"].label = _("New address (webhook)")
        self.fields["secret"].label = _("New signing secret")
