"""The entrance to one issue: only what the person may see exists."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from issues.enums import Stage
from issues.models import Answer, Issue, Order, Petition
from liaison.accounts.models import User

WITH = ("enterprise", "category", "lead_unit", "leader", "merged_into", "created_by", "entered_by_unit")


def issue_for(user: User, address: str) -> Issue:
    """The sent issue at ``2022-36``, with what rights need; 404 if it is not there or not visible."""
    year, _dash, serial = address.partition("-")
    rows = Issue.objects.visible_to(user).exclude(stage=Stage.DRAFT).select_related(*WITH)
    return get_object_or_404(
        rows.prefetch_related(
            Prefetch("orders", Order.objects.select_related("unit", "handler")),
            Prefetch("petitions", Petition.objects.select_related("asked_by", "unit", "proposed_unit")),
            Prefetch("answers", Answer.objects.select_related("by", "unit")),
            "concerns",
            "callbacks",
        ),
        year=int(year),
        serial=int(serial),
    )
