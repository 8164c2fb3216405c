"""Pages of the navigation that belong to this app or to those below it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from liaison.ui.navigation import Link, Place

LINKS: Final = (
    Link(_("Start"), "home", "house", order=0, public=True),
    Link(_("Password"), "account_change_password", "key", Place.ACCOUNT, order=20),
    Link(_("Second factor"), "mfa_index", "shield-lock", Place.ACCOUNT, order=30),
    Link(_("Where I am signed in"), "usersessions_list", "laptop", Place.ACCOUNT, order=40),
    Link(_("Accessibility"), "accessibility", "universal-access", Place.FOOTER, order=90, public=True),
)
