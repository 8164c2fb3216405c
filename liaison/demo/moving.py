"""Moving the demonstration's clock: forward as far as one likes, backwards only to real time."""

import re
from datetime import datetime, timedelta
from typing import Final

from liaison.moments import clock
from liaison.workdays import ZONE

SPAN: Final = re.compile(r"\+([0-9]{1,5})([dhm])")
UNITS: Final = {"d": "days", "h": "hours", "m": "minutes"}
FURTHEST: Final = timedelta(days=3650)
"From real time; nobody has a calendar of the years beyond."


class NotMoved(Exception):  # noqa: N818 - an answer to the administrator
    """The clock stays as it is; the words say why."""


def target(text: str, now: datetime) -> datetime:
    """The portal time that ``+3d``, ``+2h``, ``+90m`` or ``2026-12-01T09:00`` asks for."""
    if found := SPAN.fullmatch(text):
        return now + timedelta(**{UNITS[found[2]]: int(found[1])})
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NotMoved(f"{text!r} cannot be read: write +3d, +2h, +90m, 2026-12-01T09:00 or reset.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def move(text: str) -> timedelta:
    """Set the clock; returns by how much it went forward."""
    now = clock.now()
    try:
        wanted = target(text, now)
        too_far = wanted - clock.to_machine(now) > FURTHEST
    except OverflowError:
        too_far = True
    if too_far:
        raise NotMoved(f"The clock can be moved at most {FURTHEST.days} days ahead of real time.")
    if wanted <= now:
        raise NotMoved(f"The clock shows {shown(now)}; it is never moved back, only reset to real time: demo_clock reset.")
    clock.move_to(clock.moved_by() + (wanted - now))
    return wanted - now


def shown(moment: datetime) -> str:
    """A moment in the portal's zone."""
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"
