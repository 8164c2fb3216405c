"""Who is there when things break: a desk, and four firms of two people."""

FIRMS = 4
PASSWORD = "correct-horse-9"
SENDERS = [f"firm{number}{part}" for number in range(FIRMS) for part in ("", ".colleague")]
DESK = ["desk1", "desk2"]
CAST = """
import django
django.setup()
from django.utils import timezone
from enterprises.models import Representative
from liaison.accounts.models import Duty
from liaison.parameters.models import Parameter
from tests.factories.enterprises import EnterpriseFactory, TownFactory
from tests.people import official, person, unit
from tests.resilience.cast import SENDERS, colleague_of
TownFactory()
desk = unit("desk", kind="liaison")
official(Duty.DESK, desk, username="desk1", email="desk1@example.org")
official(Duty.DESK, desk, username="desk2")
for sender in SENDERS[::2]:
    firm = EnterpriseFactory(manager=person(sender))
    Representative.objects.create(enterprise=firm, user=person(colleague_of(sender)), role="staff", since=timezone.now())
for key in ("issues.daily_cap", "notifications.hourly_budget"):
    Parameter.objects.update_or_create(key=key, defaults={"value": 1000})
"""
"Run with the portal's settings, in a process of its own. One desk officer has an e-mail address: a letter for every issue."


def colleague_of(sender: str) -> str:
    return sender.removesuffix(".colleague") if sender.endswith(".colleague") else f"{sender}.colleague"
