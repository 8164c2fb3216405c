"""The life of a registration as one table."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.enums import Status
from enterprises.models import Enterprise
from enterprises.permissions import is_manager, is_verifier
from liaison.workflow import Flow, Step

ENTERPRISE_FLOW: Final[Flow[Enterprise]] = Flow(
    Step("verify", frozenset({Status.APPLIED}), (Status.VERIFIED,), is_verifier, _("Verify")),
    Step("refuse", frozenset({Status.APPLIED}), (Status.REFUSED,), is_verifier, _("Refuse registration"), grave=True),
    Step("apply-again", frozenset({Status.REFUSED}), (Status.APPLIED,), is_manager, _("Apply again")),
    Step(
        "reopen",
        frozenset({Status.SUSPENDED, Status.CLOSED}),
        (Status.VERIFIED,),
        is_verifier,
        pgettext_lazy("enterprise", "Reopen"),
    ),
    Step(
        "suspend",
        frozenset({Status.VERIFIED}),
        (Status.SUSPENDED,),
        is_verifier,
        pgettext_lazy("enterprise", "Suspend"),
        grave=True,
    ),
    Step(
        "close",
        frozenset({Status.VERIFIED, Status.SUSPENDED}),
        (Status.CLOSED,),
        is_verifier,
        pgettext_lazy("enterprise", "Close"),
        grave=True,
    ),
)
