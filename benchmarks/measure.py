"""Timing pages through Django's test client: middleware, view, template, database; no network."""

import os
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

WARM, TIMES = 3, 40
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Page:
    """A page as one person asks for it."""

    name: str
    username: str
    url: str
    body: Callable[[], str] | None = None
    "Makes the JSON that is posted to it, another one each time; none where it is only looked at."


@dataclass(frozen=True)
class Measured:
    """What a page cost."""

    page: Page
    median: float
    p95: float
    busy: float
    "Processor time of the program and of the database: what does not depend on who else uses the machine."
    queries: int
    kilobytes: float


def measure(pages: Iterable[Page], times: int = TIMES) -> list[Measured]:
    """Ask for each page many times, one after another."""
    return [_measure(page, times) for page in pages]


def _measure(page: Page, times: int) -> Measured:
    client = Client(SERVER_NAME=HOST)
    client.force_login(_user(page.username))
    for _time in range(WARM):
        response = ask(client, page)
        if response.status_code != 200:  # noqa: PLR2004
            raise SystemExit(f"{page.url} answers {response.status_code} to {page.username}")
    with CaptureQueriesContext(connection) as queries:
        ask(client, page)
    count = len(queries)  # before the next request forgets them
    backend, start = _database_process(), process_time()
    before = _seconds_of(backend)
    taken = sorted(milliseconds(client, page) for _time in range(times))
    busy = (process_time() - start + _seconds_of(backend) - before) * 1000 / times
    return Measured(page, statistics.median(taken), taken[int(len(taken) * 0.95)], busy, count, len(response.content) / 1000)


def _database_process() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _seconds_of(process: int) -> float:
    """Processor time of a process of this machine; nothing when the database runs elsewhere."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(client: Client, page: Page) -> Any:
    """The answer to one request."""
    return client.get(page.url) if page.body is None else client.post(page.url, page.body(), content_type="application/json")


def milliseconds(client: Client, page: Page) -> float:
    """Of one answer."""
    start = perf_counter()
    ask(client, page)
    return (perf_counter() - start) * 1000


def _user(username: str) -> Any:  # models exist only after django.setup()
    from liaison.accounts.models import User  # noqa: PLC0415

    return User.objects.get(username=username)


def table(measured: Iterable[Measured]) -> str:
    """The figures as a table of Markdown."""
    lines = ["| page | who | median ms | p95 ms | queries | kB |", "| --- | --- | ---: | ---: | ---: | ---: |"]
    lines += [
        f"| {m.page.name} | {m.page.username} | {m.median:.1f} | {m.p95:.1f} | {m.queries} | {m.kilobytes:.0f} |"
        for m in measured
    ]
    return "\n".join(lines)
