"""The tree of units."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from liaison.accounts.actions.units import add_unit, change_unit
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import Unit
from liaison.accounts.rights import Right
from liaison.administration.entrances import administrator, refused
from liaison.administration.forms.reference import NewUnitForm, UnitForm
from liaison.ui.forms import render_form_page


@administrator(Right.MANAGE_REFERENCE)
def listing(request: SignedInRequest) -> HttpResponse:
    """All units, each below the one it belongs to."""
    return render(request, "accounts/units.html", {"units": _as_tree(list(Unit.objects.order_by("position", "code")))})


def _as_tree(units: list[Unit]) -> list[tuple[int, Unit]]:
    """Depth and unit, parents before their children."""
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)

    def walk(parent: int | None, depth: int) -> list[tuple[int, Unit]]:
        return [row for unit in below.get(parent, []) for row in [(depth, unit), *walk(unit.pk, depth + 1)]]

    return walk(None, 0)


@administrator(Right.MANAGE_REFERENCE)
def new(request: SignedInRequest) -> HttpResponse:
    """Add a unit."""
    form = NewUnitForm(request.POST or None)
    if form.is_valid():
        unit = add_unit(by=request.user, **form.cleaned_data)
        messages.success(request, _("%(unit)s is added.") % {"unit": unit})
        return redirect("administration:units")
    return render_form_page(request, "accounts/unit_form.html", form)


@administrator(Right.MANAGE_REFERENCE)
def edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Rename, move, or take out of use."""
    unit = get_object_or_404(Unit, code=code)
    form = UnitForm(request.POST or None, instance=unit)
    if form.is_valid():
        try:
            change_unit(unit, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("administration:units")
    return render_form_page(request, "accounts/unit_form.html", form, {"unit": Unit.objects.get(pk=unit.pk)})
