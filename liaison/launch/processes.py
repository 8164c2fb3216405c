"""Child processes that never outlive the process that started them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from liaison.launch.stopping import STOPPING, wish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PR_SET_PDEATHSIG = 1
LINUX = sys.platform == "linux"
_LIBC = ctypes.CDLL(None, use_errno=True) if LINUX else None


class Service(Protocol):
    """Anything the supervisor starts, watches and stops."""

    name: str

    def start(self) -> None:
        """Come up, or raise LaunchError."""

    def alive(self) -> bool:
        """Whether the process still runs."""

    def stop(self) -> None:
        """End in good order."""


@dataclass(frozen=True)
class Command:
    """How one child is run, told to stop, and how long it may take over it."""

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    grace_seconds: float = 15.0
    inherited: tuple[int, ...] = ()  # lock descriptors that the child holds for as long as it lives


class Child:
    """One running command in a session of its own (so that Ctrl-C reaches only the supervisor)."""

    def __init__(self, command: Command) -> None:
        self.command = command
        with command.log.open("ab") as log:
            self.popen = subprocess.Popen(
                list(command.argv),
                env=dict(command.environment),
                cwd=command.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=command.inherited,
                preexec_fn=_die_with_parent(command.stop_signal),
            )

    @property
    def pid(self) -> int:
        """The process number, also the number of its group."""
        return self.popen.pid

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.popen.poll() is None

    def stop(self) -> None:
        """Ask once, wait the grace time, then end the whole group."""
        if self.alive():
            self.popen.send_signal(self.command.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(self.command.grace_seconds)
        self._end_group()
        self.popen.wait()

    def _end_group(self) -> None:
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return  # nobody of the group is left


def die_with_parent(stop_signal: signal.Signals = signal.SIGTERM) -> None:
    """Let the kernel stop this process when its parent is killed, however it is killed."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)


def _die_with_parent(stop_signal: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        for number in STOPPING:  # a shell that starts us in the background lets us ignore Ctrl-C
            signal.signal(number, signal.SIG_DFL)
        die_with_parent(stop_signal)
        if os.getppid() != parent:  # the parent died between fork and prctl
            os._exit(127)

    return prepare


def wait_until(condition: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Whether the condition came true within the time; raise Stop when the end is asked for."""
    end = time.monotonic() + seconds
    while not condition():
        wish.heed()
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True
