"""Calendar files: of one occasion, of all public ones, and of what a person has to do with."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.actions.feeds import feed_key, renew_feed
from events.calendars.files import Method, content_type, etag
from events.entries import feed_of, own_ones, public_ones
from events.models import FeedKey
from events.views.lookup import occasion_for, reader_of
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock


@login_not_required
@require_safe
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """One occasion, for whoever may see it."""
    occasion = occasion_for(reader_of(request), slug)
    answer = _answer(request, feed_of([occasion]))
    answer["Content-Disposition"] = f'attachment; filename="{occasion.slug}.ics"'
    return answer


@login_not_required
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """All that is public."""
    return _answer(request, feed_of(public_ones(clock.now())))


@login_not_required
@require_safe
def personal(request: HttpRequest, key: str) -> HttpResponse:
    """What the holder of this address has to do with: calendar programmes cannot sign in."""
    owner = get_object_or_404(FeedKey.objects.select_related("user"), key=key, user__is_active=True).user
    answer = _answer(request, feed_of(own_ones(owner, clock.now())))
    answer["Cache-Control"] = "private"
    return answer


@require_safe
def own(request: SignedInRequest) -> HttpResponse:
    """Where a person finds their addresses."""
    key = feed_key(request.user, clock.now())
    addresses = {
        "personal": f"{settings.PORTAL_URL}{reverse('events:feed-personal', args=[key.key])}",
        "public": f"{settings.PORTAL_URL}{reverse('events:feed')}",
    }
    return render(request, "events/feeds.html", {"addresses": addresses, "key": key})


@require_POST
def renew(request: SignedInRequest) -> HttpResponse:
    """The old address is shut."""
    renew_feed(request.user, clock.now())
    messages.success(request, _("Renewed. Enter the new address in your calendar; the old one is shut."))
    return redirect("events:feed-own")


def _answer(request: HttpRequest, content: bytes) -> HttpResponse:
    mark = etag(content)
    same = get_conditional_response(request, etag=mark)
    answer = HttpResponse(content, content_type=content_type(Method.PUBLISH)) if same is None else same
    answer["ETag"] = mark
    return answer  # type: ignore[no-any-return]
