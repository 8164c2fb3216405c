"""Timing pages through Django's test client: middleware, view, template, database; no network."""

import gc
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter

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


@dataclass(frozen=True)
class Measured:
    """What a page cost."""

    page: Page
    median: float
    p95: float
    queries: int
    kilobytes: float


def measure(pages: Iterable[Page], times: int = TIMES) -> list[Measured]:
    """Ask for each page many times, one after another."""
    return [_measure(page, times) for page in pages]


def _measure(page: Page, times: int) -> Measured:
    client = Client(SERVER_NAME=HOST)
    client.force_login(_user(page.username))
    for _time in range(WARM):
        response = client.get(page.url)
        if response.status_code != 200:  # noqa: PLR2004
            raise SystemExit(f"{page.url} answers {response.status_code} to {page.username}")
    with CaptureQueriesContext(connection) as queries:
        client.get(page.url)
    taken = sorted(_time_of(client, page.url) for _time in range(times))
    return Measured(page, statistics.median(taken), taken[int(len(taken) * 0.95)], len(queries), len(response.content) / 1000)


def _time_of(client: Client, url: str) -> float:
    """Milliseconds; the collector of garbage waits outside the measured time."""
    gc.collect()
    gc.disable()
    start = perf_counter()
    client.get(url)
    taken = (perf_counter() - start) * 1000
    gc.enable()
    return taken


def _user(username: str):  # noqa: ANN202 - models exist only after django.setup()
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
