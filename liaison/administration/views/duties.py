"""Giving and ending duties."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from liaison.accounts.actions.postings import end_duty, give_duty
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import Posting, User
from liaison.accounts.rights import Right
from liaison.administration.entrances import administrator, refused
from liaison.administration.forms.people import DutyForm, EndDutyForm
from liaison.moments import clock
from liaison.ui.forms import render_form_page


@administrator(Right.MANAGE_ACCOUNTS)
def new(request: SignedInRequest, username: str) -> HttpResponse:
    """Give somebody a duty."""
    person = get_object_or_404(User, username=username)
    form = DutyForm(request.POST or None, initial={"from_on": clock.today()})
    if form.is_valid():
        try:
            give_duty(person, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("The duty is given."))
            return redirect("administration:person", username)
    return render_form_page(request, "accounts/duty_new.html", form, {"person": person})


@administrator(Right.MANAGE_ACCOUNTS)
def end(request: SignedInRequest, username: str, pk: int) -> HttpResponse:
    """Say which day is the last."""
    posting = get_object_or_404(Posting.objects.select_related("user", "unit"), pk=pk, user__username=username)
    form = EndDutyForm(request.POST or None, initial={"to_on": clock.today()})
    if form.is_valid():
        try:
            end_duty(posting, on=form.cleaned_data["to_on"], by=request.user)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("The last day is noted."))
            return redirect("administration:person", username)
    return render_form_page(request, "accounts/duty_end.html", form, {"person": posting.user, "posting": posting})
