"""Rows are locked so that who only refers to them need not wait."""

import re
from pathlib import Path

from django.conf import settings

LOCK = re.compile(r"select_for_update\(([^)]*)\)")


def test_every_row_lock_leaves_references_alone():
    """FOR UPDATE also stops every insert of a row that refers to the locked one, in any order: that is how two acts deadlock."""
    apps = ("liaison", "enterprises", "issues", "events", "supervision")
    modules = [path for app in apps for path in Path(settings.BASE_DIR, app).rglob("*.py")]
    locks = [(path.name, found[1]) for path in modules for found in LOCK.finditer(path.read_text(encoding="utf-8"))]
    assert locks
    assert [(name, words) for name, words in locks if "no_key=True" not in words] == []
