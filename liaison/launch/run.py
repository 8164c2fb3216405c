"""``make run``: the whole portal as one foreground process group."""

from __future__ import annotations

import errno
import http.client
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from liaison.launch.bootstrap import ROOT
from liaison.launch.errors import LaunchError
from liaison.launch.folders import disk_full, require_space, unusable_folder
from liaison.launch.instance import Instance
from liaison.launch.plan import Plan, Program, data_folder, programs
from liaison.launch.postgres import Postgres
from liaison.launch.processes import Command, Service, die_with_parent, wait_until
from liaison.launch.redis import Redis
from liaison.launch.stopping import STOPPING, Stop, wish
from liaison.launch.watch import watch
from liaison.launch.welcome import welcome

MEGABYTES_FIRST, MEGABYTES_LATER = 300, 60
PREPARE_SECONDS = 1200.0
READY_SECONDS = 180.0  # a busy machine; a process that dies is noticed at once


class Supervisor:
    """Starts everything in order, watches it, stops it in reverse order."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.services: list[Service] = []
        self.ends = ExitStack()

    def run(self) -> None:
        """Come up, stay up, go down."""
        began = time.monotonic()
        try:
            self.start()
            print(welcome(self.plan.url, time.monotonic() - began), flush=True)
            watch(self.services, say)
        finally:
            for number in STOPPING:
                signal.signal(number, signal.SIG_IGN)
            self.ends.close()

    def start(self) -> None:
        """Bring up each part after the one that it needs."""
        self.instance = Instance(self.plan.var)
        self.ends.callback(self.instance.release)
        self.instance.wait_for_leftovers()
        require_free(self.plan.port)
        require_space(self.plan.var, MEGABYTES_LATER if (self.plan.var / "postgres").exists() else MEGABYTES_FIRST)
        environment = self.plan.environment(self.embedded())
        self.prepare(environment)
        web, *others = (self.program(name, *how, environment) for name, how in programs(self.plan, environment).items())
        self.up(web)
        self.wait_for_web(web)
        for program in others:  # after the web: on two cores they would only hold it up
            self.up(program)

    def embedded(self) -> dict[str, str]:
        """Start PostgreSQL and Redis unless the environment names others; return their addresses."""
        lock = (self.instance.children_lock,)
        addresses = {}
        refuse_production(self.plan.outside)
        if not self.plan.outside.get("DATABASE_URL"):
            postgres = Postgres(self.plan.var / "postgres", self.plan.log("postgres"), inherited=lock)
            addresses["DATABASE_URL"] = postgres.url
            self.up(postgres)
        if not self.plan.outside.get("REDIS_URL"):
            redis = Redis(self.plan.var / "redis", self.plan.log("redis"), inherited=lock)
            addresses["REDIS_URL"] = redis.url
            self.up(redis)
        return addresses

    def prepare(self, environment: Mapping[str, str]) -> None:
        """Bring the database to the state of the code; the first time this takes a while."""
        say("Preparing the database", "准备数据库")
        step = self.program("prepare", [sys.executable, "-m", "liaison.launch.prepare"], 5.0, environment)
        self.ends.callback(step.stop)
        step.start()
        finished = wait_until(lambda: not step.alive(), PREPARE_SECONDS, pause=0.1)
        if not finished or step.child is None or step.child.popen.returncode != 0:
            raise failed(step)

    def program(self, name: str, argv: list[str], grace: float, environment: Mapping[str, str]) -> Program:
        """Put one process together."""
        command = Command(
            name=name,
            argv=argv,
            environment=environment,
            folder=self.plan.root,
            log=self.plan.log(name),
            grace_seconds=grace,
            inherited=(self.instance.children_lock,),
        )
        return Program(name, command, self.instance.record)

    def up(self, service: Service) -> None:
        """Start one service; it will be stopped before those that were started earlier."""
        self.ends.callback(service.stop)
        service.start()
        self.services.append(service)
        child = getattr(service, "child", None)
        if child is not None:
            self.instance.record(child.pid)

    def wait_for_web(self, web: Program) -> None:
        """Return when the first page can be served."""
        if not wait_until(lambda: not web.alive() or answers(self.plan.port), READY_SECONDS, pause=0.1) or not web.alive():
            raise failed(web)


def refuse_production(outside: Mapping[str, str]) -> None:
    """Refuse real data on servers that nobody backs up, unless that is wanted."""
    real = outside.get("LIAISON_DEMO", "1").lower() in {"0", "false", "no", "off"}
    elsewhere = outside.get("DATABASE_URL") and outside.get("REDIS_URL")
    if real and not elsewhere and outside.get("LIAISON_ONE_MACHINE") != "1":
        raise LaunchError(
            "The embedded servers are for demonstrations: set DATABASE_URL and REDIS_URL, "
            "or LIAISON_ONE_MACHINE=1 for one machine without backups.",
            "内置服务器仅供演示:请设置 DATABASE_URL 和 REDIS_URL;确需单机且无备份运行时,设 LIAISON_ONE_MACHINE=1。",
        )


def answers(port: int) -> bool:
    """Whether the portal says that it is well."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def require_free(port: int) -> None:
    """Refuse a port that somebody else listens on, before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except PermissionError as error:
            raise LaunchError(
                f"Port {port} is reserved for root: choose another, for example `make run PORT=8001`.",
                f"端口 {port} 仅限 root 使用,请换一个,例如 `make run PORT=8001`。",
            ) from error
        except OSError as error:
            raise LaunchError(
                f"Port {port} is in use by another program: choose another, for example `make run PORT=8001`.",
                f"端口 {port} 已被其他程序占用,请换一个,例如 `make run PORT=8001`。",
            ) from error


def failed(step: Program) -> LaunchError:
    """Return the sentence for a process that did not do its work, with the last line that it wrote."""
    log = step.command.log
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    last = lines[-1] if lines else ""
    if "No space left on device" in last or "DiskFull" in last:
        return disk_full(log.parent)
    return LaunchError(f"The step {step.name} failed: {last} (see {log})", f"步骤 {step.name} 失败:{last}(详见 {log})")


def say(english: str, chinese: str) -> None:
    """Tell what is going on."""
    print(f"{english} / {chinese}", flush=True)


def explain(error: Exception, var: Path) -> LaunchError:
    """Return the sentence for anything that stops a start; what nobody foresaw goes to a log."""
    if isinstance(error, LaunchError):
        return error
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS}:
        return unusable_folder(var, error)
    log = var / "log" / "launch.log"
    try:
        log.write_text("".join(traceback.format_exception(error)))
    except OSError as full:
        return unusable_folder(var, full)
    return LaunchError(f"The start failed: {error} (see {log})", f"启动失败:{error}(详见 {log})")


def main() -> int:
    """Return 0 when the portal was asked to end, 1 when it could not start."""
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without Chinese
    wish.listen()
    try:
        if "MAKELEVEL" in os.environ:
            die_with_parent()  # a killed make takes the portal with it
        Supervisor(Plan.of(ROOT, os.environ)).run()
    except Stop:
        say("Stopped.", "已停止。")
        return 0
    except Exception as error:  # noqa: BLE001  # the reader gets a sentence, never a traceback
        sys.stderr.write(f"{explain(error, data_folder(ROOT, os.environ))}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
