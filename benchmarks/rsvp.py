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
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
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
GUEST = "某某"
LONGEST_FLOOD = 60
"Seconds."


def main() -> None:
    """Rounds for one seat, held places, one link used often, then the flood."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--invitations", type=int, default=2_000)
    parser.add_argument("--answers", type=int, default=300)
    asked = parser.parse_args()
    with portal():
        district = make_district(max(asked.invitations, asked.clients))
        with web() as port:
            found = []
            for measured in (
                partial(last_seat, district, port, asked.clients, asked.rounds),
                partial(held_place, district, port, asked.clients, max(asked.rounds // 10, 1)),
                partial(one_link, district, port, asked.clients // 10),
                partial(flood, district, port, asked.invitations, asked.answers),
            ):
                found.append(f"- {measured()}")
                print(found[-1], flush=True)  # noqa: T201
    write_section(TITLE, "\n".join([said("gunicorn with four workers"), "", *found]))


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
            get(port, "/events/")
        except OSError:
            sleep(0.2)
        else:
            return
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


def opened(port: int, occasion: Any) -> list[Client]:
    """Everybody has the form open; it serves for later invitations, too."""
    return in_parallel([partial(Client, port, path) for path in links(occasion)], 16)


def answer_at_once(clients: list[Client], paths: list[str]) -> Counter[int]:
    """All press the button at the same moment; how often each status came."""
    gate = threading.Barrier(len(clients))

    def answer(client: Client, path: str) -> int:
        gate.wait()
        return client.accept(path, GUEST)

    calls = [partial(answer, client, path) for client, path in zip(clients, paths, strict=True)]
    return Counter(in_parallel(calls, len(clients)))


def last_seat(district: dict[str, Any], port: int, count: int, rounds: int) -> str:
    """One comes, the others wait, nobody sees an error."""
    firms, taken = district["firms"][:count], []
    clients: list[Client] = []
    for turn in range(rounds):
        occasion = occasion_for(district, firms, capacity=1)
        clients = clients or opened(port, occasion)
        start = perf_counter()
        statuses = answer_at_once(clients, links(occasion))
        taken.append(perf_counter() - start)
        states = Counter(occasion.invitations.values_list("state", flat=True))
        if statuses != {FOUND: count} or states != {"accepted": 1, "waiting": count - 1}:
            raise SystemExit(f"round {turn + 1}: {statuses} {states}")
    middle, longest = sorted(taken)[rounds // 2], max(taken)
    return (
        f"{rounds} rounds of {count} clients for the last seat: one winner each, no error; "
        f"{middle:.1f} s a round, {longest:.1f} s the longest."
    )


def held_place(district: dict[str, Any], port: int, count: int, rounds: int) -> str:
    """A place is held for the next in line; whoever presses at the same moment waits, whoever it is held for comes."""
    from events.actions.answering import Guest, accept_invitation, decline_invitation  # noqa: PLC0415
    from liaison.moments import clock  # noqa: PLC0415

    clients: list[Client] = []
    for turn in range(rounds):
        occasion, now = occasion_for(district, district["firms"][:count], capacity=1), clock.now()
        came, waits, *_others = occasion.invitations.order_by("pk")
        for row in (came, waits):
            accept_invitation(row, by=None, now=now, guest=Guest(GUEST))
        came.refresh_from_db()
        decline_invitation(came, by=None, now=now)
        paths = links(occasion)[1:]
        clients = clients or [Client(port, path) for path in paths]
        statuses = answer_at_once(clients, paths)
        accepted = list(occasion.invitations.filter(state="accepted").values_list("pk", flat=True))
        if statuses != {FOUND: count - 1} or accepted != [waits.pk]:
            raise SystemExit(f"round {turn + 1}: {statuses}, {accepted} came, the place was held for {waits.pk}")
    return f"{rounds} × {count - 1} clients while a place is held for one of them: it alone comes, no error."


def one_link(district: dict[str, Any], port: int, count: int) -> str:
    """The same answer by the same link many times at once: one answer, one message to each person."""
    from liaison.notifications.models import Notification  # noqa: PLC0415

    occasion = occasion_for(district, district["firms"][1:2], capacity=1)
    paths = links(occasion) * count
    statuses = answer_at_once([Client(port, path) for path in paths], paths)
    answers = occasion.events.filter(kind="accept").count()
    told = Notification.objects.filter(kind="event_confirmed", context__occasion=occasion.pk).count()
    if statuses != {FOUND: count} or (answers, told) != (1, 1):
        raise SystemExit(f"{statuses}, {answers} answers, {told} messages")
    return f"One link used by {count} clients at once: one answer, one message, no error."


def flood(district: dict[str, Any], port: int, invitations: int, answers: int) -> str:
    """Invitations and their messages go out while answers come in."""
    from django.db.models import Max  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from liaison.notifications.models import Delivery  # noqa: PLC0415

    deliver()  # what the rounds left
    began, start = timezone.now(), perf_counter()
    occasion = occasion_for(district, district["firms"][:invitations], capacity=invitations)
    invited = perf_counter() - start
    workers = start_workers()
    statuses = Counter(in_parallel([partial(open_and_accept, port, path) for path in links(occasion)[:answers]], 32))
    answered = perf_counter() - start
    finish(workers)
    deliver()  # confirmations that came after the workers had gone
    sent = (Delivery.objects.aggregate(last=Max("sent_at"))["last"] - began).total_seconds()
    coming = occasion.invitations.filter(state="accepted").count()
    left = Delivery.objects.open().count()
    if statuses != {FOUND: answers} or coming != answers or left:
        raise SystemExit(f"{statuses}, {coming} come, {left} messages left")
    late = "" if sent <= LONGEST_FLOOD else f" (**more than {LONGEST_FLOOD} s**)"
    return (
        f"{invitations:,} invitations written in {invited:.1f} s; {answers} answers in after {answered:.1f} s, "
        f"all messages sent after {sent:.1f} s{late}; no error."
    )


def open_and_accept(port: int, path: str) -> int:
    """From the mail to the answer."""
    return Client(port, path).accept(path, GUEST)


def start_workers() -> list["subprocess.Popen[bytes]"]:
    """As many as there are cores; they send until nothing is due, at night, too."""
    argv, values = [sys.executable, "-m", "benchmarks.delivery", "--work"], {**os.environ, "LIAISON_QUIET_HOURS": "0"}
    return [subprocess.Popen(argv, env=values) for _core in range(os.cpu_count() or 1)]  # noqa: S603


def finish(workers: list["subprocess.Popen[bytes]"]) -> None:
    """Wait until they have nothing to do."""
    if sum(abs(worker.wait()) for worker in workers):
        raise SystemExit("a worker died")


def deliver() -> None:
    """Send all that is due."""
    finish(start_workers())


def in_parallel(calls: Sequence[Callable[[], Any]], at_once: int) -> list[Any]:
    """The results, in the order of the calls."""
    with ThreadPoolExecutor(at_once) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


if __name__ == "__main__":
    main()
