"""Sending invitations by e-mail. Invited people have no inbox here yet, so these rows are their own outbox."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation

from enterprises.models import Invitation

logger = logging.getLogger(__name__)
CLAIM: Final = timedelta(minutes=5)
AT_ONCE: Final = 50


def mail_invitations(now: datetime) -> int:
    """Mail what has not been mailed; a claim that nobody finished is taken up again."""
    free = Q(mail_claimed_at=None) | Q(mail_claimed_at__lt=now - CLAIM)
    waiting = Invitation.objects.open(now).exclude(email="").filter(free, mailed_at=None)
    sent = 0
    for pk in waiting.values_list("pk", flat=True)[:AT_ONCE]:
        if waiting.filter(pk=pk).update(mail_claimed_at=now) and _mail(
            Invitation.objects.select_related("enterprise", "invited_by").get(pk=pk)
        ):
            Invitation.objects.filter(pk=pk, mail_claimed_at=now).update(mailed_at=now)
            sent += 1
    return sent


def _mail(invitation: Invitation) -> bool:
    """In the language of whoever invites."""
    link = f"{settings.PORTAL_URL}{invitation.get_absolute_url()}"
    with translation.override(invitation.invited_by.language or settings.LANGUAGE_CODE):
        context = {"invitation": invitation, "link": link, "district": settings.DISTRICT_NAME}
        subject = " ".join(render_to_string("enterprises/mail/invitation_subject.txt", context).split())
        body = render_to_string("enterprises/mail/invitation_body.txt", context)
    headers = {"Message-ID": f"<invitation-{invitation.pk}-{invitation.nonce[:8]}@liaison>", "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(subject, body, to=[invitation.email], headers=headers).send()
    except Exception as error:  # one address that fails must not silence the others
        # a mail server's answer quotes the address, which belongs into no log
        logger.warning(
            "Invitation %s not mailed: %s", invitation.pk, type(error).__name__, exc_info=not isinstance(error, OSError)
        )
        return False
    return True
