"""``python -m benchmarks.rsvp``: many firms answer over HTTP at once, for the last seat and in a flood of invitations."""

import argparse
import http.client
import os
import re
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlencode

from benchmarks.results import said, write_section
from benchmarks.scratch import portal

TITLE = "Answers to invitations"
WORKERS, THREADS = 4, 4
PATIENCE = 300
"Seconds that a client waits for its answer: whoever stands in line is not sent away."
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
FOUND = 302


def main() -> None:
    """Rounds for one seat, then the flood."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--invitations", type=int, default=2_000)
    parser.add_argument("--answers", type=int, default=300)
    asked = parser.parse_args()
    with portal():
        district = make_district(max(asked.invitations, asked.clients))
        with web() as port:
            seats = last_seat(district, port, asked.clients, asked.rounds)
            print(seats, flush=True)  # noqa: T201
            many = flood(district, port, asked.invitations, asked.answers)
            print(many, flush=True)  # noqa: T201
    write_section(TITLE, f"{said('gunicorn with four workers')}\n\n- {seats}\n- {many}")


def make_district(firms: int) -> dict[str, Any]:
    """Event staff, and firms with one person each."""
    from benchmarks import meetings_cast  # noqa: PLC0415
    from enterprises.models import Enterprise, Representative  # noqa: PLC0415
    from liaison.accounts.models import User  # noqa: PLC0415
    from liaison.moments import clock  # noqa: PLC0415

    meetings_cast.FIRMS = firms
    meetings_cast.make_cast()
    people = User.objects.bulk_create(User(username=f"f{n}", name=f"经办人{n}", email=f"f{n}@example.cn") for n in range(firms))
    rows = list(Enterprise.objects.order_by("pk"))
    now = clock.now()
    Representative.objects.bulk_create(
        Representative(user=person, enterprise=firm, role="staff", since=now) for person, firm in zip(people, rows, strict=True)
    )
    return {"staff": User.objects.get(username="events1"), "firms": rows}


@contextmanager
def web() -> Iterator[int]:
    """The portal as it runs in production, on a free port."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    argv = [sys.executable, "-m", "gunicorn", "liaison.wsgi", "--bind", f"127.0.0.1:{port}", "--backlog", "2048"]
    argv += ["--workers", str(WORKERS), "--worker-class", "gthread", "--threads", str(THREADS), "--no-control-socket"]
    process = subprocess.Popen([*argv, "--timeout", str(PATIENCE), "--log-level", "error"])  # noqa: S603
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Until it answers."""
    for _try in range(600):
        try:
            if get(port, "/healthz")[0] < http.client.INTERNAL_SERVER_ERROR:
                return
        except OSError:
            sleep(0.2)
    raise SystemExit("the portal does not start")


def ask(port: int, method: str, path: str, body: str = "", **headers: str) -> tuple[int, bytes, str]:
    """One request of its own connection: status, page, cookies."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        cookies = [value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        return answer.status, answer.read(), "; ".join(cookies)
    finally:
        connection.close()


def get(port: int, path: str) -> tuple[int, bytes, str]:
    """A page and the cookies that came with it."""
    return ask(port, "GET", path)


class Client:
    """A firm's person with the link and no account; the form was opened before."""

    def __init__(self, port: int, path: str) -> None:
        self.port = port
        _status, page, self.cookies = get(port, path)
        found = CSRF.search(page)
        if found is None:
            raise SystemExit(f"no form at {path}")
        self.token = found[1].decode()

    def accept(self, path: str, name: str) -> int:
        """Say that we come; the status of the answer."""
        body = urlencode({"answer": "accept", "guest_name": name, "csrfmiddlewaretoken": self.token})
        form = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": self.cookies}
        return ask(self.port, "POST", path, body, **form)[0]


def occasion_for(district: dict[str, Any], firms: list[Any], capacity: int) -> Any:
    """Planned, published, and these invited, by the real steps."""
    from datetime import timedelta  # noqa: PLC0415

    from events.actions.inviting import invite_firms  # noqa: PLC0415
    from events.actions.planning import Plan, plan_occasion, publish_occasion  # noqa: PLC0415
    from liaison.accounts.models import Unit  # noqa: PLC0415
    from liaison.moments import clock  # noqa: PLC0415

    now, staff = clock.now(), district["staff"]
    starts = now + timedelta(days=7)
    plan = Plan(
        kind="breakfast", action="talks", title="政企畅聊早餐会", starts_at=starts, ends_at=starts + timedelta(hours=2),
        place="区政务中心", host_unit=Unit.objects.get(code="desk"), reply_by=starts - timedelta(days=1), capacity=capacity,
    )  # fmt: skip
    occasion = publish_occasion(plan_occasion(plan, by=staff, now=now), by=staff, now=now)
    invite_firms(occasion, firms, by=staff, now=now)
    return occasion


def links(occasion: Any) -> list[str]:
    """What stands in the mails."""
    return [row.get_absolute_url() for row in occasion.invitations.order_by("pk")]


def last_seat(district: dict[str, Any], port: int, count: int, rounds: int) -> str:
    """All press the button at once; one comes, the others wait, nobody sees an error."""
    firms, clients, taken = district["firms"][:count], [], []
    for turn in range(rounds):
        occasion = occasion_for(district, firms, capacity=1)
        paths = links(occasion)
        clients = clients or in_parallel([lambda path=path: Client(port, path) for path in paths], 16)  # type: ignore[misc]
        gate, start = threading.Barrier(count), perf_counter()

        def answer(client: Client, path: str, gate: threading.Barrier = gate) -> int:
            gate.wait()
            return client.accept(path, "某某")

        statuses = in_parallel(
            [lambda c=client, p=path: answer(c, p) for client, path in zip(clients, paths, strict=True)],  # type: ignore[misc]
            count,
        )
        taken.append(perf_counter() - start)
        states = Counter(occasion.invitations.values_list("state", flat=True))
        if Counter(statuses) != {FOUND: count} or states != {"accepted": 1, "waiting": count - 1}:
            raise SystemExit(f"round {turn + 1}: {Counter(statuses)} {states}")
    longest = max(taken)
    return f"{rounds} rounds of {count} clients for the last seat: one winner each, no error; {longest:.1f} s the longest round."


def flood(district: dict[str, Any], port: int, invitations: int, answers: int) -> str:
    """Invitations and their messages go out while answers come in."""
    start = perf_counter()
    occasion = occasion_for(district, district["firms"][:invitations], capacity=invitations)
    invited = perf_counter() - start
    os.environ["LIAISON_QUIET_HOURS"] = "0"
    worker = subprocess.Popen([sys.executable, "-m", "benchmarks.delivery", "--work"])
    statuses = in_parallel(
        [lambda path=path: Client(port, path).accept(path, "某某") for path in links(occasion)[:answers]],  # type: ignore[misc]
        32,
    )
    answered = perf_counter() - start
    if worker.wait():
        raise SystemExit("the worker died")
    sent = perf_counter() - start
    coming = occasion.invitations.filter(state="accepted").count()
    if Counter(statuses) != {FOUND: answers} or coming != answers:
        raise SystemExit(f"{Counter(statuses)}, {coming} come")
    return (
        f"{invitations:,} invitations written in {invited:.1f} s; {answers} answers in after {answered:.1f} s, "
        f"all messages sent after {sent:.1f} s; no error."
    )


def in_parallel(calls: list[Callable[[], Any]], at_once: int) -> list[Any]:
    """The results, in the order of the calls."""
    with ThreadPoolExecutor(at_once) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


if __name__ == "__main__":
    main()
