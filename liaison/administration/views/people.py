"""All accounts, and a new one."""

from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from liaison.accounts.actions.people import open_account
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import Posting, User
from liaison.accounts.rights import Right
from liaison.administration.entrances import administrator
from liaison.administration.forms.people import NewAccountForm, PeopleFilter
from liaison.moments import clock
from liaison.notifications.adapter import send_password_link
from liaison.ui.forms import render_form_page
from liaison.ui.paging import count_up_to, keyset_page


@administrator(Right.MANAGE_ACCOUNTS)
def listing(request: SignedInRequest) -> HttpResponse:
    """Find somebody by name, unit, duty."""
    form = PeopleFilter(request.GET)
    rows = _found(form.cleaned_data) if form.is_valid() else User.objects.none()
    today = Posting.objects.on(clock.today()).select_related("unit")
    shown = rows.prefetch_related(Prefetch("postings", today, to_attr="duties_today"))
    context = {"filter": form, "page": keyset_page(shown, request.GET, by="username"), "count": count_up_to(rows)}
    return render(request, "accounts/people.html", context)


def _found(wanted: dict[str, object]) -> QuerySet[User]:
    rows = User.objects.all()
    if text := str(wanted["q"]).strip():
        rows = rows.filter(Q(name__icontains=text) | Q(username__icontains=text))
    today = Posting.objects.on(clock.today())
    if unit := wanted["unit"]:
        today = today.filter(unit=unit)
    if duty := wanted["duty"]:
        today = today.filter(duty=duty)
    if unit or duty:
        rows = rows.filter(pk__in=today.values("user"))
    if state := wanted["state"]:
        rows = rows.filter(is_active=state == "on")
    return rows


@administrator(Right.MANAGE_ACCOUNTS)
def new(request: SignedInRequest) -> HttpResponse:
    """Open an account; the person gets a link to choose the password."""
    form = NewAccountForm(request.POST or None)
    if form.is_valid():
        user = open_account(by=request.user, **form.cleaned_data)
        send_password_link(user)
        messages.success(
            request, _("The account is open. A link to choose the password goes to %(email)s.") % {"email": user.email}
        )
        return redirect("administration:person", user.username)
    return render_form_page(request, "accounts/person_new.html", form)
