"""A message that has to reach somebody and finds nobody is itself told: to the desk and to who runs the portal."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from django.utils.translation import gettext as _

from liaison.accounts.models import Duty
from liaison.accounts.queries import holders
from liaison.notifications.kinds import label_of_kind
from liaison.notifications.models import Notification
from liaison.notifications.notice import Notice

logger = logging.getLogger(__name__)
KIND: Final = "nobody_told"


def nobody_told(notices: Sequence[Notice]) -> list[Notice]:
    """One alarm for each; kind and key only, for system administrators read nothing of what firms raise."""
    if not notices:
        return []
    watchers = holders([Duty.DESK, Duty.SYSTEM_ADMIN])
    for notice in notices:
        logger.error("Nobody to tell of %s %s; %s people are told that", notice.kind, notice.key, len(watchers))
    return [Notice(KIND, _key(notice), watchers, {"kind": notice.kind, "key": notice.key}, urgent=True) for notice in notices]


def _key(notice: Notice) -> str:
    """The same for the same notice, and never too long."""
    return str(uuid5(NAMESPACE_OID, f"{notice.kind} {notice.key}"))


def explain(rows: Sequence[Notification]) -> Mapping[int, dict[str, Any]]:
    """Words for the alarms."""
    why = _("You see to it that messages reach somebody.")
    return {row.pk: {**row.context, "group": label_of_kind(row.context["kind"]), "why": why} for row in rows}
