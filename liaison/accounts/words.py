"""The rights table in words a person understands: what a duty allows, and how far."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import Duty, Unit
from liaison.accounts.rights import RIGHTS, Hats, Reach, Right

RIGHT_WORDS: Final[dict[Right, Promise]] = {
    Right.TRIAGE_ISSUES: _("Admit, answer at once, merge and dispatch issues; read all of them"),
    Right.CALL_BACK: _("Call firms back about issues handled by other units"),
    Right.ACCEPT_ORDERS: _("Accept orders and name the handler"),
    Right.HANDLE_ORDERS: _("Work on orders: contact the firm, write opinions and answers"),
    Right.SIGN_OFF: _("Sign off or return answers"),
    Right.READ_ORDERS: _("Read the issues that were dispatched to the unit"),
    Right.LEAD_UNITS: _("Follow the units in charge, decide what the desk may not"),
    Right.DIRECT: _("Write directives, receive direct-line matters"),
    Right.OVERSEE_ISSUES: _("Read all issues to oversee them"),
    Right.SUPERVISE: _("Open, return and close supervision orders; summon heads of units"),
    Right.VERIFY_ENTERPRISES: _("Verify, suspend and close enterprises"),
    Right.READ_ENTERPRISES: _("Read the register of enterprises"),
    Right.MANAGE_MEETINGS: _("Plan meetings, invite firms, publish"),
    Right.MANAGE_SUPERVISORS: _("Appoint supervisors, sort their reports"),
    Right.READ_SET_ASIDE: _("Read supervisors' reports that touch integrity"),
    Right.EXPORT: _("Export lists (each export is recorded)"),
    Right.NAME_SUBSTITUTES: _("Name who stands in for people of the unit"),
    Right.MANAGE_ROBOTS: _("Set up the group robots of the unit"),
    Right.MEND_ADDRESSES: _("See whose e-mail address or number does not work"),
    Right.MANAGE_REFERENCE: _("Change units, categories, parameters and group robots; follow whether messages arrive"),
    Right.KEEP_CALENDAR: _("Change the working calendar"),
    Right.MANAGE_ACCOUNTS: _("Manage people, duties and substitutions"),
    Right.READ_AUDIT: _("Read the audit record"),
}
REACH_WORDS: Final[dict[Reach, Promise]] = {
    Reach.UNIT: _("for the unit"),
    Reach.BRANCH: _("for the unit and all below it"),
    Reach.DISTRICT: _("for the whole district"),
}


@dataclass(frozen=True)
class Granted:
    """One right of one duty."""

    right: Right
    duty: Duty
    reach: Reach
    unit: Unit | None = None
    as_substitute: bool = False

    @property
    def words(self) -> Promise:
        """What may be done."""
        return RIGHT_WORDS[self.right]

    @property
    def reach_words(self) -> Promise:
        """How far."""
        return REACH_WORDS[self.reach]


def rights_in_words(hats: Hats) -> list[Granted]:
    """All that a person's duties of today allow."""
    units = Unit.objects.in_bulk({hat.unit_id for hat in hats.hats})
    return [
        Granted(right, hat.duty, duties[hat.duty], units[hat.unit_id], hat.owner_id != hats.user_id)
        for hat in hats.hats
        for right, duties in RIGHTS.items()
        if hat.duty in duties
    ]


def table() -> Iterable[tuple[Right, list[Granted]]]:
    """The whole table, for the page that explains who may see what and why."""
    return [(right, [Granted(right, duty, reach) for duty, reach in duties.items()]) for right, duties in RIGHTS.items()]
