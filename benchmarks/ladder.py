"""``python -m benchmarks.ladder``: many clocks due at once; how fast they are climbed, and what faults leave of them.

First four processes climb undisturbed, beside the time that the same update takes as plain SQL. Then real Celery workers and two
beats do it while workers are killed, Redis is emptied every five seconds and PostgreSQL is restarted, until most clocks are
climbed; afterwards every rung must have been reached once, every message be in the inbox once, and no mail have come more than
twice, by its Message-ID.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from benchmarks import ladder_cast
from benchmarks.mail_sink import Sink, mail_sink
from benchmarks.scratch import DEMONSTRATION
from liaison.launch.postgres import Postgres
from liaison.launch.redis import Redis

WORKERS: Final = 4
LIFE: Final = (0.5, 1.5)
"Between two deaths, in the time that a worker needs to start: each of four lives about four times as long."
FLUSH: Final = 5.0
LEFT: Final = 0.1
"What is left when the faults end."
COPIES: Final = 2
CELERY: Final = [sys.executable, "-m", "celery", "-A", "liaison"]
PLAIN: Final = """
WITH due AS MATERIALIZED (SELECT id, subject_id FROM clocks_clock WHERE next_step_at <= now()),
fired AS (
  UPDATE clocks_step SET state = CASE level WHEN %(level)s THEN 'fired' ELSE 'superseded' END, settled_at = now()
  FROM due WHERE clock_id = due.id AND level <= %(level)s
), moved AS (
  UPDATE clocks_clock SET level = %(level)s, light = 'yellow', next_step_at = now() + interval '20 days' FROM due
  WHERE clocks_clock.id = due.id
), told AS (
  INSERT INTO issues_issueevent (issue_id, kind, for_firm, at, round, internal, stage_from, stage_to, text, detail, duty)
  SELECT subject_id, 'rung', false, now(), 1, true, 'handling', 'handling', '', '{}', '' FROM due
)
INSERT INTO notifications_notification (recipient_id, kind, key, context, created_at, delivered_at)
SELECT (SELECT min(id) FROM accounts_user) + n, 'issue_rung', 'clock:' || due.id, '{}', now(), now()
FROM due, generate_series(0, 2) AS n
"""


def main() -> None:
    """Print the figures; leave with an error when a rung was reached twice or never."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="clocks")
    parser.add_argument("--level", type=int, default=2, help="the rung that is due")
    parser.add_argument("--no-faults", action="store_true")
    parser.add_argument("--only-faults", action="store_true")
    parser.add_argument("--seed", type=int, default=20260907)
    parser.add_argument("--work", action="store_true", help="be a worker, on the database that the environment names")
    asked = parser.parse_args()
    if asked.work:
        work()
        return
    with mail_sink() as sink, servers(sink) as (postgres, redis):
        district = ladder_cast.make_district()
        for line in () if asked.only_faults else undisturbed(district, asked.count, asked.level):
            print(line, flush=True)  # noqa: T201
        if not asked.no_faults:
            print(Chaos(postgres, redis, sink, asked.seed).run(district, asked.count, asked.level), flush=True)  # noqa: T201


@contextmanager
def servers(sink: Sink) -> Iterator[tuple[Postgres, Redis]]:
    """PostgreSQL with its usual care for what is written, Redis, and Django on them."""
    with tempfile.TemporaryDirectory(prefix="liaison-ladder-") as folder:
        home = Path(folder)
        postgres, redis = Postgres(home / "pg", home / "postgres.log"), Redis(home / "redis", home / "redis.log", durable=False)
        mail = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "SINK_PORT": str(sink.port)}
        environment = {**DEMONSTRATION, **mail, "LIAISON_DATA_DIR": str(home / "data"), "LIAISON_QUIET_HOURS": "0"}
        try:
            postgres.start()
            redis.start()
            os.environ.update(environment, DATABASE_URL=postgres.url, REDIS_URL=redis.url)
            _prepare()
            yield postgres, redis
        finally:
            redis.stop()
            postgres.stop()


def _prepare() -> None:
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


# --- undisturbed --------------------------------------------------------------------------------------
def undisturbed(district: dict[str, Any], count: int, level: int) -> Iterator[str]:
    """One process, four processes, and PostgreSQL alone."""
    yield "| clocks | how | seconds | clocks per second |\n| ---: | --- | ---: | ---: |"
    for workers in (1, WORKERS):
        ladder_cast.fill(district, count, level)
        seconds = climbed_by(workers)
        check(count, level, delivered=False)
        ladder_cast.empty()
        yield f"| {count:,} | {workers} process{'es' if workers > 1 else ''} | {seconds:.1f} | {count / seconds:,.0f} |"
    ladder_cast.fill(district, count, level)
    seconds = timed(lambda: sql(PLAIN, {"level": level}))
    ladder_cast.empty()
    yield f"| {count:,} | the same update as plain SQL | {seconds:.1f} | {count / seconds:,.0f} |"


def timed(act: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def climbed_by(workers: int) -> float:
    """Seconds in which so many processes climb all; they start at one word, and how long Python takes to load is not counted."""
    argv = [sys.executable, "-m", "benchmarks.ladder", "--work"]
    running = [subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _worker in range(workers)]  # noqa: S603
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()
    return timed(lambda: _go(running))


def _go(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    codes = [process.wait() for process in running]
    if any(codes):
        raise SystemExit("a worker died")


def work() -> None:
    """What the task does."""
    import django  # noqa: PLC0415

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from liaison.clocks.actions.climbing import climb  # noqa: PLC0415

    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    climb(timezone.now())


def sql(statement: str, values: dict[str, Any] | None = None) -> Any:
    """One statement on a connection of today: a restart may have ended the last one."""
    from django.db import connection  # noqa: PLC0415

    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


# --- what must be true afterwards ---------------------------------------------------------------------
def check(count: int, level: int, *, delivered: bool) -> None:
    """Each rung once, each event once, each message once; with workers at work also nothing left in the outbox."""
    facts = {
        "rungs reached": ("FROM clocks_step WHERE state = 'fired' AND level = %(level)s", count),
        "reached rungs, one for each clock": (
            "FROM (SELECT DISTINCT clock_id FROM clocks_step WHERE state = 'fired') AS once",
            count,
        ),
        "rungs passed over": ("FROM clocks_step WHERE state IN ('superseded', 'spared')", count * (level - 1)),
        "events": ("FROM issues_issueevent WHERE kind = 'rung'", count),
        "events, one for each issue": (
            "FROM (SELECT DISTINCT issue_id FROM issues_issueevent WHERE kind = 'rung') AS once",
            count,
        ),
        "messages": (
            "FROM notifications_notification WHERE kind = 'issue_rung_%(level)s'",
            sql("SELECT sum(told) FROM clocks_step")[0][0],
        ),
        "messages that are not in the inbox": ("FROM notifications_notification WHERE delivered_at IS NULL", 0),
    }
    if delivered:
        facts["unsent deliveries"] = (OPEN.removeprefix("SELECT count(*) "), 0)
    found = {name: sql("SELECT count(*) " + ask, {"level": level})[0][0] for name, (ask, _wanted) in facts.items()}
    wrong = [f"{name}: {found[name]}, not {wanted}" for name, (_ask, wanted) in facts.items() if found[name] != wanted]
    if wrong:
        raise SystemExit("; ".join(wrong))


OPEN: Final = "SELECT count(*) FROM notifications_delivery WHERE state IN ('created', 'sending')"
MAILS: Final = "SELECT message_id FROM notifications_delivery WHERE channel = 'email' AND state = 'sent'"
DUE: Final = "SELECT count(*) FROM clocks_clock WHERE next_step_at <= now()"


# --- faults -------------------------------------------------------------------------------------------
class Chaos:
    """Workers and beats as processes of their own, and what happens to them."""

    def __init__(self, postgres: Postgres, redis: Redis, sink: Sink, seed: int) -> None:
        self.postgres, self.redis, self.sink = postgres, redis, sink
        self.chance = random.Random(seed)  # noqa: S311 - moments of faults
        self.workers: list[subprocess.Popen[bytes]] = []
        self.beats: list[subprocess.Popen[bytes]] = []
        self.kills = self.flushes = 0
        self.next_flush = 0.0

    def run(self, district: dict[str, Any], count: int, level: int) -> str:
        """Start all, break things until most is done and all faults happened, then wait for the rest."""
        ladder_cast.fill(district, count, level)
        self.sink.copies.clear()
        start = time.perf_counter()
        try:
            self.workers = [self._worker() for _number in range(WORKERS)]
            self.beats = [self._beat(number) for number in range(2)]
            self._break_things(count)
            last = time.perf_counter()
            climbed = self._wait(DUE) - last
            done = self._wait(OPEN)
        finally:
            for process in [*self.workers, *self.beats]:
                kill(process)
        check(count, level, delivered=True)
        faults = f"{self.kills} workers killed, Redis emptied {self.flushes} times, PostgreSQL restarted once"
        figures = f"climbed {climbed:.0f} s and all sent {done - last:.0f} s after the last fault, {done - start:.0f} s in all"
        once = "each rung once, each message once in the inbox"
        return f"{count:,} clocks, {WORKERS} workers, 2 beats; {faults}: {once}, {self._mails()}; {figures}"

    def _mails(self) -> str:
        """None is missing, none came more than twice, and none that the outbox does not know."""
        sent = [row[0] for row in sql(MAILS)]
        copies = {mail.strip("<>").partition("@")[0].replace("-", ""): count for mail, count in self.sink.copies.items()}
        found = [copies.pop(mail.hex, 0) for mail in sent]
        if copies or not all(1 <= count <= COPIES for count in found):
            raise SystemExit(f"copies of mails: {sorted(set(found))}; {len(copies)} that were not sent")
        return f"{len(sent):,} mails (letters and lists), {found.count(2)} of them twice under the same Message-ID"

    def _worker(self) -> subprocess.Popen[bytes]:
        options = ["worker", "-Q", "fast,mail", "-c", "1", "-l", "ERROR", "--without-mingle", "--without-gossip", "-n"]
        return self._start([*CELERY, *options, f"w{self.chance.random()}@%h"])

    def _beat(self, number: int) -> subprocess.Popen[bytes]:
        return self._start([*CELERY, "beat", "--pidfile=", "--schedule", f"{self.postgres.home}/beat{number}", "-l", "ERROR"])

    @staticmethod
    def _start(argv: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(argv, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603

    def _break_things(self, count: int) -> None:
        """A worker dies every few seconds and a new one takes its place, until nine clocks of ten are climbed."""
        start_up = timed(lambda: subprocess.run([*CELERY, "report"], capture_output=True, check=True))  # noqa: S603
        restarted = False
        while not restarted or sql(DUE)[0][0] > count * LEFT:
            self._pause(start_up * self.chance.uniform(*LIFE))
            place = self.chance.randrange(WORKERS)
            kill(self.workers[place])
            self.kills += 1
            self.workers[place] = self._worker()
            if not restarted and sql(DUE)[0][0] <= count / 2:
                self.postgres.stop()
                self.postgres.start()
                restarted = True

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if time.monotonic() >= self.next_flush:
                self._flush()
                self.next_flush = time.monotonic() + FLUSH
            time.sleep(0.1)

    def _flush(self) -> None:
        from liaison.notifications.health import broker  # noqa: PLC0415

        with suppress(Exception):
            broker(5).flushall()
            self.flushes += 1

    @staticmethod
    def _wait(for_what: str) -> float:
        """When nothing is left of it."""
        end = time.monotonic() + 600
        while left := sql(for_what)[0][0]:
            if time.monotonic() > end:
                raise SystemExit(f"still {left} after ten minutes: {for_what}")
            time.sleep(0.5)
        return time.perf_counter()


def kill(process: subprocess.Popen[bytes]) -> None:
    """-9, with its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


if __name__ == "__main__":
    main()
