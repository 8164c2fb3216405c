"""The minutes as a paper in the 纪要 layout of GB/T 9704: what stands where, for whatever writes the file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from events.attendance import Attendance
from events.enums import PresidingRole
from events.models import Invitation, Occasion, Presiding, Revision
from liaison.workdays import ZONE

DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class MinutesPaper:
    """Everything that the paper shows, in the order in which it shows it."""

    title: str
    number: str
    "第 13 期; empty outside a series."
    issued_by: str
    date: str
    "2026年9月21日, as GB/T 9704 writes dates: Arabic figures, no leading zeros."
    time: str
    place: str
    host: str
    leaders: Sequence[str]
    attendants: Sequence[str]
    absent: Sequence[str]
    paragraphs: Sequence[str]
    "Numbered as they were saved; one string may hold several lines."
    distribution: Sequence[str] = field(default_factory=tuple)
    approved: bool = True
    "A paper that is not approved is marked as a draft."


def minutes_paper(
    occasion: Occasion, revision: Revision, *, presiding: Sequence[Presiding], attendance: Attendance, texts: Sequence[str]
) -> MinutesPaper:
    """Pure: what the caller has read goes in, nothing is asked of the database (units and firms are there already)."""
    present = [row for row in presiding if row.state != "replaced"]
    starts = occasion.starts_at.astimezone(ZONE)
    ends = occasion.ends_at.astimezone(ZONE)
    return MinutesPaper(
        title=f"{occasion.title}纪要",
        number="" if occasion.number is None else f"第 {occasion.number} 期",
        issued_by=occasion.host_unit.name,
        date=f"{starts.year}年{starts.month}月{starts.day}日",
        time=f"{starts:%H:%M}—{ends:%H:%M}",
        place=occasion.place,
        host="、".join(row.leader.name for row in present if row.role == PresidingRole.HOST),
        leaders=[row.leader.name for row in present if row.role == PresidingRole.LEADER],
        attendants=[_guest(row) for row in attendance.came],
        absent=[row.enterprise.name for row in attendance.absent],
        paragraphs=[f"{counted(n)}、{text}" for n, text in enumerate(texts, 1)],
        distribution=[occasion.host_unit.name, *(unit.name for unit in occasion.co_units.all())],
        approved=revision.approved_at is not None,
    )


def _guest(row: Invitation) -> str:
    return " ".join(filter(None, [row.enterprise.name, row.guest_title, row.guest_name]))


def counted(number: int) -> str:
    """一, 十, 十二, 二十, 二十一 … as the headings of official papers are counted; up to 99."""
    tens, ones = divmod(number, 10)
    if number > 99:  # noqa: PLR2004 - nobody writes minutes of a hundred paragraphs
        return str(number)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones else "")
