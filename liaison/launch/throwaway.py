"""One throw-away PostgreSQL and Redis, for a test session (shared by all its worker processes) or a check."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from liaison.launch.postgres import Postgres
from liaison.launch.redis import Redis

PREFIX = "liaison-test-"


class ThrowAwayServices:
    """Servers for the addresses that the environment does not give."""

    def __init__(self) -> None:
        self.ends = ExitStack()

    def start(self) -> None:
        """Set DATABASE_URL and REDIS_URL unless somebody did (a worker process finds its controller's)."""
        if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
            return
        sweep()
        home = Path(tempfile.mkdtemp(prefix=PREFIX))
        self.ends.callback(shutil.rmtree, home, ignore_errors=True)
        lock = os.open(home / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        self.ends.callback(os.close, lock)
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.environ.setdefault("LIAISON_DATA_DIR", str(home / "data"))
        if "DATABASE_URL" not in os.environ:
            postgres = Postgres(home / "pg", home / "postgres.log", throw_away=True, inherited=(lock,))
            self.ends.callback(shutil.rmtree, postgres.place, ignore_errors=True)
            os.environ["DATABASE_URL"] = self._run(postgres)
        if "REDIS_URL" not in os.environ:
            os.environ["REDIS_URL"] = self._run(Redis(home / "redis", home / "redis.log", durable=False, inherited=(lock,)))

    def stop(self) -> None:
        """End the servers and remove their folder; safe to call twice."""
        self.ends.close()

    def _run(self, service: Postgres | Redis) -> str:
        self.ends.callback(service.stop)
        service.start()
        return service.url


def sweep() -> None:
    """Remove the folders of sessions that were killed: nobody holds their lock any more."""
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            with (home / "lock").open("r+b") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(home, ignore_errors=True)
        except OSError:
            continue  # another session's, or another user's
