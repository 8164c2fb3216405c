"""What is asked of every request: its real address, session limits, language, second factor."""

import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode

from liaison.accounts.rights import hats_of
from liaison.accounts.second_factor import is_missing

Next = Callable[[HttpRequest], HttpResponse]
STARTED, SEEN, SECURED = "_started", "_seen", "_secured"
NO_SECOND_FACTOR_YET = {"account_logout", "account_reauthenticate", "mfa_activate_totp", "set_language"}
"Pages that staff without a second factor can reach."


def real_address(get_response: Next) -> Next:
    """Put the visitor's address into REMOTE_ADDR: behind n proxies of ours it is the n-th from the right."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.PROXIES:
            hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            request.META["REMOTE_ADDR"] = _address(hops[-settings.PROXIES]) if len(hops) >= settings.PROXIES else ""
        return get_response(request)

    return middleware


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""


def session_limits(get_response: Next) -> Next:
    """End sessions that idled or lasted too long."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and (ended := _ended(request)):
            logout(request)
            where = f"{reverse('account_login')}?{urlencode({'ended': ended, 'next': request.get_full_path()})}"
            if request.headers.get("HX-Request"):
                return HttpResponse(headers={"HX-Redirect": where})
            return redirect(where)
        return get_response(request)

    return middleware


def _ended(request: HttpRequest) -> str:
    """Why the session is over; otherwise note that its owner is here."""
    now, session = timezone.now().timestamp(), request.session
    seen = session.get(SEEN, now)
    if now - seen > settings.SESSION_IDLE_SECONDS:
        return "idle"
    if now - session.setdefault(STARTED, now) > settings.SESSION_ABSOLUTE_SECONDS:
        return "long"
    if SEEN not in session or now - seen > settings.SESSION_IDLE_SECONDS / 30:  # not a write on every request
        session[SEEN] = now
    return ""


def language_of_user(get_response: Next) -> Next:
    """Speak the language the person chose."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language in dict(settings.LANGUAGES):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return get_response(request)

    return middleware


class SecondFactorMiddleware:
    """Sends staff without a second factor to set one up."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the address is known only when the view is."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Redirect unless the factor is there, or the page is one of those that lead to it."""
        if not settings.STAFF_SECOND_FACTOR or not request.user.is_authenticated or request.session.get(SECURED):
            return None
        if request.resolver_match and request.resolver_match.url_name in NO_SECOND_FACTOR_YET:
            return None
        if is_missing(request.user):
            return redirect("mfa_activate_totp")
        if hats_of(request.user).is_staff:  # whoever gets a first duty later in this session is asked then
            request.session[SECURED] = True  # asked once per session: who takes the factor away ends the sessions too
        return None
