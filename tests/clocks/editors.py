"""The rules as an administrator sends them back from the editing pages."""

from typing import Any

from django.test import Client
from django.utils import timezone

from liaison.accounts.models import Duty, User
from liaison.clocks.actions.rules import install_rules, limits_in_force, newest, rungs_in_force
from liaison.clocks.models import RuleSet
from tests.people import official

LIMITS, LADDER = RuleSet.Of.LIMITS, RuleSet.Of.LADDER


def administrator(client: Client, **fields: Any) -> User:
    """Signed in a moment ago, with the delivered rules in force."""
    user = official(Duty.SYSTEM_ADMIN, **fields)
    install_rules(timezone.now())
    client.post("/accounts/login/", {"login": user.username, "password": "correct-horse-9"})
    return user


def version(of: RuleSet.Of) -> int:
    """The number of the version in force."""
    rules = newest(of)
    return rules.version if rules else 0


def limits_form(note: str = "年度调整", **changes: str) -> dict[str, str]:
    """The page as it comes, with ``changes``; double underscores stand for the dots of field names."""
    form = {"version": str(version(LIMITS)), "note": note}
    for row in limits_in_force().rows:
        name = f"{row.kind}.{row.nature}.{row.urgency}"
        form |= {f"{name}.amount": str(row.amount), f"{name}.unit": row.unit}
    return form | changes


def limit_of(kind: str, nature: str = "", urgency: str = "") -> tuple[int, str] | None:
    """One rule in force, exactly this one."""
    found = [r for r in limits_in_force().rows if (r.kind, r.nature, r.urgency) == (kind, nature, urgency)]
    return (found[0].amount, found[0].unit) if found else None


def rungs_form(kind: str = "", note: str = "年度调整", **changes: Any) -> dict[str, Any]:
    """The rungs of one ladder as the page sends them."""
    form: dict[str, Any] = {"version": str(version(LADDER)), "note": note}
    rungs = rungs_in_force()
    for nth, rung in enumerate(rungs.get(kind) or rungs[""], start=1):
        values = {name: getattr(rung, name) for name in ("level", "light", "basis", "amount", "condition", "told", "acts")}
        form |= {f"r{nth}.{name}": value for name, value in values.items()}
    return form | changes
