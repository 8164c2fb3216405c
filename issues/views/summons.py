"""Summonses: the list, one as a page, its record."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from issues.actions.summons import record_summons
from issues.forms.supervision import RecordForm
from issues.forms.supervision_filters import SummonsFilterForm
from issues.inspection import SUMMONS_FLOW
from issues.models import Summons
from issues.queries import Asker
from issues.story import Reader
from issues.supervised import line_of, lines_of, reads_orders, summonses_of
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.moments import clock
from liaison.ui.forms import render_form_page
from liaison.ui.paging import count_up_to, keyset_page


@require_safe
def listing(request: SignedInRequest) -> HttpResponse:
    """Who has been called in, the next talk first."""
    asker = Asker(request.user, clock.now())
    if not reads_orders(asker):
        raise PermissionDenied
    mine = summonses_of(asker)
    form = SummonsFilterForm(request.GET, now=asker.now, units=mine.order_by().values("unit").distinct())
    valid = form.is_valid()
    rows = mine.filter(form.wanted())
    page = keyset_page(rows.for_list(), request.GET, by=form.by)
    context = {"form": form, "page": page, "lines": lines_of(page, asker), "count": count_up_to(rows)}
    status = HTTPStatus.OK if valid else HTTPStatus.BAD_REQUEST
    return render(request, "issues/supervision/summonses.html", context, status=status)


def summons_for(user: User, pk: int) -> Summons:
    """404 if it is not there or not visible."""
    return get_object_or_404(Summons.objects.visible_to(user).for_list().select_related("recorded_by"), pk=pk)


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One summons: why, whom, by when, what was agreed."""
    summons, asker = summons_for(request.user, pk), Asker(request.user, clock.now())
    context = {
        "summons": summons,
        "line": line_of(summons, asker),
        "reader": Reader(summons.issue, request.user),
        "steps": SUMMONS_FLOW.open_to(summons, request.user, asker.now),
    }
    return render(request, "issues/supervision/summons.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what came of the talk."""
    summons, now = summons_for(request.user, pk), clock.now()
    step = SUMMONS_FLOW.check("record", summons, request.user, now)
    form = RecordForm(request.POST if request.method == "POST" else None, issue=summons.issue, now=now)
    if request.method == "POST" and form.is_valid():
        record_summons(summons, by=request.user, now=now, **form.values())
        messages.success(request, _("Recorded. The unit has been told."))
        return redirect(summons)
    context = {"summons": summons, "line": line_of(summons, Asker(request.user, now)), "step": step, "form": form}
    return render_form_page(request, "issues/supervision/summons_record.html", form, context)
