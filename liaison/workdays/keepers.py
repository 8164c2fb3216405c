"""Who changes the calendar: the desk, which hears of a typhoon first, and the system administrator."""

from typing import Final

from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of

KEEPERS: Final = (Right.KEEP_CALENDAR, Right.MANAGE_REFERENCE)


def keeps_calendar(user: User) -> bool:
    """Whether a duty of today gives one of the rights."""
    return any(map(hats_of(user).may, KEEPERS))
