"""Tidying up after people."""

from datetime import timedelta

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from liaison.accounts.models import SignInFailure


@shared_task
def tidy() -> None:
    """Forget sessions that are over and failures that no longer count; safe to run twice."""
    call_command("clearsessions")
    SignInFailure.objects.filter(window_ends_at__lt=timezone.now() - timedelta(days=1)).delete()
