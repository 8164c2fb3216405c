"""The list of issues, as everybody needs it for their work."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enterprises.permissions import roles_of
from issues.forms.filters import FilterForm
from issues.models import IssueQuerySet
from issues.queries import Asker, overdue_by_unit, reads_issues, sent_to
from issues.rows import rows_of
from issues.worklists import FOR_FIRM, OVERDUE, RUNNING, WorkList, worklists
from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right
from liaison.moments import clock
from liaison.ui.paging import PAGE_SIZE, Page, counts_up_to, keyset_page

TO_EVALUATE = FOR_FIRM[0]
PAGE = PAGE_SIZE
SHOWN_FIRST = 5


@require_safe
def listing(request: SignedInRequest) -> HttpResponse:
    """Issues that the person may read: first the list they work by, the others beside it."""
    asker = Asker(request.user, clock.now())
    form = FilterForm(request.GET, lists=worklists(asker))
    valid = form.is_valid()
    sent = sent_to(asker)
    rows = form.narrow(form.worklist.rows(asker, sent), asker)
    page = keyset_page(rows.for_list(), request.GET, by=form.worklist.by, size=PAGE)
    context = {
        "form": form,
        "worklist": form.worklist,
        "page": page,
        "rows": rows_of(page, asker),
        **_counted(form, rows, sent, asker),
        **_beside(form, page, sent, asker),
    }
    return render(request, "issues/lists/list.html", context, status=HTTPStatus.OK if valid else HTTPStatus.BAD_REQUEST)


def _counted(form: FilterForm, rows: IssueQuerySet, sent: IssueQuerySet, asker: Asker) -> dict[str, Any]:
    """How many stand in this list, and in those that ask for work, in one query."""
    waiting = {each.key: each.rows(asker, sent) for each in form.lists.values() if each.icon}
    counts = counts_up_to({"": rows, **waiting})
    tabs = [(each, counts.get(each.key), each.key == form.worklist.key) for each in form.lists.values()]
    return {"count": counts[""], "tabs": tabs}


def _beside(form: FilterForm, page: Page[Any], sent: IssueQuerySet, asker: Asker) -> dict[str, Any]:
    """What stands above the list for some: whose answers are late; what the firm should judge; what may be done."""
    leads = asker.may_any(Right.LEAD_UNITS, Right.OVERSEE_ISSUES)
    first = not form.is_used and not page.before
    beside: dict[str, Any] = {
        "may_raise": asker.is_firm,
        "may_enter": asker.may_any(Right.TRIAGE_ISSUES),
        "may_export": asker.may_any(Right.EXPORT),
        "reads_issues": reads_issues(asker),
        "shows_firm": asker.hats.is_staff or len(roles_of(asker.user)) > 1,
        "late": overdue_by_unit(sent, asker) if leads and first and _is(form, RUNNING, OVERDUE) else [],
        "to_evaluate": [],
    }
    if asker.is_firm and not asker.hats.is_staff and first and not form.data.get("view"):
        waiting = TO_EVALUATE.rows(asker, sent).for_list().order_by("submitted_at", "pk")[:SHOWN_FIRST]
        beside["to_evaluate"] = rows_of(waiting, asker)
    return beside


def _is(form: FilterForm, *lists: WorkList) -> bool:
    return form.worklist.key in {each.key for each in lists}
