"""Two web servers and two workers on outside servers; each process has a data folder of its own, as on machines of its own."""

import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from liaison.launch.bootstrap import ROOT
from liaison.launch.postgres import Postgres
from liaison.launch.processes import Child, Command, wait_until
from liaison.launch.redis import Redis
from liaison.launch.run import answers
from tests.launch.portal import free_port

OFFICERS = 12
PASSWORD = "correct-horse-9"
PEOPLE = f"""
import django
django.setup()
from liaison.accounts.models import Duty
from tests.factories.enterprises import TownFactory
from tests.people import official, person, unit
TownFactory()
desk = unit("desk")
for number in range({OFFICERS}):
    official(Duty.DESK, desk, username=f"desk{{number}}", email=f"desk{{number}}@example.org")
person("owner", email="owner@example.org")
"""


@dataclass
class Installation:
    """All processes of one portal that is larger than a machine."""

    home: Path
    files: dict[str, str]  # the settings of the object storage
    ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    children: dict[str, Child] = field(default_factory=dict)
    ends: ExitStack = field(default_factory=ExitStack)

    def start(self) -> "Installation":
        self.database = Postgres(self.home / "pg", self.home / "pg.log", throw_away=True)
        self.broker = Redis(self.home / "redis", self.home / "redis.log")
        for server in (self.database, self.broker):
            self.ends.callback(server.stop)
            server.start()
        self.run("prepare", "-m", "liaison.launch.prepare")
        self.run("people", "-c", PEOPLE)
        celery = ["-m", "celery", "-A", "liaison.celery:app"]
        for number, port in enumerate(self.ports):
            web = ["-m", "gunicorn", "liaison.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "2"]
            web += ["--keep-alive", "60", "--no-control-socket"]
            self.up(f"web{number}", *web)
            self.up(f"worker{number}", *celery, "worker", "-n", f"w{number}", "-Q", "fast,mail,slow", "-c", "1")
        self.up("beat", *celery, "beat", "--pidfile=", "--schedule", str(self.home / "beat-schedule"))
        assert wait_until(lambda: all(map(answers, self.ports)), 180)
        return self

    def up(self, name: str, *arguments: str) -> None:
        command = Command(name, [sys.executable, *arguments], self.environment(name), ROOT, self.home / f"{name}.log")
        self.children[name] = Child(command)
        self.ends.callback(self.children[name].stop)

    def run(self, name: str, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment(name), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def environment(self, name: str) -> dict[str, str]:
        kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        return (
            kept
            | self.files
            | {
                "DJANGO_SETTINGS_MODULE": "liaison.settings.base",
                "LIAISON_DEMO": "1",
                "LIAISON_DEMO_DATA": "0",
                "LIAISON_SECRET_KEY": "for-two-of-each-" + "x" * 40,
                "LIAISON_DATA_DIR": str(self.home / "data" / name),
                "DATABASE_URL": self.database.url,
                "REDIS_URL": self.broker.url,
                "PYTHONPATH": str(ROOT),
            }
        )

    def count(self, question: str) -> int:
        return int(self.database.run("psql", "-d", "portal", "-tAc", question).stdout)

    def letters_by(self, worker: str) -> int:
        """Letters in the worker's folder; one file may hold several."""
        files = (self.home / "data" / worker / "mail").glob("*")
        return sum(path.read_text().count("\nMessage-ID:") for path in files)

    def files_on_disks(self) -> list[Path]:
        return [path for path in (self.home / "data").glob("*/files/**/*") if path.is_file()]


class Browser:
    """One person's cookies at two web servers."""

    def __init__(self, installation: Installation, username: str) -> None:
        self.addresses = [f"http://127.0.0.1:{port}" for port in installation.ports]
        self.client = httpx.Client(follow_redirects=True, timeout=60)
        done = self.post(0, "/accounts/login/", {"login": username, "password": PASSWORD})
        assert done.url.path != "/accounts/login/", done.text

    def get(self, server: int, path: str) -> httpx.Response:
        return self.client.get(self.addresses[server] + path)

    def post(self, server: int, path: str, data: dict[str, str], files: dict | None = None) -> httpx.Response:
        self.get(server, path)
        data = {**data, "csrfmiddlewaretoken": self.client.cookies["csrftoken"]}
        return self.client.post(self.addresses[server] + path, data=data, files=files)
