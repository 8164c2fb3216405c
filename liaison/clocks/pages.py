"""Which of these pages stand in whose navigation."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User
from liaison.accounts.rights import Hats, Right
from liaison.ui.navigation import Link, Shown


def _with_right(*rights: Right) -> Shown:
    def shown(_user: User, hats: Hats) -> bool:
        return any(map(hats.may, rights))

    return shown


LINKS: Final = (
    Link(
        _("What will be reached"),
        "clocks:forecast",
        "stopwatch",
        order=45,
        shown=_with_right(Right.OVERSEE_ISSUES, Right.TRIAGE_ISSUES, Right.MANAGE_REFERENCE),
    ),
    Link(_("Limits"), "clocks:limits", "hourglass-split", order=76, shown=_with_right(Right.MANAGE_REFERENCE)),
    Link(_("Ladder"), "clocks:ladder", "list-ul", order=76, shown=_with_right(Right.MANAGE_REFERENCE)),
)
