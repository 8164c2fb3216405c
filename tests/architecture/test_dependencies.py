"""What the product imports is declared: an update of somebody else's package must not take it away."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from django.conf import settings

OWN = {"liaison", "enterprises", "issues", "events", "supervision"}
BY_EXTRA = {"redis": "celery[redis]", "botocore": "django-storages[s3]"}
ROOT = Path(settings.BASE_DIR)


def imported() -> set[str]:
    """Top-level packages of others; the launcher stands alone and finds its own."""
    found = set()
    for path in (path for app in OWN for path in (ROOT / app).rglob("*.py") if "launch" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add((node.module or "").partition(".")[0])
    return found - OWN - set(sys.stdlib_module_names) - {"__future__"}


def test_every_imported_package_is_declared():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[\[<>=;]", line)[0].lower() for line in declared}
    providers = packages_distributions()
    missing = [
        package
        for package in sorted(imported())
        if BY_EXTRA.get(package) not in declared and not {name.lower() for name in providers.get(package, [])} & names
    ]
    assert missing == []
