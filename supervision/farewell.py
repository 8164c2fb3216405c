"""The letter at the end of an appointment, as a paper in Chinese: thanks, or the notice of a dismissal."""

from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from liaison.documents.pdf import render_pdf
from supervision.certificates import issuer
from supervision.duties import Period, figures_of
from supervision.enums import Standing
from supervision.models import Appointment


def title_of(appointment: Appointment, today: date) -> str:
    """Which letter there is on ``today``, in the reader's words; none while the appointment lasts, or if it never was made."""
    if appointment.stage == Standing.DISMISSED:
        return pgettext("letter", "Notice of dismissal")
    ended = appointment.stage == Standing.APPOINTED and today > appointment.to_on
    return pgettext("letter", "Letter of thanks") if ended or appointment.stage == Standing.RESIGNED else ""


def draw_letter(appointment: Appointment, now: datetime) -> bytes:
    """In Chinese whoever asks; only of an appointment that has ended."""
    return render_pdf("letter_of_farewell", facts_for_letter(appointment), dated=now)


def facts_for_letter(appointment: Appointment) -> dict[str, object]:
    """What templates/documents/letter_of_farewell.typ reads."""
    with translation.override("zh-hans"):
        dismissed = appointment.stage == Standing.DISMISSED
        return {
            "language": "zh",
            "title": title_of(appointment, date.max),
            "number": appointment.number,
            "addressee": _("Dear %(name)s:") % {"name": appointment.person.name},
            "paragraphs": _dismissal(appointment) if dismissed else _thanks(appointment),
            "closing": [] if dismissed else [pgettext("closing of a letter", "With"), pgettext("closing of a letter", "respect")],
            "issuers": [issuer()],
            "date": _day(appointment.until_on),
        }


def _thanks(appointment: Appointment) -> list[str]:
    served = _(
        "From %(begins)s to %(ends)s you served as a business-environment supervisor of %(district)s (field: %(field)s)."
    ) % _words(appointment)
    figures = figures_of([appointment.person_id], Period(appointment.from_on, appointment.until_on))[appointment.person_id]
    done = [
        sentence % {"count": count}
        for sentence, count in (
            (_("you gave %(count)s reports"), figures.reports),
            (_("you took part in %(count)s activities"), figures.activities),
        )
        if count
    ]
    counted = _("In this time %(done)s.") % {"done": _(", ").join(done)} if done else ""
    thanks = _(
        "You spoke up for enterprises and kept an eye on how they are served, and our business environment is the better for it. "
        "For this we thank you with all our heart."
    )
    hope = _("May you go on caring for the enterprises of %(district)s, and tell us what you see.") % _words(appointment)
    return [served + counted, thanks, hope]


def _dismissal(appointment: Appointment) -> list[str]:
    words = _words(appointment) | {"ground": appointment.get_ground_display(), "reason": appointment.reason}
    return [
        _("On %(begins)s you were appointed as a business-environment supervisor of %(district)s (No. %(number)s).") % words,
        _("Ground: %(ground)s. %(reason)s") % words,
        _("Your appointment therefore ended on %(ends)s; your certificate has been void since then. You are hereby informed.")
        % words,
    ]


def _words(appointment: Appointment) -> dict[str, str]:
    return {
        "district": settings.DISTRICT_NAME,
        "field": appointment.field,
        "number": appointment.number,
        "begins": _day(appointment.from_on),
        "ends": _day(appointment.until_on),
    }


def _day(day: date) -> str:
    """``2022年6月15日``, without the day of the week."""
    return date_format(day, "Y年n月j日")
