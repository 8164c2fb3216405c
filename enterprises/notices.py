"""What people are told about enterprises, and the key that makes each telling once-only."""

from collections.abc import Iterable

from enterprises.enums import Role
from enterprises.models import Enterprise, EnterpriseEvent, Representative
from liaison.accounts.models import User
from liaison.accounts.queries import holders
from liaison.accounts.rights import RIGHTS, Right
from liaison.notifications.actions import Notice


def people_of(enterprise: Enterprise, *roles: Role) -> list[User]:
    """Who acts for the enterprise now, in these roles or in any."""
    rows = Representative.objects.open().filter(enterprise=enterprise).select_related("user")
    return [row.user for row in rows if not roles or row.role in roles]


def desk() -> Iterable[User]:
    """Who decides about registrations today, and who stands in for them."""
    return holders(RIGHTS[Right.VERIFY_ENTERPRISES])


def about(event: EnterpriseEvent, recipients: Iterable[User]) -> Notice:
    """The kind follows the event: enterprise_verified, and so on."""
    context = {"credit_code": event.enterprise.credit_code, "enterprise": event.enterprise_id, "event": event.pk}
    return Notice(f"enterprise_{event.kind}", f"enterprise-event:{event.pk}", recipients, context)
