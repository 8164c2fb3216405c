"""Whether messages arrive: the ledger, sending again, and addresses that do not work. None of it shows what was written."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.accounts.rights import Right
from liaison.administration.entrances import administrator
from liaison.administration.forms.deliveries import DeliveryFilter
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.notifications.addresses import refused_now
from liaison.notifications.delivery import send_again
from liaison.notifications.ledger import entries_of
from liaison.notifications.models import Delivery
from liaison.ui.paging import keyset_page


@administrator(Right.MANAGE_REFERENCE)
def listing(request: SignedInRequest) -> HttpResponse:
    """To whom, when, by which way, with what result."""
    form = DeliveryFilter(request.GET)
    rows = _found(form.cleaned_data) if form.is_valid() else Delivery.objects.none()
    page = keyset_page(
        rows.select_related("notification", "recipient", "digest", "robot__unit"), request.GET, by="-created_at", size=50
    )
    context = {"filter": form, "page": page, "entries": entries_of(page)}
    return render(request, "notifications/ledger.html", context, status=200 if form.is_valid() else 400)


def _found(wanted: dict[str, Any]) -> QuerySet[Delivery]:
    rows = Delivery.objects.all()
    for name in ("state", "channel"):
        if wanted[name]:
            rows = rows.filter(**{name: wanted[name]})
    if wanted["person"]:
        rows = rows.filter(recipient=User.objects.by_login(wanted["person"]) or 0)
    zone = timezone.get_current_timezone()
    if wanted["first"]:
        rows = rows.filter(created_at__gte=datetime.combine(wanted["first"], time.min, zone))
    if wanted["last"]:
        rows = rows.filter(created_at__lte=datetime.combine(wanted["last"], time.max, zone))
    return rows


@require_POST
@administrator(Right.MANAGE_REFERENCE)
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Try a failed one anew."""
    delivery = get_object_or_404(Delivery, pk=pk)
    if send_again(delivery):
        record(AuditTag.REFERENCE_CHANGED, by=request.user, subject=f"delivery {pk}", detail={"again": True}, request=request)
        messages.success(request, _("It is tried again now."))
    else:
        messages.info(request, _("It is not failed any more."))
    return redirect("administration:deliveries")


@administrator(Right.MEND_ADDRESSES, Right.MANAGE_REFERENCE)
def addresses(request: SignedInRequest) -> HttpResponse:
    """Whose address does not work: the desk calls them."""
    page = keyset_page(refused_now(), request.GET, by="-at", size=50)
    return render(request, "notifications/refused.html", {"page": page})
