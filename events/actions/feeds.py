"""The secret address of a person's calendar."""

from datetime import datetime

from django.db import transaction

from events.models import FeedKey
from events.models.invitation import new_nonce
from liaison.accounts.models import User


def feed_key(user: User, now: datetime) -> FeedKey:
    """The person's address; made at the first time."""
    return FeedKey.objects.get_or_create(user=user, defaults={"made_at": now})[0]


@transaction.atomic
def renew_feed(user: User, now: datetime) -> FeedKey:
    """A new address: whoever got to know the old one reads nothing more."""
    return FeedKey.objects.update_or_create(user=user, defaults={"key": new_nonce(), "made_at": now})[0]
