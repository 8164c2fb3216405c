"""Which of these pages stand in whose navigation."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User
from liaison.accounts.rights import Hats, Right
from liaison.ui.navigation import Link, Place, Shown


def with_right(*rights: Right) -> Shown:
    """Shown to those whose duties give one of ``rights``."""

    def shown(_user: User, hats: Hats) -> bool:
        return any(hats.may(right) for right in rights)

    return shown


LINKS: Final = (
    Link(_("People"), "administration:people", "people", order=70, shown=with_right(Right.MANAGE_ACCOUNTS)),
    Link(_("Substitutes"), "administration:substitutes", "person-check", order=72, shown=with_right(Right.NAME_SUBSTITUTES)),
    Link(_("Units"), "administration:units", "diagram-3", order=74, shown=with_right(Right.MANAGE_REFERENCE)),
    Link(
        _("Group robots"),
        "administration:robots",
        "robot",
        order=75,
        shown=with_right(Right.MANAGE_ROBOTS, Right.MANAGE_REFERENCE),
    ),
    Link(_("Parameters"), "administration:parameters", "sliders", order=76, shown=with_right(Right.MANAGE_REFERENCE)),
    Link(_("Message ledger"), "administration:deliveries", "send-check", order=77, shown=with_right(Right.MANAGE_REFERENCE)),
    Link(
        _("Addresses that do not work"),
        "administration:refused-addresses",
        "envelope-exclamation",
        order=77,
        shown=with_right(Right.MEND_ADDRESSES, Right.MANAGE_REFERENCE),
    ),
    Link(_("Audit record"), "administration:audit", "journal-check", order=78, shown=with_right(Right.READ_AUDIT)),
    Link(_("My page"), "me", "person", Place.ACCOUNT, order=10),
    Link(_("Who may see what"), "rights", "eye", Place.FOOTER, order=80),
)
