"""``python -m benchmarks.delivery``: writing many messages and sending them with several workers, without a provider's time."""

import argparse
import os
import subprocess
import sys
from time import perf_counter
from typing import Any

from benchmarks.scratch import portal

CASES = ((50_000, 30), (20_000, 2_000))
"Messages and people: a flood, of which lists are made, and letters one by one."


def main() -> None:
    """Write, send, write the lists that the floods became, send them; for each case and number of workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--share", type=float, default=1, help="of the messages of each case")
    parser.add_argument("--work", action="store_true", help="be a worker, on the database that the environment names")
    asked = parser.parse_args()
    if asked.work:
        work()
        return
    print("| messages | people | workers | written /s | taken out of the line /s | mails, one by one | lists | lists sent in s |")  # noqa: T201
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")  # noqa: T201
    with portal():
        for count, people in CASES:
            for workers in asked.workers:
                print(measured(int(count * asked.share), people, workers), flush=True)  # noqa: T201


def measured(count: int, people: int, workers: int) -> str:
    """One line of the table."""
    from liaison.notifications.models import Delivery  # noqa: PLC0415

    written = _seconds(fill, count, people)
    taken = _seconds(run, workers)
    mails = Delivery.objects.filter(channel="email", gathers="", state="sent").count()
    lists = Delivery.objects.exclude(gathers="")
    lists.update(next_at="2020-01-01T00:00Z")  # thirty seconds pass
    sent = _seconds(run, workers)
    if Delivery.objects.open().exists():
        raise SystemExit("something was left")
    figures = f"{count / written:,.0f} | {count / taken:,.0f} | {mails:,} | {lists.count():,} | {sent:.1f}"
    return f"| {count:,} | {people:,} | {workers} | {figures} |"


def _seconds(act: Any, *arguments: int) -> float:
    start = perf_counter()
    act(*arguments)
    return perf_counter() - start


def fill(count: int, people: int) -> None:
    """Messages in turn to each of the people, a thousand at a time."""
    from django.utils import timezone  # noqa: PLC0415

    from liaison.notifications.actions import Notice, notify_all  # noqa: PLC0415

    readers = cast(people)
    for start in range(0, count, 1000):
        notices = [Notice("sealed", f"bench:{n}", [readers[n % people]]) for n in range(start, min(start + 1000, count))]
        notify_all(notices, now=timezone.now())


def cast(people: int) -> list[Any]:
    """Nobody but these, and nothing told before."""
    from liaison.accounts.models import User  # noqa: PLC0415
    from liaison.notifications.models import Delivery, Notification  # noqa: PLC0415

    Delivery.objects.filter(digest__isnull=False).delete()
    Delivery.objects.all().delete()
    Notification.objects.all().delete()
    User.objects.all().delete()
    users = [User(username=f"reader{n}", name=f"Reader {n}", email=f"reader{n}@example.cn") for n in range(people)]
    return User.objects.bulk_create(users)


def run(workers: int) -> None:
    """As many workers as wanted, until nothing is due."""
    os.environ["LIAISON_QUIET_HOURS"] = "0"
    argv = [sys.executable, "-m", "benchmarks.delivery", "--work"]
    running = [subprocess.Popen(argv) for _worker in range(workers)]  # noqa: S603
    if sum(abs(process.wait()) for process in running):
        raise SystemExit("a worker died")


def work() -> None:
    """What the task does, without a provider: how long one takes is not ours."""
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    from liaison.notifications.delivery import deliver_due  # noqa: PLC0415

    while deliver_due():
        pass


if __name__ == "__main__":
    main()
