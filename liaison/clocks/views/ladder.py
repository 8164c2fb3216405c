"""The ladder as data: what holds, changing it after a dry run, and what changed when by whom and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from liaison.accounts.decorators import administrator
from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right
from liaison.clocks.actions.rules import RulesChanged, newest, rungs_in_force, save_ladder
from liaison.clocks.forecast import would_fire
from liaison.clocks.forms.ladder import RungsForm
from liaison.clocks.kinds import kinds
from liaison.clocks.models import RuleSet, Rung
from liaison.clocks.rule_words import acts_words, ladder_name, moment_of_rung, rung_changes, told_words
from liaison.clocks.versions import changes_since, versions
from liaison.clocks.views.limits import seen_in, version_of
from liaison.moments import clock as portal_clock
from liaison.ui.paging import keyset_page

GENERAL: Final = "general"
"The address of the ladder of all clocks that have none of their own."
DAYS: Final = 7


@administrator(Right.MANAGE_REFERENCE)
def page(request: SignedInRequest) -> HttpResponse:
    """The ladders in force."""
    rungs = rungs_in_force()
    ladders = [_ladder(kind, rungs[kind]) for kind in ["", *_codes()] if kind in rungs]
    others = [(kind, ladder_name(kind)) for kind in _codes() if kind not in rungs]
    context = {"ladders": ladders, "others": others, "version": newest(RuleSet.Of.LADDER)}
    return render(request, "clocks/ladder.html", context)


def _codes() -> list[str]:
    return [kind.code for kind in kinds() if kind.laddered]


def _ladder(kind: str, rungs: Sequence[Rung]) -> dict[str, Any]:
    rows = [
        {
            "rung": rung,
            "moment": moment_of_rung(rung.basis, rung.amount),
            "told": told_words(rung.told),
            "acts": acts_words(rung.acts),
        }
        for rung in rungs
    ]
    return {"address": kind or GENERAL, "name": ladder_name(kind), "rows": rows}


@administrator(Right.MANAGE_REFERENCE)
def edit(request: SignedInRequest, kind: str) -> HttpResponse:
    """Change one ladder: the form, the dry run of it, then a new version."""
    code = _code_of(kind)
    last, form = newest(RuleSet.Of.LADDER), _form(request, code)
    seen = seen_in(request) if form.is_bound else version_of(last)
    if seen != version_of(last):
        return _overtaken(request, code, seen)
    act = request.POST.get("act", "try")
    if not form.is_valid() or act == "edit":
        status = HTTPStatus.BAD_REQUEST if form.is_bound and act != "edit" else HTTPStatus.OK
        return _show(request, form, seen, status)
    if act == "save":
        return _save(request, form, seen)
    return _dry_run(request, form, seen)


def _code_of(kind: str) -> str:
    if kind != GENERAL and kind not in _codes():
        raise Http404
    return "" if kind == GENERAL else kind


def _form(request: SignedInRequest, code: str) -> RungsForm:
    rungs = rungs_in_force()
    return RungsForm(request.POST or None, kind=code, rungs=rungs.get(code) or rungs.get("", []), own=code in rungs)


def _show(request: SignedInRequest, form: RungsForm, seen: int, status: int, **more: object) -> HttpResponse:
    context = {"form": form, "seen": seen, "name": ladder_name(form.kind), **more}
    return render(request, "clocks/ladder_edit.html", context, status=status)


def _overtaken(request: SignedInRequest, code: str, seen: int) -> HttpResponse:
    """Somebody was quicker: say who and what, and show what was typed beside it."""
    last = newest(RuleSet.Of.LADDER)
    changes = changes_since(seen, last) if last else []
    return _show(request, _form(request, code), version_of(last), HTTPStatus.CONFLICT, race=last, changes=changes)


def _save(request: SignedInRequest, form: RungsForm, seen: int) -> HttpResponse:
    rows = [rung for rungs in _proposed(form).values() for rung in rungs]
    try:
        save_ladder(rows, by=request.user, now=portal_clock.now(), note=form.cleaned_data["note"], seen=seen)
    except RulesChanged:
        return _overtaken(request, form.kind, seen)
    messages.success(request, _("Saved. This ladder holds for clocks that begin, or get a new date, from now on."))
    return redirect("clocks:ladder")


def _proposed(form: RungsForm) -> dict[str, Sequence[Rung]]:
    """All ladders, this one as it was typed."""
    others: dict[str, Sequence[Rung]] = {kind: rungs for kind, rungs in rungs_in_force().items() if kind != form.kind}
    return others | ({form.kind: form.after} if form.after else {})


def _dry_run(request: SignedInRequest, form: RungsForm, seen: int) -> HttpResponse:
    """What would fire beside what fires now: figures alone, for administrators read no business content."""
    now, proposed, present = portal_clock.now(), _proposed(form), rungs_in_force()
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in LEFT_OUT]
    context = {
        "name": ladder_name(form.kind),
        "sent": sent,
        "seen": seen,
        "note": form.cleaned_data["note"],
        "changes": rung_changes(_flat(present), _flat(proposed)),
        "rows": _compared(now, present, proposed),
        "days": DAYS,
    }
    return render(request, "clocks/ladder_dry_run.html", context)


LEFT_OUT: Final = {"csrfmiddlewaretoken", "act"}


def _flat(rungs: Mapping[str, Sequence[Rung]]) -> list[Rung]:
    return [rung for each in rungs.values() for rung in each]


def _compared(
    now: datetime, present: Mapping[str, Sequence[Rung]], proposed: Mapping[str, Sequence[Rung]]
) -> list[dict[str, Any]]:
    """By clock and level: how many firings, now and then."""
    before, after = (
        Counter((each.clock.kind, each.level) for each in would_fire(now, DAYS, rungs=rungs)) for rungs in (present, proposed)
    )
    codes = _codes()
    keys = sorted(before.keys() | after.keys(), key=lambda key: (codes.index(key[0]), key[1]))
    return [
        {"clock": ladder_name(kind), "level": level, "before": before[kind, level], "after": after[kind, level]}
        for kind, level in keys
    ]


@administrator(Right.MANAGE_REFERENCE)
def history(request: SignedInRequest) -> HttpResponse:
    """All versions, each with what it changed."""
    rows = keyset_page(RuleSet.objects.filter(of=RuleSet.Of.LADDER), request.GET, by="-version", size=20)
    return render(request, "clocks/ladder_history.html", {"page": rows, "versions": versions(rows, RuleSet.Of.LADDER)})
