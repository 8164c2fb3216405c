"""What two loads have in common: everything but keys, places and chance."""

from typing import Any

from enterprises.models import Enterprise
from events.models import Invitation, Occasion, OccasionEvent
from issues.models import Attachment, Issue, IssueEvent, Message, Milestone, Petition
from liaison.accounts.models import Posting, User
from liaison.notifications.models import Delivery, Notification


def snapshot() -> dict[str, list[Any]]:
    """Every table's rows by their natural keys."""
    rows = {
        "occasions": Occasion.objects.values_list("slug", "number", "stage", "starts_at", "booklets", "sequence", "version"),
        "invitations": Invitation.objects.values_list(
            "occasion__slug", "enterprise__credit_code", "state", "answered_at", "guest_name"
        ),
        "occasion events": OccasionEvent.objects.values_list("occasion__slug", "kind", "actor__username", "at", "text"),
        "people": User.objects.values_list("username", "name", "email"),
        "postings": Posting.objects.values_list("user__username", "unit__code", "duty", "from_on"),
        "firms": Enterprise.objects.values_list("credit_code", "status", "size", "verified_at"),
        "issues": Issue.objects.values_list("number", "title", "stage", "round", "outcome", "due_at", "recheck_on", "version"),
        "events": IssueEvent.objects.values_list("issue__number", "kind", "actor__username", "at", "stage_to", "text"),
        "petitions": Petition.objects.values_list("issue__number", "kind", "state", "until", "decided_at"),
        "messages": Message.objects.values_list("issue__number", "author__username", "side", "at", "text"),
        "milestones": Milestone.objects.values_list("issue__number", "due_on", "done_on", "title"),
        "files": Attachment.objects.values_list("issue__number", "name", "media_type", "sha256"),
        "told": Notification.objects.values_list("recipient__username", "kind", "created_at", "delivered_at", "read_at"),
        "deliveries": Delivery.objects.values_list("notification__recipient__username", "notification__kind", "channel", "state"),
    }
    return {name: sorted(map(repr, found)) for name, found in rows.items()}
