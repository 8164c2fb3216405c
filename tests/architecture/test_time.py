"""Two times: what the district lives by is portal time (liaison.moments.clock); the machine's is for those who say why."""

import ast
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
READERS = {"now", "localdate", "today", "utcnow", "fromtimestamp"}
OF_CLOCKS = {"timezone", "datetime", "date", "dt"}
MACHINE = {
    "liaison/moments/clock.py": "makes portal time of it",
    "liaison/accounts/lockout.py": "locks of the sign-in",
    "liaison/accounts/middleware.py": "ends of sessions",
    "liaison/accounts/models.py": "when an account was made",
    "liaison/accounts/signals.py": "begin of a session",
    "liaison/accounts/tasks.py": "tidying up sessions and failures",
    "liaison/administration/views/person.py": "whether a sign-in is locked",
    "liaison/audit/models.py": "the record",
    "liaison/clocks/apps.py": "when an installation got its rules",
    "liaison/files/models.py": "uploads that wait for their form",
    "liaison/files/tasks.py": "tidying up uploads",
    "liaison/notifications/models/deliveries.py": "times of sending",
    "liaison/notifications/models/messages.py": "heartbeats; a message's own time is given by notify()",
    "liaison/notifications/models/ways.py": "when an address was refused",
    "liaison/notifications/outside.py": "a provider's Retry-After",
    "liaison/notifications/senders.py": "when a robot was refused",
    "liaison/workdays/first.py": "when an installation got its calendar",
    "enterprises/tasks.py": "leases of imports",
}


def product() -> dict[str, ast.Module]:
    """Every module but the launcher, which stands outside the portal, and the migrations."""
    paths = [path for app in ("liaison", "enterprises", "issues", "events", "supervision") for path in (ROOT / app).rglob("*.py")]
    kept = [path for path in paths if not {"launch", "migrations"} & set(path.parts)]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in kept}


def reads_the_machine(tree: ast.Module) -> bool:
    """``timezone.now`` called or named as a default, ``date.today()``, or one of these imported by itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _is_a_clock(node) and not _with_argument(tree, node):
            return True
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
            return True
    return False


def _is_a_clock(name: ast.Attribute) -> bool:
    return name.attr in READERS and isinstance(name.value, ast.Name) and name.value.id in OF_CLOCKS


def _with_argument(tree: ast.Module, name: ast.Attribute) -> bool:
    """``timezone.localdate(moment)`` reads no clock."""
    if name.attr != "localdate":
        return False
    return any(isinstance(node, ast.Call) and node.func is name and node.args for node in ast.walk(tree))


def test_only_these_modules_read_the_machine_s_clock():
    assert {name for name, tree in product().items() if reads_the_machine(tree)} == set(MACHINE)
