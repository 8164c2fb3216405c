"""Questions about many rows."""

from django.db.models import QuerySet

from enterprises.models import Enterprise, EnterpriseEvent
from enterprises.permissions import is_verifier
from liaison.accounts.models import User

SHOWN = 50


def history_for(enterprise: Enterprise, user: User) -> QuerySet[EnterpriseEvent]:
    """The newest events. The firm reads from its own application on: an earlier, refused one may be somebody else's."""
    events = enterprise.events.select_related("actor")
    if not is_verifier(enterprise, user):
        events = events.filter(at__gte=enterprise.registered_at)
    return events[:SHOWN]
