"""A firm registers: one form; visitors set up their sign-in on a second page."""

from typing import Any, Final

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from enterprises.acting import act_for
from enterprises.actions.registration import AlreadyRegistered, register_enterprise
from enterprises.enums import Status
from enterprises.forms.data import RegistrationForm
from enterprises.forms.people import NameTaken, SignUpForm
from enterprises.models import Enterprise
from enterprises.permissions import may_represent, represents
from enterprises.views.lookup import visible_enterprise
from enterprises.views.waiting import WaitingApplication
from liaison.accounts.http import SignedInRequest
from liaison.accounts.limits import too_many
from liaison.accounts.models import User
from liaison.files.holder import Holder
from liaison.files.refusals import FileRefused
from liaison.moments import clock
from liaison.parameters.models import parameter
from liaison.ui.forms import render_form_page

TOO_MANY: Final = 429


@login_not_required
def register(request: HttpRequest) -> HttpResponse:
    """The form; whoever is signed in becomes the firm's manager at once."""
    if isinstance(request.user, User) and not may_represent(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return render_form_page(request, "enterprises/register.html", RegistrationForm(initial=_what_is_known(request)))
    if _is_limited(request):
        form = RegistrationForm(request.POST)  # without the file: looking at it and keeping it is what has to wait
        form.add_error(None, _("Too many registrations came from your network. Wait a quarter of an hour, or call the desk."))
        return render(request, "enterprises/register.html", {"form": form}, status=TOO_MANY)
    form = RegistrationForm(request.POST, request.FILES, holder=Holder.of(request))
    if form.is_valid() and not _is_known(request, form):
        waiting = WaitingApplication(form.cleaned_data["credit_code"], form.values(), form.cleaned_data["licence"])
        if isinstance(request.user, User):
            return _send(request, form, waiting, request.user)
        waiting.keep(request)
        return redirect("enterprises:register_account")
    return render_form_page(request, "enterprises/register.html", form)


@sensitive_post_parameters("password1", "password2")
@login_not_required
def account(request: HttpRequest) -> HttpResponse:
    """The visitor's sign-in; the application waits in their session until they have one."""
    waiting = WaitingApplication.of(request)
    if waiting is None:
        return redirect("enterprises:register")
    context = {"waiting": waiting, "is_taken": _is_taken(waiting.credit_code)}
    if isinstance(request.user, User):
        return _account_of_signed_in(request, waiting, request.user, context)
    initial = {"name": waiting.values["contact_name"], "phone": waiting.values["contact_phone"]}
    form = SignUpForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and _is_limited(request):
        form.add_error(None, _("Too many registrations came from your network. Wait a quarter of an hour, or call the desk."))
        return render(request, "enterprises/register_account.html", {**context, "form": form}, status=TOO_MANY)
    if form.is_valid():
        return _sign_up_and_send(request, form, waiting, context)
    return render_form_page(request, "enterprises/register_account.html", form, context)


@require_safe
def receipt(request: SignedInRequest, credit_code: str) -> HttpResponse:
    """What was received and what happens next."""
    enterprise = visible_enterprise(request, credit_code)
    if not represents(enterprise, request.user) or enterprise.status != Status.APPLIED:
        return redirect(enterprise)
    return render(request, "enterprises/receipt.html", {"enterprise": enterprise})


def _what_is_known(request: HttpRequest) -> dict[str, Any]:
    """The visitor's unfinished application, or who is signed in."""
    if isinstance(request.user, User):
        return {"contact_name": request.user.name, "contact_phone": request.user.phone}
    waiting = WaitingApplication.of(request)
    return waiting.as_initial() if waiting else {}


def _is_limited(request: HttpRequest) -> bool:
    return too_many("register", request, most=parameter("enterprises.registrations_per_address"))


def _is_taken(credit_code: str) -> bool:
    """A refused application blocks nobody."""
    return Enterprise.objects.filter(credit_code=credit_code).exclude(status=Status.REFUSED).exists()


def _is_known(request: HttpRequest, form: RegistrationForm) -> bool:
    """Say how to join an enterprise that is registered already; say nothing about who acts for it."""
    code = form.cleaned_data["credit_code"]
    if not _is_taken(code):
        return False
    form.add_error("credit_code", already_registered(request, code))
    return True


def already_registered(request: HttpRequest, credit_code: str) -> str:
    """For a stranger the way in; for somebody of the firm its page."""
    own = (
        Enterprise.objects.represented_by(request.user).filter(credit_code=credit_code) if isinstance(request.user, User) else []
    )
    for enterprise in own:
        return format_html(
            '{} <a href="{}">{}</a>', _("You act for this enterprise already."), enterprise.get_absolute_url(), enterprise.name
        )
    words = _(
        "An enterprise is registered with this code already. If you work there, ask the manager of its account to invite you;"
        " if nobody there knows of it, call the desk: %(phone)s."
    )
    return words % {"phone": settings.DESK_PHONE}


def _send(request: HttpRequest, form: Any, waiting: WaitingApplication, user: User) -> HttpResponse:
    try:
        enterprise = register_enterprise(by=user, now=clock.now(), **waiting.as_values())
    except FileRefused as gone:  # the licence went with another application meanwhile
        form.add_error("licence" if "licence" in form.fields else None, gone)
        return render_form_page(request, "enterprises/register.html", form)
    except AlreadyRegistered:
        form.add_error("credit_code" if "credit_code" in form.fields else None, already_registered(request, waiting.credit_code))
        return render_form_page(request, "enterprises/register.html", form)
    return _done(request, enterprise)


def _done(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    WaitingApplication.forget(request)
    act_for(request, enterprise)
    return redirect("enterprises:receipt", enterprise.credit_code)


def _sign_up_and_send(
    request: HttpRequest, form: SignUpForm, waiting: WaitingApplication, context: dict[str, Any]
) -> HttpResponse:
    """Person and application come into being together, or neither does."""
    try:
        with transaction.atomic():
            user = form.create_person()
            enterprise = register_enterprise(by=user, now=clock.now(), **waiting.as_values())
    except AlreadyRegistered:
        return render_form_page(request, "enterprises/register_account.html", form, {**context, "is_taken": True})
    except NameTaken:
        form.name_taken()
        return render_form_page(request, "enterprises/register_account.html", form, context)
    except FileRefused:  # the licence went with another application meanwhile
        WaitingApplication.forget(request)
        return redirect("enterprises:register")
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return _done(request, enterprise)


def _account_of_signed_in(request: HttpRequest, waiting: WaitingApplication, user: User, context: dict[str, Any]) -> HttpResponse:
    """Somebody remembered that they have a sign-in: they check what they wrote and send it."""
    if not may_represent(user):
        raise PermissionDenied
    if request.method == "POST":
        try:
            return _done(request, register_enterprise(by=user, now=clock.now(), **waiting.as_values()))
        except AlreadyRegistered:
            context["is_taken"] = True
        except FileRefused:
            WaitingApplication.forget(request)
            return redirect("enterprises:register")
    return render(request, "enterprises/register_account.html", context)
