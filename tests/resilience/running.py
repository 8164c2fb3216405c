"""A running portal whose parts can be killed and frozen, and browsers that do not give up."""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import httpx
import psycopg2

from liaison.launch.bootstrap import ROOT
from liaison.launch.plan import Plan
from liaison.launch.postgres import Postgres
from liaison.launch.processes import wait_until
from liaison.launch.redis import Redis
from tests.launch.portal import Portal
from tests.resilience.cast import CAST, PASSWORD

PARTS = {"web": "gunicorn", "worker": "-n mail@", "fast": "-n fast@", "slow": "-n slow@"}
PARTS |= {"beat": "app beat", "redis": "redis-server", "postgres": "postgres"}
OPEN = "SELECT count(*) FROM notifications_delivery WHERE state IN ('created', 'sending')"
RECEIPT = re.compile(r"^/issues/(\d{4})-(\d+)/")


class Running(Portal):
    """`make run` without its demonstration data, with the cast of these tests."""

    def start(self) -> "Running":
        super().start()
        self.run("-c", CAST)
        return self

    def run(self, *arguments: str) -> str:
        """Run Python with the portal's own settings."""
        plan = Plan.of(ROOT, self.environment())
        redis = Redis(self.var / "redis", plan.log("redis"))
        services = {"DATABASE_URL": self.database_url, "REDIS_URL": redis.url, "PYTHONPATH": str(ROOT)}
        argv = [sys.executable, *arguments]
        done = subprocess.run(argv, cwd=ROOT, env=plan.environment(services), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def database_url(self) -> str:
        return Postgres(self.var / "postgres", self.var / "log" / "postgres.log").url

    def ask(self, question: str) -> list[tuple]:
        connection = psycopg2.connect(self.database_url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(question)
                return cursor.fetchall()
        finally:
            connection.close()

    def part(self, name: str, seconds: float = 60) -> int:
        """The process number of a part, or of a child of it ("web child"); waits while it is being started again."""
        found: list[int] = []

        def is_there() -> bool:
            words = PARTS[name.removesuffix(" child")]
            try:
                pid = self.pid_of(words)
            except ValueError:
                return False
            found[:] = children_of(pid) if name.endswith("child") else [pid]
            return bool(found)

        assert wait_until(is_there, seconds), f"no {name}: {self.said}"
        return found[-1]

    def kill(self, name: str) -> None:
        os.kill(self.part(name), 9)

    def all_delivered(self, seconds: float) -> bool:
        return wait_until(lambda: self.ask(OPEN)[0][0] == 0, seconds, pause=0.5)

    def letters(self) -> Counter:
        """How often each Message-ID was sent."""
        texts = [path.read_text("utf-8", errors="replace") for path in (self.var / "data" / "mail").glob("*")]
        return Counter(found for text in texts for found in re.findall(r"^Message-ID: <(\S+)@", text, re.MULTILINE))


def children_of(pid: int) -> list[int]:
    """Child processes of any thread of the process."""
    try:
        return [int(each) for task in Path(f"/proc/{pid}/task").iterdir() for each in (task / "children").read_text().split()]
    except OSError:
        return []


class Visitor:
    """Somebody who signed in with the password."""

    def __init__(self, portal: Portal, username: str, transport: httpx.BaseTransport | None = None) -> None:
        self.username, self.repeats = username, 0
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{portal.port}", timeout=20, transport=transport)
        self.client.get("/accounts/login/")
        done = self.post("/accounts/login/", login=username, password=PASSWORD)
        assert done.status_code == 302, f"{username} could not sign in: {done.status_code}"
        self.client.get("/inbox/")

    def post(self, path: str, **fields: str) -> httpx.Response:
        return self.client.post(path, data={**fields, "csrfmiddlewaretoken": self.client.cookies["csrftoken"]})

    def insist(self, path: str, seconds: float = 100, **fields: str) -> str:
        """Post the same form until there is an answer; where it leads."""
        end = time.monotonic() + seconds
        while True:
            try:
                answer = self.post(path, **fields)
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.status_code < 500:
                assert answer.status_code == 302, (answer.status_code, answer.text)
                return answer.headers["Location"]
            assert time.monotonic() < end, answer and answer.text
            self.repeats += 1
            time.sleep(0.3)


def issue_form(word: str) -> dict[str, str]:
    """All fields of /issues/new/ at once."""
    return {
        "title": f"申请续贷 {word}",
        "body": "流动资金紧张,希望协调银行办理续贷。",
        "category": "01",
        "nature": "help",
        "urgency": "normal",
        "sensitive": "no",
        "once_key": word,
    }


def serial_of(location: str) -> int:
    found = RECEIPT.match(location)
    assert found, location
    return int(found[2])
