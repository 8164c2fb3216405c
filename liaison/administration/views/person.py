"""One account: what the person is, and what can be done with the account. Nobody sees or sets its password."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liaison.accounts.actions import people
from liaison.accounts.http import SignedInRequest
from liaison.accounts.lockout import account_key
from liaison.accounts.models import Posting, SignInFailure, Substitution, User
from liaison.accounts.rights import Right, hats_of
from liaison.accounts.second_factor import has_second_factor
from liaison.accounts.words import rights_in_words
from liaison.administration.entrances import administrator
from liaison.administration.forms.people import AccountForm
from liaison.moments import clock
from liaison.notifications.adapter import send_password_link
from liaison.ui.forms import render_form_page


@administrator(Right.MANAGE_ACCOUNTS)
def page(request: SignedInRequest, username: str) -> HttpResponse:
    """Everything about one account."""
    person = get_object_or_404(User, username=username)
    key = account_key(person, person.username)
    context = {
        "person": person,
        "is_self": person == request.user,
        "today": clock.today(),
        "postings": Posting.objects.filter(user=person).select_related("unit"),
        "substitutions": Substitution.objects.filter(absent=person).select_related("substitute"),
        "stands_in": Substitution.objects.filter(substitute=person).select_related("absent"),
        "rights": rights_in_words(hats_of(person)),
        "second_factor": has_second_factor(person),
        "locked": SignInFailure.objects.filter(key=key, locked_until__gt=timezone.now()).first(),
    }
    return render(request, "accounts/person.html", context)


@administrator(Right.MANAGE_ACCOUNTS)
def edit(request: SignedInRequest, username: str) -> HttpResponse:
    """Correct name, e-mail, phone."""
    person = get_object_or_404(User, username=username)
    initial = {"name": person.name, "email": person.email, "phone": person.phone}
    form = AccountForm(request.POST or None, person=person, initial=initial)
    if form.is_valid():
        people.change_account(person, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("administration:person", username)
    return render_form_page(request, "accounts/person_edit.html", form, {"person": person})


@require_POST
@administrator(Right.MANAGE_ACCOUNTS)
def switch(request: SignedInRequest, username: str) -> HttpResponse:
    """Switch the account off, or on again."""
    person = get_object_or_404(User, username=username)
    active = request.POST.get("active") == "1"
    if person == request.user:
        messages.error(request, _("Nobody switches off themselves."))
    else:
        people.switch_account(person, by=request.user, active=active)
        messages.success(
            request, _("The account is switched on.") if active else _("The account is switched off; its next page is refused.")
        )
    return redirect("administration:person", username)


@require_POST
@administrator(Right.MANAGE_ACCOUNTS)
def password_link(request: SignedInRequest, username: str) -> HttpResponse:
    """Send a one-time link to the person's own address."""
    person = get_object_or_404(User, username=username)
    if person.email and person.is_active:
        send_password_link(person)
        messages.success(request, _("A link to choose the password goes to %(email)s.") % {"email": person.email})
    else:
        messages.error(request, _("There is no e-mail address, or the account is switched off."))
    return redirect("administration:person", username)


@require_POST
@administrator(Right.MANAGE_ACCOUNTS)
def unlock(request: SignedInRequest, username: str) -> HttpResponse:
    """Open the lock of failed sign-ins."""
    people.unlock_account(get_object_or_404(User, username=username), by=request.user)
    messages.success(request, _("The person can try to sign in again."))
    return redirect("administration:person", username)


@require_POST
@administrator(Right.MANAGE_ACCOUNTS)
def second_factor(request: SignedInRequest, username: str) -> HttpResponse:
    """Take a lost phone's second factor away."""
    person = get_object_or_404(User, username=username)
    if person == request.user:
        messages.error(request, _("For your own second factor use your own page."))
    else:
        people.remove_second_factor(person, by=request.user)
        messages.success(request, _("The second factor is removed; the person is signed out and sets up a new one."))
    return redirect("administration:person", username)
