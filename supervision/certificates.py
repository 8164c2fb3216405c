"""What a certificate says, for its public page and for whoever draws it."""

from dataclasses import dataclass
from datetime import date

from supervision.models import Certificate


@dataclass(frozen=True)
class Facts:
    """All that stands on a certificate; the public page shows no more."""

    name: str
    workplace: str
    field: str
    number: str
    from_on: date
    to_on: date
    issued_on: date
    address: str
    "Of the page that verifies it, as the QR code says it."


def facts_of(certificate: Certificate) -> Facts:
    """The words of one certificate; its appointment and person are read with it."""
    appointment = certificate.appointment
    return Facts(
        name=appointment.person.name,
        workplace=appointment.workplace,
        field=appointment.field,
        number=appointment.number,
        from_on=appointment.from_on,
        to_on=appointment.to_on,
        issued_on=certificate.issued_on,
        address=certificate.address,
    )
