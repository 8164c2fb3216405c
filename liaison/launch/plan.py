"""Which processes the portal is made of, and what they find in their environment."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from liaison.launch.errors import LaunchError
from liaison.launch.folders import private_folder, secret
from liaison.launch.processes import Child, Command

FOREIGN = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKE_TERMOUT", "MAKE_TERMERR", "PYTHONPATH", "PYTHONHOME")
LARGEST_LOG = 10 * 1024 * 1024
HIGHEST_PORT = 65535
QUEUES = ("mail", "fast", "slow")


@dataclass(frozen=True)
class Plan:
    """Where everything of one portal is."""

    root: Path
    var: Path
    port: int
    outside: Mapping[str, str]  # the environment of the terminal

    @classmethod
    def of(cls, root: Path, outside: Mapping[str, str]) -> Plan:
        """Read PORT, and LIAISON_VAR where the data folder is not var/ in the repository."""
        value = outside.get("PORT", "") or "8000"
        if not value.isdecimal() or not 0 < int(value) <= HIGHEST_PORT:
            raise LaunchError(
                f"PORT must be a number from 1 to {HIGHEST_PORT}, not {value!r}.",
                f"PORT 必须是 1 到 {HIGHEST_PORT} 之间的数字,而不是 {value!r}。",
            )
        return cls(root, data_folder(root, outside), int(value), outside)

    @property
    def url(self) -> str:
        """The address for the browser."""
        return f"http://127.0.0.1:{self.port}/"

    def log(self, name: str) -> Path:
        """The log of one process; a large one is put aside when the process starts."""
        path = private_folder(self.var / "log") / f"{name}.log"
        if path.exists() and path.stat().st_size > LARGEST_LOG:
            shutil.move(path, path.with_suffix(".log.1"))
        return path

    def environment(self, services: Mapping[str, str]) -> dict[str, str]:
        """Return the portal's environment: the demonstration's, unless the terminal says otherwise."""
        demonstration = {
            "DJANGO_SETTINGS_MODULE": "liaison.settings.base",
            "LIAISON_DEMO": "1",
            "LIAISON_SECRET_KEY": secret(self.var / "secret-key"),
            "LIAISON_DATA_DIR": str(private_folder(self.var / "data")),
            "LIAISON_PORTAL_URL": self.url.rstrip("/"),
            "PATH": os.defpath,
        }
        terminal = {name: value for name, value in self.outside.items() if name not in FOREIGN}
        return {**demonstration, **terminal, **services, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}


def data_folder(root: Path, outside: Mapping[str, str]) -> Path:
    """Return the folder that keeps everything that a run leaves behind."""
    return Path(outside.get("LIAISON_VAR") or root / "var").absolute()


@dataclass
class Program:
    """One Python process of the portal."""

    name: str
    command: Command
    record: Callable[[int], None]
    child: Child | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it; whether it works shows later."""
        self.child = Child(self.command)
        self.record(self.child.pid)

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.child is not None and self.child.alive()

    def stop(self) -> None:
        """End in good order."""
        if self.child is not None:
            self.child.stop()


def programs(plan: Plan, environment: Mapping[str, str]) -> dict[str, tuple[list[str], float]]:
    """Return the command line and the time to stop of each process, in the order of their start."""
    celery = [sys.executable, "-m", "celery", "-A", "liaison.celery:app"]
    schedule = private_folder(plan.var / "run") / "beat-schedule"
    level = environment.get("LIAISON_LOG_LEVEL", "INFO")
    worker = [*celery, "worker", "-c", "1", "-l", level, "--without-mingle", "--without-gossip", "--without-heartbeat"]
    web = [sys.executable, "-m", "gunicorn", "liaison.wsgi", "--bind", f"127.0.0.1:{plan.port}"]
    # threads: a browser that opens connections in advance must not hold up a whole process
    web += ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--graceful-timeout", "10"]
    web += ["--keep-alive", "30", "--preload", "--no-control-socket", "--max-requests", "5000", "--max-requests-jitter", "500"]
    return {
        "web": (web, 15.0),
        **{f"worker-{queue}": ([*worker, "-n", f"{queue}@%h", "-Q", queue], 15.0) for queue in QUEUES},
        "beat": ([*celery, "beat", "--pidfile=", "--schedule", str(schedule), "-l", level], 5.0),
    }
