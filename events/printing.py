"""Papers of a meeting: the letter of invitation, name cards, the seat plan, the minutes for Word."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.enums import InvitationState, PresidingRole
from events.models import Invitation, Occasion, Presiding
from events.papers import MinutesPaper
from events.programme import timed
from events.seating import guests_of, leaders_of, seated
from liaison.documents.codes import qr_svg
from liaison.documents.pdf import render_pdf
from liaison.documents.word import Paper
from liaison.ui.moments import words_of
from liaison.workdays import ZONE


def letter_of(invitation: Invitation, now: datetime) -> bytes:
    """The letter to one firm, with the link by which it answers; for printing, and for firms that read no mail."""
    occasion = invitation.occasion
    address = f"{settings.PORTAL_URL}{invitation.get_absolute_url()}"
    facts = {
        "title": _("Invitation"),
        "language": "zh",
        "letterhead": settings.DISTRICT_NAME,
        "addressee": _("%(enterprise)s:") % {"enterprise": invitation.enterprise.name},
        "paragraphs": [
            _("We invite you to %(occasion)s. Please let somebody of your firm come.") % {"occasion": occasion},
            *occasion.summary.splitlines(),
        ],
        "details": [
            [pgettext("occasion", "When"), words_of(occasion.starts_at)],
            [_("Place"), occasion.place],
            *([[_("Host"), host]] if (host := _host(occasion)) else []),
        ],
        "programme_title": _("Programme"),
        "programme": _programme(occasion),
        "reply": {
            "text": _("Please answer by %(until)s. Scan the code, or open the address:") % {"until": words_of(occasion.reply_by)},
            "address": address,
            "qr": qr_svg(address),
        },
        "senders": [str(occasion.host_unit), *map(str, occasion.co_units.all())],
        "date": words_of(invitation.invited_at, "day"),
    }
    return render_pdf("letter_of_invitation", facts, dated=now)


def _host(occasion: Occasion) -> str:
    rows = occasion.presiding.filter(role=PresidingRole.HOST).exclude(state="replaced").select_related("leader")
    return "、".join(row.leader.name for row in rows)


def _programme(occasion: Occasion) -> list[dict[str, str]]:
    items = timed(occasion.starts_at.astimezone(ZONE), occasion.programme.all())
    return [{"time": f"{at:%H:%M}", "subject": item.title, "speaker": item.speaker} for at, item in items]


def name_cards_of(occasion: Occasion, now: datetime) -> bytes:
    """A sheet for everybody who comes, leaders first."""
    leaders = occasion.presiding.exclude(state="replaced").select_related("leader")
    guests = occasion.invitations.filter(state=InvitationState.ACCEPTED).select_related("enterprise").order_by("pk")
    cards: list[dict[str, Any]] = [{"name": row.leader.name, "firm": str(row.get_role_display())} for row in leaders]
    cards += [{"name": row.guest_name, "firm": row.enterprise.name, "title": row.guest_title} for row in guests]
    return render_pdf("name_cards", {"cards": cards, "title": str(occasion), "language": "zh"}, dated=now)


def seat_plan_of(occasion: Occasion, now: datetime) -> bytes:
    """Who sits where, by rank and agenda (events.seating), for the wall and for whoever lays the table."""
    leaders = leaders_of(occasion, now.astimezone(ZONE).date())
    plan = seated([_leader_seat(row) for row in leaders], [_guest_seat(row) for row in guests_of(occasion)])
    facts = {
        "title": _("%(occasion)s: seat plan") % {"occasion": occasion},
        "language": "zh",
        "subtitle": f"{words_of(occasion.starts_at)} · {occasion.place}",
        "table": _("Seen from above; the host sits in the middle of the upper side"),
        "head": plan.head,
        "rows": plan.rows,
    }
    return render_pdf("seats_facing", facts, dated=now)


def _leader_seat(row: Presiding) -> dict[str, Any]:
    return {
        "name": row.leader.name,
        "firm": str(row.get_role_display()),
        "leads": True,
        "host": row.role == PresidingRole.HOST,
    }


def _guest_seat(row: Invitation) -> dict[str, Any]:
    return {"name": row.guest_name, "firm": "\n".join(filter(None, [row.enterprise.name, row.guest_title]))}


def minutes_for_word(paper: MinutesPaper, dated: datetime) -> bytes:
    """The minutes in the layout of GB/T 9704—2012, 10.3; in Chinese, as official papers are, whoever asks."""
    word = Paper(subject=paper.title, dated=dated)
    word.minutes_heading(paper.title, number=paper.number, issuer=paper.issued_by, date=paper.date)
    if not paper.approved:
        word.paragraph("（草稿，未经主持人审定）")
    word.paragraph(f"时间：{paper.date} {paper.time}")
    word.paragraph(f"地点：{paper.place}")
    if paper.host:
        word.paragraph(f"主持：{paper.host}")
    for text in paper.paragraphs:
        word.paragraph(text)
    for label, names in (("出席", [*paper.leaders, *paper.attendants]), ("请假", paper.absent)):
        if names:
            word.people(label, names)
    word.imprint([("分送", "、".join(paper.distribution))], issuer=paper.issued_by, date=f"{paper.date}印发")
    return word.save()
