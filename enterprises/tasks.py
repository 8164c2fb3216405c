"""Work in the background; each run finds its work by the rows' state."""

from celery import shared_task
from django.utils import timezone

from enterprises.actions import importing, mailing
from enterprises.models import ImportRun
from liaison.moments import clock

SECONDS = 40.0


@shared_task
def work_imports() -> int:
    """Every few seconds: go on with the imports that wait. Safe to run twice and beside itself."""
    waiting = ImportRun.objects.filter(state__in=importing.IN_WORK, lease_until=None) | ImportRun.objects.filter(
        state__in=importing.IN_WORK, lease_until__lt=timezone.now()
    )
    done = 0
    for run in waiting.order_by("created_at")[:5]:
        importing.work(run, now=clock.now(), seconds=SECONDS / 5)
        done += 1
    return done


@shared_task
def mail_invitations() -> int:
    """Every half minute: mail the invitations that name an address."""
    return mailing.mail_invitations(clock.now())


@shared_task
def forget_import_rows() -> int:
    """Every hour: what stood in lists of long ago is forgotten."""
    return importing.forget_rows(clock.now())
