"""The request of somebody who is signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from liaison.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is known; LoginRequiredMiddleware saw to that."""

    user: User
    htmx: HtmxDetails
