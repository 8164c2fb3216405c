"""The pack in words: numbered sections of facts and tables, for whatever writes the file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from enterprises.models import Enterprise
from events.briefing.reading import Briefing, Guest
from events.chain import Line
from events.enums import PresidingRole, Substitute
from events.models import AgendaItem, ProgrammeItem, Topic
from events.papers import counted
from issues.lights import light_of, remaining
from issues.models import Issue
from liaison.ui.moments import words_of
from liaison.workdays import ZONE

SHAPES = {"blue": "●", "yellow": "▲", "red": "■"}
"The lights as they stand on the screen, for printers without colour."


@dataclass(frozen=True)
class Table:
    """Rows under a head; ``widths`` are shares of the page's width."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


@dataclass(frozen=True)
class Section:
    """A heading of level 1 or 2 and what stands below it, in this order."""

    heading: str
    level: int = 1
    details: Sequence[tuple[str, str]] = ()
    paragraphs: Sequence[str] = ()
    tables: Sequence[Table] = field(default_factory=tuple)


def title_of(briefing: Briefing) -> str:
    """《畅聊早餐会(第 13 期)》 and what the paper is."""
    return _("%(occasion)s: briefing") % {"occasion": briefing.occasion}


def mark_of(briefing: Briefing) -> str:
    """Whose paper it is: another reader's has other issues."""
    return _("Internal. For %(reader)s, as of %(moment)s: it shows what this person may read.") % {
        "reader": briefing.reader.name,
        "moment": words_of(briefing.made_at),
    }


def sections_of(briefing: Briefing) -> list[Section]:
    """All of it."""
    parts = [_meeting(briefing), _agenda(briefing), _last(briefing), *_guests(briefing)]
    return list(_numbered(part for part in parts if part is not None))


def _numbered(parts: Iterable[Section]) -> Iterator[Section]:
    first = second = 0
    for part in parts:
        first, second = (first + 1, 0) if part.level == 1 else (first, second + 1)
        number = f"{counted(first)}、" if part.level == 1 else f"（{counted(second)}）"
        yield Section(f"{number}{part.heading}", part.level, part.details, part.paragraphs, part.tables)


def _meeting(briefing: Briefing) -> Section:
    occasion = briefing.occasion
    names = {role: [row.leader.name for row in briefing.presiding if row.role == role] for role in PresidingRole}
    details = [
        (pgettext("occasion", "When"), f"{words_of(occasion.starts_at)}–{_hours(occasion.ends_at)}"),
        (_("Place"), occasion.place),
        (_("Organised by"), _joined(map(str, [occasion.host_unit, *occasion.co_units.all()]))),
        (_("Host"), _joined(names[PresidingRole.HOST])),
        (pgettext("presiding", "Leaders present"), _joined(names[PresidingRole.LEADER])),
        (_("Enterprises coming"), str(len(briefing.guests))),
    ]
    return Section(_("The meeting"), details=_told(details), paragraphs=occasion.summary.splitlines())


def _agenda(briefing: Briefing) -> Section | None:
    tables = [
        _timetable(pgettext("briefing", "Programme"), [(at, item, "") for at, item in briefing.programme]),
        _timetable(pgettext("briefing", "Agenda"), [(at, item, _firm_of(item)) for at, item in briefing.agenda]),
    ]
    found = [table for table in tables if table.rows]
    return Section(_("Programme and agenda"), tables=found) if found else None


def _timetable(name: str, items: Iterable[tuple[datetime, ProgrammeItem | AgendaItem, str]]) -> Table:
    rows = [(_hours(at), item.title, item.speaker or firm, str(item.minutes)) for at, item, firm in items]
    return Table(
        (pgettext("programme", "Time"), name, pgettext("programme", "Who"), pgettext("programme", "Minutes")),
        rows,
        (12, 48, 28, 12),
    )


def _firm_of(item: AgendaItem) -> str:
    return item.topic.enterprise.name if item.topic else ""


def _last(briefing: Briefing) -> Section | None:
    if briefing.last is None:
        return None
    occasion, lines = briefing.last
    head = (pgettext("occasion", "Enterprise"), _("What was promised"), pgettext("issue", "Unit"), _("Where it stands"))
    rows = [
        (str(line.point.enterprise or line.point.speaker), line.point.text, line.unit or "–", _standing(line)) for line in lines
    ]
    heading = _("What was taken away last time: %(occasion)s") % {"occasion": occasion}
    return Section(heading, tables=[Table(head, rows, (20, 38, 16, 26))])


def _standing(line: Line) -> str:
    """As the page of the meeting says it."""
    if line.number:
        return _joined([f"{line.number}\n{line.stage}", _light(line.light, line.remaining)], " ")
    return _("It has become an issue.") if line.point.issue_id else _("Taken away; not an issue yet.")


def _guests(briefing: Briefing) -> Iterator[Section]:
    if not briefing.guests:
        return
    yield Section(_("Enterprises that come"))
    for guest in briefing.guests:
        yield Section(
            guest.invitation.enterprise.name,
            level=2,
            details=_told([(_("Comes"), _person(guest)), *(_profile(guest.profile) if guest.profile else [])]),
            paragraphs=[words for topic in guest.topics for words in _topic(topic)],
            tables=[_issues(guest.issues, briefing.made_at)] if guest.issues else [],
        )


def _person(guest: Guest) -> str:
    row = guest.invitation
    stands_in = str(row.get_substitute_display()) if row.substitute != Substitute.NONE else ""
    return _joined([row.guest_name, row.guest_title, stands_in], " ")


def _profile(firm: Enterprise) -> list[tuple[str, str]]:
    return [
        (_("Industry"), str(firm.get_industry_display())),
        (_("Size class"), str(firm.get_size_display()) if firm.size else ""),
        (_("Employees"), "" if firm.employees is None else str(firm.employees)),
        (_("Ownership"), str(firm.get_ownership_display())),
        (_("Town"), _joined(map(str, filter(None, [firm.town, firm.park])))),
        (_("Legal representative"), firm.legal_representative),
        (_("Labels"), _joined(map(str, firm.labels.all()))),
    ]


def _topic(topic: Topic) -> Iterator[str]:
    yield _("Topic: %(title)s") % {"title": topic.title}
    yield from topic.text.splitlines()
    if topic.reply:
        yield _("Draft reply of %(unit)s: %(reply)s") % {"unit": topic.unit, "reply": topic.reply}
    elif topic.unit:
        yield _("%(unit)s has been asked for a draft reply.") % {"unit": topic.unit}


def _issues(issues: Iterable[Issue], now: datetime) -> Table:
    head = (_("Open issue"), pgettext("issue", "Unit"), pgettext("issue", "Stage"), pgettext("issue", "Time left"))
    rows = [
        (
            f"{issue.number} {issue.title}",
            str(issue.lead_unit or "–"),
            str(issue.get_stage_display()),
            _light(light_of(issue, now), remaining(issue, now)) or "–",
        )
        for issue in issues
    ]
    return Table(head, rows, (40, 18, 14, 28))


def _light(colour: str, left: str) -> str:
    return f"{SHAPES[colour]} {left}" if colour in SHAPES else ""


def _told(details: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without what nobody knows."""
    return [(label, text) for label, text in details if text]


def _hours(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%H:%M}"


def _joined(words: Iterable[str], by: str = "、") -> str:
    return by.join(word for word in words if word)
