"""Group robots: a head's for the own unit, the system administrator's for all."""

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import Unit, User
from liaison.accounts.rights import Right, hats_of
from liaison.administration.entrances import administrator
from liaison.administration.forms.robots import ChangeRobotForm, NewRobotForm
from liaison.notifications.groups import add_robot, change_robot, remove_robot
from liaison.notifications.models import Robot
from liaison.ui.forms import render_form_page

MAY = (Right.MANAGE_ROBOTS, Right.MANAGE_REFERENCE)


def _units(user: User) -> QuerySet[Unit]:
    hats = hats_of(user)
    units = Unit.objects.filter(is_active=True)
    return units if hats.may(Right.MANAGE_REFERENCE) else units.filter(pk__in=hats.units(Right.MANAGE_ROBOTS))


def _robots(user: User) -> QuerySet[Robot]:
    return Robot.objects.filter(unit__in=_units(user)).select_related("unit")


@administrator(*MAY)
def listing(request: SignedInRequest) -> HttpResponse:
    """Which groups are told."""
    return render(request, "notifications/robots.html", {"robots": _robots(request.user)})


@administrator(*MAY)
def new(request: SignedInRequest) -> HttpResponse:
    """Add one."""
    form = NewRobotForm(request.POST or None, units=_units(request.user))
    if form.is_valid():
        try:
            add_robot(by=request.user, **form.cleaned_data)
        except IntegrityError:  # the other administrator was faster
            form.add_error("provider", _("The unit has a robot of this provider already."))
        else:
            messages.success(request, _("The robot is set up. It speaks from the next message on."))
            return redirect("administration:robots")
    return render_form_page(request, "notifications/robot_form.html", form)


@administrator(*MAY)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Switch on or off, give a new address or secret."""
    robot = get_object_or_404(_robots(request.user), pk=pk)
    form = ChangeRobotForm(request.POST if request.method == "POST" else None, robot=robot)
    if form.is_valid():
        change_robot(robot, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("administration:robots")
    return render_form_page(request, "notifications/robot_form.html", form, {"robot": robot})


@require_POST
@administrator(*MAY)
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget it."""
    remove_robot(get_object_or_404(_robots(request.user), pk=pk), by=request.user)
    messages.success(request, _("The robot is removed."))
    return redirect("administration:robots")
