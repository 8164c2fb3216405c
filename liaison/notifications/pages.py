"""The inbox in the navigation."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User
from liaison.notifications.models import Notification
from liaison.ui.navigation import Link, Place
from liaison.ui.paging import count_up_to


def unread_count(user: User) -> int:
    """How many messages wait, counted no further than "99+"."""
    return count_up_to(Notification.objects.inbox_of(user).unread())


LINKS: Final = (
    Link(_("Inbox"), "inbox", "inbox", order=60, count=unread_count, count_word=_("unread")),
    Link(_("Messages"), "messages", "envelope", Place.ACCOUNT, order=20),
)
