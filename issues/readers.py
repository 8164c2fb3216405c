"""Who may read an issue today, and why: the other direction of ``visible_to``."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from enterprises.models import Representative
from issues.models import Issue
from issues.permissions import may_view
from liaison.accounts.models import Duty, Unit, User
from liaison.accounts.queries import holders
from liaison.workflow import Words


@dataclass(frozen=True)
class Readers:
    """People who may read it for one reason."""

    who: Words
    why: Words
    people: list[User]


def readers_of(issue: Issue) -> list[Readers]:
    """Every reason that holds for somebody, with those people; who is excluded by conflict is left out."""
    groups: list[Readers] = [
        Readers(_("The enterprise"), _("It is the enterprise's own issue."), _representatives(issue)),
        Readers(_("The desk"), _("It admits, dispatches and follows all issues."), holders([Duty.DESK])),
        *_of_units(issue),
        Readers(_("Inspection office"), _("It watches over all issues that were sent."), holders([Duty.INSPECTOR])),
        Readers(_("Main leaders"), _("They answer for the whole district."), holders([Duty.MAIN_LEADER])),
        Readers(_("Callers"), _("They call the firm from outside the units that handle it."), holders([Duty.CALLER])),
    ]
    allowed = [Readers(group.who, group.why, [user for user in group.people if may_view(issue, user)]) for group in groups]
    return [group for group in allowed if group.people]


def _representatives(issue: Issue) -> list[User]:
    rows = Representative.objects.open().filter(enterprise=issue.enterprise_id, user__is_active=True).select_related("user")
    return [row.user for row in rows]


def _of_units(issue: Issue) -> Iterable[Readers]:
    units = {order.unit_id: order.unit for order in issue.orders.all()}
    paths = list(Unit.objects.values_list("pk", "path"))
    for unit in units.values():
        above = [pk for pk, path in paths if unit.path.startswith(path)]
        people = {user.pk: user for user in holders([Duty.LIAISON, Duty.HANDLER], [unit.pk])}
        people |= {user.pk: user for user in holders([Duty.DEPUTY, Duty.HEAD], above)}
        yield Readers(str(unit), _("The issue was dispatched to this unit."), list(people.values()))
        yield Readers(_("Leaders in charge"), _("They are in charge of a unit that handles it."), holders([Duty.LEADER], above))
