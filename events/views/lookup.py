"""The entrance to one occasion and one invitation: only what the person may see exists."""

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from events.models import Invitation, Occasion, Presiding
from events.models.invitation import SALT
from liaison.accounts.models import User


def reader_of(request: HttpRequest) -> User | None:
    """Who asks; None for a visitor."""
    return None if isinstance(request.user, AnonymousUser) else request.user


def occasion_for(user: User | None, slug: str) -> Occasion:
    """The occasion at this address; 404 if it is not there or not visible."""
    rows = Occasion.objects.visible_to(user).select_related("series", "host_unit", "planned_by")
    people = Prefetch("presiding", Presiding.objects.select_related("leader", "replaced_by"))
    return get_object_or_404(rows.prefetch_related("co_units", "programme", "files", people), slug=slug)


def invitation_of(token: str) -> Invitation:
    """The invitation that a link means; 404 for what we never signed, and for what was renewed since."""
    try:
        nonce = str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        raise Http404 from None
    rows = Invitation.objects.select_related("enterprise", "occasion", "occasion__series", "occasion__host_unit")
    return get_object_or_404(rows, nonce=nonce)
