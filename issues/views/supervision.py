"""Supervision orders: the list, one order as a page and on paper, its steps."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from issues.actions.supervision import SUPERVISION_ACTIONS, history_of
from issues.forms.supervision import SUPERVISION_FORMS
from issues.forms.supervision_filters import SupervisionFilterForm
from issues.inspection import SUPERVISION_FLOW
from issues.models import SupervisionOrder
from issues.queries import Asker
from issues.story import Act, Reader
from issues.supervised import line_of, lines_of, orders_of, reads_orders
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.moments import clock
from liaison.ui.forms import render_form_page
from liaison.ui.paging import count_up_to, keyset_page
from liaison.workflow import StepNotOpen

DONE = {
    "answer": _("Answered. The inspection office has been told and will close it or return the answer."),
    "return": _("Returned. The unit has been told and has the usual time again."),
    "close": _("Closed. The unit has been told."),
}


@require_safe
def listing(request: SignedInRequest) -> HttpResponse:
    """What is asked of whom, the most urgent first."""
    asker = Asker(request.user, clock.now())
    if not reads_orders(asker):
        raise PermissionDenied
    mine = orders_of(asker)
    units = mine.order_by().values("unit").distinct()
    form = SupervisionFilterForm(request.GET, now=asker.now, units=units)
    valid = form.is_valid()
    rows = mine.filter(form.wanted())
    page = keyset_page(rows.for_list(), request.GET, by=form.by)
    context = {"form": form, "page": page, "lines": lines_of(page, asker), "count": count_up_to(rows)}
    status = HTTPStatus.OK if valid else HTTPStatus.BAD_REQUEST
    return render(request, "issues/supervision/list.html", context, status=status)


def order_for(user: User, address: str) -> SupervisionOrder:
    """The order at ``2022-3``; 404 if it is not there or not visible."""
    year, _dash, serial = address.partition("-")
    rows = SupervisionOrder.objects.visible_to(user).for_list().select_related("directive__leader", "opened_by", "closed_by")
    return get_object_or_404(rows, year=int(year), serial=int(serial))


@require_safe
def detail(request: SignedInRequest, address: str) -> HttpResponse:
    """One order: what is asked of whom by when, what was answered, what can be done now."""
    order = order_for(request.user, address)
    return render(request, "issues/supervision/order.html", _page_of(order, request.user))


def _page_of(order: SupervisionOrder, user: User) -> dict[str, Any]:
    now = clock.now()
    reader = Reader(order.issue, user)
    return {
        "order": order,
        "line": line_of(order, Asker(user, now)),
        "reader": reader,
        "text": reader.masked(order.text),
        "answers": order.answers.select_related("by", "returned_by"),
        "events": [reader.told(event) for event in history_of(order)],
        "steps": SUPERVISION_FLOW.open_to(order, user, now),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, address: str, page: str) -> HttpResponse:
    """The form of a step, or why it is not open."""
    if page not in SUPERVISION_FORMS:
        raise Http404
    order = order_for(request.user, address)
    try:
        return _step(request, order, page)
    except StepNotOpen as shut:
        order.last_act = _last_act(order, request.user)
        raise StepNotOpen(shut.step, order, shut.reason) from shut


def _step(request: SignedInRequest, order: SupervisionOrder, page: str) -> HttpResponse:
    now = clock.now()
    taken = SUPERVISION_FLOW.check(page, order, request.user, now)
    form = SUPERVISION_FORMS[page](request.POST if request.method == "POST" else None, issue=order.issue, now=now)
    if request.method == "POST" and form.is_valid():
        SUPERVISION_ACTIONS[page](order, by=request.user, now=now, **form.values())
        messages.success(request, DONE[page])
        return redirect(order)
    context = {**_page_of(order, request.user), "step": taken, "form": form}
    return render_form_page(request, "issues/supervision/step.html", form, context)


def _last_act(order: SupervisionOrder, user: User) -> object:
    event = history_of(order).last()
    return Act(Reader(order.issue, user).who(event), event.at) if event else None
