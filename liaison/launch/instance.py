"""One portal per data folder: the lock of the running supervisor, and what an earlier one left behind."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
from pathlib import Path

from liaison.launch.errors import LaunchError
from liaison.launch.folders import private_folder, unusable_folder
from liaison.launch.processes import wait_until

PATIENCE_SECONDS = 12.0  # the children of a killed supervisor end by themselves, the worker last


class Instance:
    """The data folder, held by this process; ``children_lock`` is held by each child as long as it lives."""

    def __init__(self, var: Path) -> None:
        self.var = private_folder(var)
        self.list = var / "children.json"
        self.own_lock = _open(var / "run.lock")
        if not _lock(self.own_lock):
            raise already_running(var)
        os.ftruncate(self.own_lock, 0)
        os.pwrite(self.own_lock, str(os.getpid()).encode(), 0)
        self.children_lock = _open(var / "children.lock")

    def wait_for_leftovers(self) -> None:
        """Wait until the children of a killed supervisor are gone, and end those that are not."""
        if wait_until(self._nobody_left, PATIENCE_SECONDS):
            return
        for pid, started in self._recorded().items():
            if started_at(pid) == started:  # the number may belong to somebody else by now
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(pid, signal.SIGKILL)
        if not wait_until(self._nobody_left, PATIENCE_SECONDS):
            raise LaunchError(
                f"Processes of an earlier run still use {self.var}: end them and start again.",
                f"上次运行的进程仍在使用 {self.var},请结束这些进程后重试。",
            )

    def record(self, pid: int) -> None:
        """Remember a child for the start after a kill."""
        alive = {known: started for known, started in self._recorded().items() if started_at(known) == started}
        partial = self.list.with_suffix(".new")
        partial.write_text(json.dumps({**alive, pid: started_at(pid)}))
        partial.replace(self.list)

    def release(self) -> None:
        """Let the next one start."""
        os.close(self.children_lock)
        os.close(self.own_lock)

    def _nobody_left(self) -> bool:
        return _lock(self.children_lock)

    def _recorded(self) -> dict[int, str]:
        try:
            return {int(pid): str(started) for pid, started in json.loads(self.list.read_text()).items()}
        except (OSError, ValueError, AttributeError):
            return {}


def started_at(pid: int) -> str:
    """Return when the process started (in clock ticks since boot), empty when there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def already_running(var: Path) -> LaunchError:
    """Return the sentence for a second start."""
    return LaunchError(
        f"The portal is already running on {var}: stop it first (Ctrl-C in its terminal).",
        f"门户已在 {var} 上运行,请先停止它(在其终端按 Ctrl-C)。",
    )


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise unusable_folder(path.parent, error) from error


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
