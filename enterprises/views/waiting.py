"""An application that waits in a visitor's session until they have a sign-in."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Self

from django.http import HttpRequest

from enterprises.models import Enterprise
from liaison.accounts.models import Unit
from liaison.files.models import PendingUpload

SESSION_KEY: Final = "waiting_application"


@dataclass(frozen=True)
class WaitingApplication:
    """What was typed, and the licence that was sent."""

    credit_code: str
    values: dict[str, Any]
    licence: PendingUpload | None

    def keep(self, request: HttpRequest) -> None:
        """Write it into the session; the file stays among those that wait."""
        plain = {name: value.code if isinstance(value, Unit) else _plain(value) for name, value in self.values.items()}
        licence = str(self.licence.pk) if self.licence else ""
        request.session[SESSION_KEY] = {"credit_code": self.credit_code, "values": plain, "licence": licence}

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """What waits in this session, as long as its licence is still kept."""
        kept = request.session.get(SESSION_KEY)
        if not kept:
            return None
        # The session is the visitor's own and cannot be written by them: no further check of whose file it is.
        licence = PendingUpload.objects.unused().filter(pk=kept["licence"]).first() if kept["licence"] else None
        return cls(kept["credit_code"], kept["values"], licence) if licence else None

    @staticmethod
    def forget(request: HttpRequest) -> None:
        """It has been sent."""
        request.session.pop(SESSION_KEY, None)

    def as_initial(self) -> dict[str, Any]:
        """For the form, when the visitor goes back to it."""
        return {**self.values, "credit_code": self.credit_code}

    def as_values(self) -> dict[str, Any]:
        """For the action."""
        fields: dict[str, Any] = {field.name: field for field in Enterprise._meta.get_fields()}  # noqa: SLF001
        values = {name: fields[name].to_python(value) for name, value in self.values.items() if name not in UNITS}
        units = {name: _unit(self.values[name]) for name in UNITS}
        return {**values, **units, "credit_code": self.credit_code, "licence": self.licence}


UNITS: Final = ("town", "park")


def _unit(value: Unit | str | None) -> Unit | None:
    if isinstance(value, Unit) or not value:
        return value or None
    return Unit.objects.get(code=value)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value
