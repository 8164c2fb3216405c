"""Limits as data: what holds, changing it, and what changed when by whom and why."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from liaison.accounts.decorators import administrator
from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right
from liaison.clocks.actions.rules import RulesChanged, limits_in_force, newest, save_limits
from liaison.clocks.forms.limits import LimitsForm
from liaison.clocks.kinds import kind_of
from liaison.clocks.models import LimitRule, RuleSet
from liaison.clocks.rule_words import in_order, length_of, most_words, rule_words
from liaison.clocks.versions import changes_since, versions
from liaison.moments import clock as portal_clock
from liaison.ui.paging import keyset_page
from liaison.workdays import portal
from liaison.workdays.limits import Limit, LimitUnit, due_at


@administrator(Right.MANAGE_REFERENCE)
def page(request: SignedInRequest) -> HttpResponse:
    """The limits in force, each with an example."""
    now, limits = portal_clock.now(), limits_in_force()
    rows = [_row(rule, now) for rule in in_order(limits.rows)]
    return render(request, "clocks/limits.html", {"rows": rows, "version": newest(RuleSet.Of.LIMITS), "now": now})


def _row(rule: LimitRule, now: datetime) -> dict[str, Any]:
    kind = kind_of(rule.kind)
    return {
        "words": rule_words(rule.kind, rule.nature, rule.urgency),
        "length": length_of(rule),
        "source": kind.source,
        "most": most_words(kind),
        "due": due_at(portal.calendar(), now, Limit(rule.amount, LimitUnit(rule.unit))),
    }


@administrator(Right.MANAGE_REFERENCE)
def edit(request: SignedInRequest) -> HttpResponse:
    """Save another version; whoever is overtaken by a colleague keeps what was typed."""
    limits, last = limits_in_force(), newest(RuleSet.Of.LIMITS)
    form = LimitsForm(request.POST or None, rows=limits.rows)
    seen = seen_in(request) if form.is_bound else version_of(last)
    if seen != version_of(last):
        return _overtaken(request, seen)
    if form.is_valid():
        try:
            save_limits(form.rows, by=request.user, now=portal_clock.now(), note=form.cleaned_data["note"], seen=seen)
        except RulesChanged:
            return _overtaken(request, seen)
        messages.success(request, _("Saved. These limits hold for clocks that begin from now on."))
        return redirect("clocks:limits")
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "clocks/limits_edit.html", {"form": form, "seen": seen}, status=status)


def _overtaken(request: SignedInRequest, seen: int) -> HttpResponse:
    """Somebody was quicker: say who and what, and show what was typed beside it."""
    last = newest(RuleSet.Of.LIMITS)
    form = LimitsForm(request.POST, rows=limits_in_force().rows)
    changes = changes_since(seen, last) if last else []
    context = {"form": form, "seen": version_of(last), "race": last, "changes": changes}
    return render(request, "clocks/limits_edit.html", context, status=HTTPStatus.CONFLICT)


def version_of(rules: RuleSet | None) -> int:
    """Its number; 0 where nothing was ever saved."""
    return rules.version if rules else 0


def seen_in(request: SignedInRequest) -> int:
    """The version that the page showed which was sent; what is no number is none of ours."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1  # noqa: PLR2004 - digits of an integer


@administrator(Right.MANAGE_REFERENCE)
def history(request: SignedInRequest) -> HttpResponse:
    """All versions, each with what it changed."""
    rows = keyset_page(RuleSet.objects.filter(of=RuleSet.Of.LIMITS), request.GET, by="-version", size=20)
    return render(request, "clocks/limits_history.html", {"page": rows, "versions": versions(rows, RuleSet.Of.LIMITS)})
