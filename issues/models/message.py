"""Conversation with the firm, internal notes and files."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from issues.enums import Side
from issues.models.answer import Answer
from issues.models.issue import Issue
from liaison.accounts.models import Unit, User
from liaison.files.models import StoredFile


class Message(models.Model):
    """Something said: to the firm or by it, or (internal) among staff only."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="messages")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    side = models.CharField(max_length=6, choices=Side)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    internal = models.BooleanField(_("internal"), default=False)
    text = models.TextField(_("text"), max_length=5000)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("message")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="message_of_firm_is_not_internal", condition=~Q(side=Side.FIRM, internal=True))
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.side}"


class Attachment(StoredFile):
    """A file of an issue, of a message, of an answer or of a petition."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="attachments")
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="attachments")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, related_name="attachments")
    by_firm = models.BooleanField(default=False)
    internal = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("attachment")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
