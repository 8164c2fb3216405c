"""The demonstration's accounts have a password that everybody knows: a production start with one of them left is refused."""

import logging
import sys
from typing import Any, Final

from celery.signals import worker_init
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import DatabaseError, OperationalError, connections

from liaison.accounts.models import User

logger = logging.getLogger(__name__)

PASSWORD: Final = "liaison-demo"  # noqa: S105 - printed on the demonstration's own sign-in page
USERNAMES: Final = frozenset(  # as the cast is written down, so that it can be compared by eye
    """
    firm1 firm2 firm2.staff firm3 stranger desk1 desk2 caller1 leader1 leader.main inspect1 events1 supervisor1 supervisor2
    tax.liaison tax.handler tax.head env.liaison env.handler env.head finance.liaison finance.handler finance.head
    discipline.reception discipline.keeper discipline.handler discipline.head admin.system admin.security admin.audit
    """.split()  # noqa: SIM905
)
SENTENCE: Final = (
    "Demonstration accounts with their public password are still in the database (such as {name}): production does not start. "
    "/ 数据库中仍有使用公开密码的演示账号(如 {name}),生产环境拒绝启动。"
)
BOOT_FAILED: Final = 3
"""What gunicorn takes for "do not try again"."""


def account_left() -> str:
    """An account of the cast that still has the public password; empty when there is none."""
    if settings.DEMO:
        return ""
    cast = User.objects.filter(username__in=USERNAMES, is_active=True).order_by("username")
    return next((user.username for user in cast if user.check_password(PASSWORD)), "")


def refuse_demonstration_accounts() -> None:
    """Called when a web process or a worker starts: one clear sentence, and the end."""
    try:
        name = account_left()
    except OperationalError:  # the database is away; /healthz says so, and this process must be there when it comes back
        logger.warning("Demonstration accounts could not be looked for: the database is away")
        return
    except DatabaseError:  # nothing is migrated yet: nobody is there
        return
    finally:
        connections.close_all()
    if name:
        sys.stderr.write(SENTENCE.format(name=name) + "\n")
        raise SystemExit(BOOT_FAILED)


@worker_init.connect
def worker_starts(**_kwargs: Any) -> None:
    """A worker does not serve such an installation either."""
    refuse_demonstration_accounts()


@register(Tags.security, deploy=True)
def check_demonstration_accounts(**_kwargs: Any) -> list[Error]:
    """``check --deploy`` tells the same."""
    try:
        name = account_left()
    except DatabaseError:
        return []
    return [Error(SENTENCE.format(name=name), id="liaison.E001")] if name else []
