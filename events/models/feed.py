"""The secret address of a person's calendar."""

from django.db import models

from events.models.invitation import NONCE_LENGTH, new_nonce
from liaison.accounts.models import User


class FeedKey(models.Model):
    """Whoever knows it reads the person's occasions; renewing it shuts out whoever got to know it."""

    user = models.OneToOneField(User, models.CASCADE, related_name="feed_key")
    key = models.CharField(max_length=NONCE_LENGTH, unique=True, default=new_nonce)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id}"
