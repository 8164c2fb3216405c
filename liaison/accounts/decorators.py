"""Entrances that ask for a right."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right, hats_of

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]


def right_required(right: Right) -> Callable[[View[P]], View[P]]:
    """Answer 403 to everybody whose duties do not give ``right``."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not hats_of(request.user).may(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded  # type: ignore[return-value] # wraps() keeps the signature

    return decorate
