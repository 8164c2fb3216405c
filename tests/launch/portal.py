"""A whole portal in processes of its own, as `make run` starts it."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from liaison.launch.bootstrap import ROOT
from liaison.launch.run import answers

TAKEN_OUT = ("DATABASE_URL", "REDIS_URL", "LIAISON_DATA_DIR", "DJANGO_SETTINGS_MODULE", "MAKELEVEL")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Portal:
    """The supervisor on a data folder; its output goes to a file beside it."""

    var: Path
    port: int = field(default_factory=free_port)
    before: tuple[str, ...] = ()  # for example setpriv
    extra: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    @property
    def said(self) -> str:
        return self._output.read_text()

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in TAKEN_OUT and not name.startswith("PYTEST")}
        return {**kept, "LIAISON_VAR": str(self.var), "PORT": str(self.port), "LIAISON_DEMO_DATA": "0", **self.extra}

    def start(self, until: str = "Ready: ") -> "Portal":
        with self._output.open("w") as output:
            argv = [*self.before, sys.executable, "-m", "liaison.launch.run"]
            self.process = subprocess.Popen(argv, cwd=ROOT, env=self.environment(), stdout=output, stderr=subprocess.STDOUT)
        self.wait_for(until, 240)
        return self

    def refused(self) -> subprocess.CompletedProcess:
        """Try to start where it must not."""
        argv = [*self.before, sys.executable, "-m", "liaison.launch.run"]
        return subprocess.run(argv, cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=120, check=False)

    def wait_for(self, words: str, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while words not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.1)

    def wait_for_page(self, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while not answers(self.port):
            assert time.monotonic() < end, self.said
            time.sleep(0.1)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def nobody_left(self) -> bool:
        """Every child holds this lock for as long as it lives."""
        with (self.var / "children.lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

    def pid_of(self, words: str) -> int:
        """The oldest process below the supervisor whose command line has the words."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if parent == self.process.pid and words in command:
                found.append(int(folder.name))
        return min(found)

    @property
    def _output(self) -> Path:
        return self.var.with_suffix(".out")


def one_sentence(done: subprocess.CompletedProcess) -> None:
    """A refusal: one line in each language, no traceback, an exit code that says so."""
    lines = done.stderr.strip().splitlines()
    assert done.returncode == 1, done
    assert len(lines) == 2, done.stderr
    assert lines[0].isascii() or "—" not in lines[0]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in lines[1]), done.stderr
