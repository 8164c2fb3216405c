"""What a certificate says, for its public page and for whoever draws it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from liaison.documents.codes import qr_svg
from liaison.documents.pdf import render_long_pdf, render_pdf
from supervision.models import Certificate

FEW: Final = 20
"Certificates that a request draws by itself."


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


def draw(certificates: Iterable[Certificate], now: datetime) -> bytes:
    """One page for each, in Chinese whoever asks, as official papers are; with a code that leads to the public page."""
    facts = facts_for_paper(certificates)
    render = render_pdf if len(facts["certificates"]) <= FEW else render_long_pdf
    return render("certificate", facts, dated=now)


def facts_for_paper(certificates: Iterable[Certificate]) -> dict[str, Any]:
    """What templates/documents/certificate.typ reads."""
    with translation.override("zh-hans"):
        pages = [_page(facts_of(certificate)) for certificate in certificates]
        return {"title": pgettext("supervisor", "Certificate"), "language": "zh", "certificates": pages}


def issuer() -> str:
    """Who signs."""
    return _("Office for the business environment of %(district)s") % {"district": settings.DISTRICT_NAME}


def _page(facts: Facts) -> dict[str, object]:
    district = settings.DISTRICT_NAME
    said = _(
        "You are appointed as a business-environment supervisor of %(district)s (field: %(field)s), from %(begins)s to %(ends)s."
    )
    hope = _(
        "May you supervise, advise, carry word and tell the public, so that enterprises fare well here. This letter attests it."
    )
    words = {"district": district, "field": facts.field, "begins": _day(facts.from_on), "ends": _day(facts.to_on)}
    return {
        "title": pgettext("supervisor", "Certificate"),
        "number": facts.number,
        "name": facts.name,
        "honorific": _(" (%(workplace)s):") % {"workplace": facts.workplace},
        "paragraphs": [said % words, hope],
        "issuers": [issuer()],
        "date": _day(facts.issued_on),
        "qr": qr_svg(facts.address),
        "address": _("Scan to verify\n%(host)s") % {"host": settings.PORTAL_URL.partition("//")[2]},
    }


def _day(day: date) -> str:
    """``2022年6月15日``, without the day of the week."""
    return date_format(day, "Y年n月j日")
