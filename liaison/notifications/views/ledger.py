"""What was sent to me, by which way, and whether it arrived."""

from django.http import HttpResponse
from django.shortcuts import render

from liaison.accounts.http import SignedInRequest
from liaison.notifications.ledger import entries_of
from liaison.notifications.models import Delivery
from liaison.ui.paging import keyset_page


def own(request: SignedInRequest) -> HttpResponse:
    """Newest first."""
    rows = Delivery.objects.filter(recipient=request.user).select_related("notification", "recipient", "digest", "robot__unit")
    page = keyset_page(rows, request.GET, by="-created_at", size=50)
    return render(request, "notifications/sent.html", {"page": page, "entries": entries_of(page)})
