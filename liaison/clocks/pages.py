"""Which of these pages stand in whose navigation."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User
from liaison.accounts.rights import Hats, Right
from liaison.ui.navigation import Link


def _manages(_user: User, hats: Hats) -> bool:
    return hats.may(Right.MANAGE_REFERENCE)


LINKS: Final = (Link(_("Limits"), "clocks:limits", "hourglass-split", order=76, shown=_manages),)
