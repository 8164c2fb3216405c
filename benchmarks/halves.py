"""Two fillings of one database, asked by turns: a machine that is slow for a while is slow for both."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import HOST, Page, ask, milliseconds
from benchmarks.scale import SLOWER_WORD

OK: Final = 200
ASKS: Final = 4
"For the number of questions."
HEAD: Final = "| page | who | queries | ms {} | ms {} | ratio |\n| --- | --- | ---: | ---: | ---: | ---: |"


@dataclass(frozen=True)
class Compared:
    """One page in both fillings."""

    page: Page
    queries: tuple[int, int]
    medians: tuple[float, float]
    "Milliseconds."
    ratio: float
    "The middle of the ratios of neighbours in time, second : first."

    def line(self, bound: float) -> str:
        """As a row of the table; marked where it is above the bound."""
        queries = "–".join(str(count) for count in sorted(set(self.queries)))
        first, second = self.medians
        told = f" {SLOWER_WORD}" if self.ratio > bound else ""
        return f"| {self.page.name} | {self.page.username} | {queries} | {first:.1f} | {second:.1f} | {self.ratio:.2f}{told} |"


class Halves:
    """The database as it is, and a copy that is filled further."""

    def __init__(self, people: Iterable[str], fill: Callable[[], None]) -> None:
        self.clients = {username: _signed_in(username) for username in people}  # before the copy: sessions are in both
        self.names = (connection.settings_dict["NAME"], "portal_further")
        connection.close()
        with connection._nodb_cursor() as cursor:  # noqa: SLF001 - as Django's own test runner does it
            cursor.execute(f"CREATE DATABASE {self.names[1]} TEMPLATE {self.names[0]}")
        self.turn(1)
        fill()
        for side in (0, 1):
            self.turn(side)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")

    def turn(self, side: int) -> None:
        """Use the other one from now on."""
        connection.close()
        connection.settings_dict["NAME"] = self.names[side]

    def both(self, pages: Callable[[], list[Page]]) -> list[tuple[Page, Page]]:
        """The same pages, as each filling has them."""
        sides = []
        for side in (0, 1):
            self.turn(side)
            sides.append(pages())
        return list(zip(*sides, strict=True))

    def compare(self, pair: tuple[Page, Page], times: int) -> Compared:
        """Ask for both, so many times by turns."""
        client = self.clients[pair[0].username]
        took: tuple[list[float], list[float]] = ([], [])
        counts = [self._queries(client, page, side) for side, page in enumerate(pair)]
        for _time in range(times):
            for side, page in enumerate(pair):
                self.turn(side)
                ask(client, page)
                took[side].append(milliseconds(client, page))
        ratio = median(second / first for first, second in zip(*took, strict=True))
        return Compared(pair[0], (counts[0], counts[1]), (median(took[0]), median(took[1])), ratio)

    def _queries(self, client: Client, page: Page, side: int) -> int:
        """When everything is warm and no moment to look for something newer; refuses a page that does not open."""
        self.turn(side)
        counts = []
        for _time in range(ASKS):
            with CaptureQueriesContext(connection) as queries:
                answer = ask(client, page)
            counts.append(len(queries))
        if answer.status_code != OK:
            raise SystemExit(f"{page.url} answers {answer.status_code} to {page.username}")
        return min(counts)


def _signed_in(username: str) -> Client:
    from liaison.accounts.models import User  # noqa: PLC0415 - models exist only after django.setup()

    client = Client(SERVER_NAME=HOST)
    client.force_login(User.objects.get(username=username))
    return client


def table(found: Iterable[Compared], names: tuple[str, str], bound: float) -> str:
    """All of them; what is above the bound is marked."""
    return "\n".join([HEAD.format(*names), *(each.line(bound) for each in found)])
