"""A browser for the tests: the machine's, else one that is installed now."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOADED = ("chromium-*/chrome-linux*/chrome", "chromium_headless_shell-*/chrome-*/*headless*shell")


def chromium() -> str | None:
    """Return the path of a browser that runs, installing one if need be."""
    return found() or installed_by_system() or downloaded()


def found() -> str | None:
    """Return the first browser of this machine that starts."""
    return next((path for path in _candidates() if _runs(path)), None)


def installed_by_system() -> str | None:
    """Let the system's package manager install one: only root may."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    print("Installing Chromium with apt-get / 用 apt-get 安装 Chromium …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for argv in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *argv], env=environment, stdout=subprocess.DEVNULL, check=False)
    return found()


def downloaded() -> str | None:
    """Let Playwright fetch its own."""
    print("Downloading Chromium with Playwright / 用 Playwright 下载 Chromium …", flush=True)
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], env=environment, check=False)
    return found()


def _candidates() -> Iterator[str]:
    if wished := os.environ.get("LIAISON_CHROMIUM"):
        yield wished
    yield from (path for path in map(shutil.which, NAMES) if path)
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    for pattern in DOWNLOADED:
        yield from (str(path) for path in sorted(cache.glob(pattern), reverse=True))


def _runs(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False  # a file without its libraries, or none at all
