"""For which enterprise a person acts; everything they do for a firm is done for this one."""

from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from enterprises.models import Enterprise
from liaison.accounts.models import User
from liaison.ui.navigation import Standing

SESSION_KEY: Final = "acting_for"


def represented_enterprises(request: HttpRequest) -> list[Enterprise]:
    """All enterprises of the person, verified ones first; read once per request."""
    cached: list[Enterprise] | None = getattr(request, "_represented", None)
    if cached is None:
        user = request.user
        found = Enterprise.objects.represented_by(user).select_related("town") if isinstance(user, User) else []
        cached = sorted(found, key=lambda enterprise: (not enterprise.is_open, enterprise.applied_at, enterprise.pk))
        request._represented = cached  # type: ignore[attr-defined] # noqa: SLF001
    return cached


def acting_enterprise(request: HttpRequest) -> Enterprise | None:
    """The one that the person chose, as long as they still represent it; else their first; None if they have none."""
    mine = represented_enterprises(request)
    chosen = request.session.get(SESSION_KEY)
    return next((enterprise for enterprise in mine if enterprise.credit_code == chosen), mine[0] if mine else None)


def act_for(request: HttpRequest, enterprise: Enterprise) -> None:
    """Remember the choice until the person signs out."""
    request.session[SESSION_KEY] = enterprise.credit_code
    request.__dict__.pop("_represented", None)


def standing(request: HttpRequest) -> Standing | None:
    """The line below the header."""
    enterprise = acting_enterprise(request)
    if enterprise is None:
        return None
    words = _("For %(enterprise)s") % {"enterprise": enterprise.name}
    if len(represented_enterprises(request)) == 1:
        return Standing(words)
    return Standing(words, reverse("enterprises:acting"), _("Switch"))
