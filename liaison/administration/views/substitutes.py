"""Who stands in for whom: the security administrator for everybody, a head for the people of the unit."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liaison.accounts.actions.postings import end_substitution, name_substitute
from liaison.accounts.decorators import right_required
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import Posting, Substitution, User
from liaison.accounts.rights import Right, hats_of
from liaison.administration.entrances import administrator, refused
from liaison.administration.forms.people import SubstituteForm, UnitSubstituteForm
from liaison.moments import clock
from liaison.ui.forms import render_form_page


@administrator(Right.MANAGE_ACCOUNTS)
def new_for_person(request: SignedInRequest, username: str) -> HttpResponse:
    """Name a substitute for anybody."""
    person = get_object_or_404(User, username=username)
    officials = Posting.objects.on(clock.today()).values("user")
    people = User.objects.filter(pk__in=officials, is_active=True).exclude(pk=person.pk).order_by("username")
    form = SubstituteForm(request.POST or None, people=people, initial={"from_on": clock.today()})
    if form.is_valid():
        try:
            name_substitute(person, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("The substitute is named."))
            return redirect("administration:person", username)
    return render_form_page(request, "accounts/substitute_new.html", form, {"person": person})


@right_required(Right.NAME_SUBSTITUTES)
def of_unit(request: SignedInRequest) -> HttpResponse:
    """The head's page: who is away, who stands in."""
    today = clock.today()
    units = hats_of(request.user).units(Right.NAME_SUBSTITUTES)
    staff = Posting.objects.on(today).filter(unit__in=units).values("user")
    people = User.objects.filter(pk__in=staff, is_active=True).order_by("username")
    form = UnitSubstituteForm(request.POST or None, people=people, initial={"from_on": today})
    if form.is_valid():
        try:
            name_substitute(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("The substitute is named."))
            return redirect("administration:substitutes")
    rows = Substitution.objects.filter(absent__in=staff, to_on__gte=today).select_related("absent", "substitute")
    return render_form_page(request, "accounts/substitutes.html", form, {"rows": rows})


@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """The absent person is back."""
    today, hats = clock.today(), hats_of(request.user)
    may_all = hats.may(Right.MANAGE_ACCOUNTS)
    if not may_all and not hats.may(Right.NAME_SUBSTITUTES):
        raise PermissionDenied
    staff = Posting.objects.on(today).filter(unit__in=hats.units(Right.NAME_SUBSTITUTES)).values("user")
    mine = Q() if may_all else Q(absent__in=staff)
    row = get_object_or_404(Substitution.objects.filter(mine, to_on__gte=today).select_related("absent"), pk=pk)
    end_substitution(row, today=today, by=request.user)
    messages.success(request, _("The substitution is over."))
    return redirect("administration:person", row.absent.username) if may_all else redirect("administration:substitutes")
