"""Where enterprises show on pages that belong to all: the header, the line below it, the start page."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enterprises.acting import standing
from enterprises.enums import Status
from enterprises.messages import explain
from enterprises.models import Enterprise
from enterprises.permissions import is_verifier, may_represent, roles_of
from liaison.accounts.models import User
from liaison.accounts.rights import Hats, Right
from liaison.notifications import kinds, rendering
from liaison.ui import home
from liaison.ui.home import Card, Entry
from liaison.ui.navigation import Link, Place, register_standing
from liaison.ui.navigation import register as register_links
from liaison.ui.paging import count_up_to

SHOWN = 5
STATUTORY = frozenset({"enterprise_refused", "enterprise_suspended", "enterprise_closed", "enterprise_removed"})
"Decisions against somebody, of which they have to be told."


def register() -> None:
    """Called once, when all apps are loaded."""
    register_links(
        Link(_("Enterprises"), "enterprises:list", "buildings", order=30, shown=_reads_enterprises),
        Link(_("Our enterprise"), "enterprises:mine", "building", order=30, shown=_represents),
        Link(_("Chambers"), "enterprises:chambers", "people", order=35, shown=_reads_enterprises),
        Link(
            _("Register an enterprise"),
            "enterprises:register",
            "building-add",
            place=Place.FOOTER,
            order=10,
            shown=_may_register,
            public=True,
        ),
    )
    register_standing(standing)
    home.register(cards)
    rendering.register("enterprise_", explain)
    kinds.register(kinds.KindGroup("enterprise", _("Your enterprise in the register"), "enterprise_", STATUTORY))


def _reads_enterprises(_user: User, hats: Hats) -> bool:
    return hats.may(Right.READ_ENTERPRISES)


def _represents(user: User, _hats: Hats) -> bool:
    return bool(roles_of(user))


def _may_register(user: User, hats: Hats) -> bool:
    return may_represent(user) and not hats.is_staff


def cards(user: User) -> Iterable[Card]:
    """The desk's registrations to decide, and what a firm's manager must know about its own."""
    if is_verifier(None, user):
        yield _waiting()
    yield from _own(user)


def _waiting() -> Card:
    rows = Enterprise.objects.filter(status=Status.APPLIED)
    entries = [
        Entry(row.name, row.get_absolute_url(), row.town.name, row.applied_at)
        for row in rows.select_related("town").order_by("applied_at")[:SHOWN]
    ]
    url = f"{reverse('enterprises:list')}?status={Status.APPLIED}"
    empty = _("No registration is waiting.")
    return Card(_("Registrations to verify"), entries, count_up_to(rows), url, empty=empty, icon="building-check", order=40)


def _own(user: User) -> Iterable[Card]:
    """Only what is not as usual: a firm that is verified needs no card."""
    if not roles_of(user):
        return
    rows = Enterprise.objects.represented_by(user).exclude(status=Status.VERIFIED)
    entries = [Entry(row.name, row.get_absolute_url(), row.get_status_display()) for row in rows]
    if entries:
        yield Card(_("Our registration"), entries, icon="building-exclamation", tone="now", order=5)
