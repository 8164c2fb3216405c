"""``make check``: style, types, layers, templates, migrations, catalogues, deployment settings; all of them, then the verdict."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from liaison.launch.bootstrap import ROOT
from liaison.launch.throwaway import ThrowAwayServices

BIN = Path(sys.executable).parent


def checks() -> Iterator[tuple[str, list[str]]]:
    """Yield each check and its command line."""
    python = [sys.executable, "-m"]
    manage = [sys.executable, "-W", "ignore", "manage.py"]
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
    yield "style", [*python, "ruff", "check", "--quiet", "."]
    yield "format", [*python, "ruff", "format", "--check", "--quiet", "."]
    yield "types", [*python, "mypy", "."]
    yield "layers", [str(BIN / "lint-imports"), "--no-logo"]
    yield "templates", [str(BIN / "djade"), "--target-version", "5.2", "--check", *templates]
    yield "template style", [*python, "djlint", "--lint", "--quiet", "templates"]
    yield "migrations", [*manage, "makemigrations", "--check", "--dry-run"]
    yield "catalogues", [*python, "liaison.launch.catalogue", "check"]
    yield "settings", [*manage, "check", "--fail-level", "WARNING"]
    yield "deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"]


def production() -> dict[str, str]:
    """Return a safe environment of a production server."""
    return {
        "LIAISON_SECRET_KEY": secrets.token_urlsafe(64),
        "LIAISON_ALLOWED_HOSTS": "liaison.example.org",
        "LIAISON_PORTAL_URL": "https://liaison.example.org",
        "LIAISON_MAIL_FROM": "liaison@example.org",
        "LIAISON_MAIL_HOST": "mail.example.org",
    }


def main() -> int:
    """Run them all; 1 when one of them is not content."""
    services = ThrowAwayServices()
    wrong = []
    try:
        services.start()
        with tempfile.TemporaryDirectory() as folder:
            outside = {name: value for name, value in os.environ.items() if not name.startswith("LIAISON_")}
            base = {**outside, "LIAISON_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "liaison.settings.test"}
            deployed = {**base, **production(), "DJANGO_SETTINGS_MODULE": "liaison.settings.base"}
            for name, argv in checks():
                if not _content(name, argv, deployed if name == "deployment" else base):
                    wrong.append(name)
    finally:
        services.stop()
    print(f"Not in order: {', '.join(wrong)}" if wrong else "All checks passed.")
    return 1 if wrong else 0


def _content(name: str, argv: list[str], environment: dict[str, str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    print(f"{name:<16}{'ok' if done.returncode == 0 else 'FAILED':<8}{time.monotonic() - began:5.1f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
