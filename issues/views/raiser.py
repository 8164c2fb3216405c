"""Who raises an issue, for which firm; and the pages for those who cannot."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from enterprises.acting import acting_enterprise, represented_enterprises
from enterprises.credit_codes import compact_code
from enterprises.models import Enterprise
from issues.models import Issue
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import Unit
from liaison.accounts.rights import RIGHTS, Right, hats_of
from liaison.ui.typed import typed_in

FORBIDDEN, TOO_MANY = 403, 429


@dataclass(frozen=True)
class Raiser:
    """For which firm a person raises an issue; staff do it from a unit."""

    enterprise: Enterprise
    unit: Unit | None = None


def may_raise(request: SignedInRequest) -> bool:
    """People of a firm, and the desk on a firm's behalf."""
    return bool(represented_enterprises(request)) or hats_of(request.user).may(Right.TRIAGE_ISSUES)


def raiser_of(request: SignedInRequest, draft: Issue | None = None) -> Raiser | None:
    """For whom this request is; None while the desk has not named a firm, or not one that the person may act for."""
    if draft is not None:
        return Raiser(draft.enterprise, draft.entered_by_unit)
    asked = compact_code(request.POST.get("enterprise") or request.GET.get("enterprise") or "")
    own = represented_enterprises(request)
    if not asked and own:
        return Raiser(acting_enterprise(request) or own[0])
    if (chosen := next((firm for firm in own if firm.credit_code == asked), None)) is not None:
        return Raiser(chosen)
    if not hats_of(request.user).may(Right.TRIAGE_ISSUES) or "\x00" in asked:
        return None
    firm = Enterprise.objects.filter(credit_code=asked).first()
    return Raiser(firm, desk_unit(request)) if firm else None


def desk_unit(request: SignedInRequest) -> Unit:
    """The unit from which a desk officer works."""
    duties = RIGHTS[Right.TRIAGE_ISSUES]
    hat = next(hat for hat in hats_of(request.user).hats if hat.duty in duties)
    return Unit.objects.get(pk=hat.unit_id)


def not_for_you(request: SignedInRequest) -> HttpResponse:
    """Neither of a firm nor of the desk: say who may, and what to do instead."""
    return render(request, "issues/intake/not_for_you.html", status=FORBIDDEN)


def firm_not_open(request: SignedInRequest, enterprise: Enterprise, draft: Issue | None = None) -> HttpResponse:
    """Only verified firms raise issues: say what is missing."""
    others = [firm for firm in represented_enterprises(request) if firm.is_open]
    context = {"enterprise": enterprise, "others": others, "draft": draft, "typed": typed_in(request)}
    return render(request, "issues/intake/firm_not_open.html", context, status=FORBIDDEN)


def cap_reached(request: SignedInRequest, draft: Issue, cap: int) -> HttpResponse:
    """Enough for today; the draft is kept."""
    return render(request, "issues/intake/cap_reached.html", {"draft": draft, "cap": cap}, status=TOO_MANY)
