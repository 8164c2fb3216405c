"""Entrances that ask for a right."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.decorators import reauthentication_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right, hats_of

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]


def right_required(*rights: Right) -> Callable[[View[P]], View[P]]:
    """Answer 403 to everybody whose duties give none of ``rights``."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            hats = hats_of(request.user)
            if not any(hats.may(right) for right in rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded  # type: ignore[return-value] # wraps() keeps the signature

    return decorate


def administrator(*rights: Right) -> Callable[[View[P]], View[P]]:
    """Ask for one of ``rights`` first (403), then, before anything is changed, that the person signed in lately."""

    def decorate(view: View[P]) -> View[P]:
        recent: View[P] = reauthentication_required(allow_get=True)(view)
        return right_required(*rights)(recent)

    return decorate
