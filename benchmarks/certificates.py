"""``python -m benchmarks.certificates``: the certificates of a whole list as one paper, and what it leaves in memory."""

import argparse
import io
import resource
from datetime import date, timedelta
from time import perf_counter

import pikepdf

from benchmarks.results import said, write_section
from benchmarks.scratch import portal

TITLE = "Certificates of a whole list"
HEAD = "| time | seconds | kB of PDF | pages | MB that the server grew | most MB of the process that sets |\n|--|--|--|--|--|--|"


def main() -> None:
    """Appoint many people, then ask for their certificates several times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="supervisors on the list")
    parser.add_argument("--times", type=int, default=3, help="how often the paper is asked for")
    asked = parser.parse_args()
    with portal():
        address, username = make_list(asked.count)
        rows = [measure(address, username, time) for time in range(1, asked.times + 1)]
    body = "\n".join([said(f"{asked.count} certificates"), "", HEAD, *rows])
    print(body)  # noqa: T201
    write_section(TITLE, body)


def make_list(count: int) -> tuple[str, str]:
    """A list whose people are appointed by the usual way; the address of its paper, and who asks for it."""
    from liaison.accounts.models import Duty, Posting, Unit, User  # noqa: PLC0415 - Django is set up by now
    from liaison.moments import clock  # noqa: PLC0415
    from supervision.actions.appointing import (  # noqa: PLC0415
        Candidate,
        add_candidate,
        announce_batch,
        appoint_batch,
        begin_batch,
    )

    desk = User.objects.create(username="bench.desk", name="专班")
    unit = Unit.objects.create(code="bench", name="政企沟通专班", name_en="Desk", kind="liaison")
    Posting.objects.create(user=desk, unit=unit, duty=Duty.DESK, from_on=date(2020, 1, 1))
    now, begins = clock.now(), clock.today() + timedelta(days=30)
    batch = begin_batch(by=desk, now=now, title="首届营商环境监督员", from_on=begins, to_on=begins + timedelta(days=700))
    for number in range(count):
        person = User.objects.create(username=f"bench{number}", name=f"王小{number}")
        add_candidate(batch, Candidate(person=person, field="税费服务", workplace="区工商联执委"), by=desk, now=now)
    announce_batch(batch, by=desk, now=now)
    appoint_batch(batch, by=desk, now=now + timedelta(days=20))
    return f"{batch.get_absolute_url()}certificates.pdf", desk.username


def measure(address: str, username: str, time: int) -> str:
    """One line: how long, how large, what stays."""
    from django.test import Client  # noqa: PLC0415

    from liaison.accounts.models import User  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username=username))
    client.get("/supervision/")  # what every page needs is loaded by now
    before, start = megabytes(resource.RUSAGE_SELF), perf_counter()
    paper = client.get(address).content
    seconds = perf_counter() - start
    grown, child = megabytes(resource.RUSAGE_SELF) - before, megabytes(resource.RUSAGE_CHILDREN)
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pages = len(pdf.pages)
    return f"| {time} | {seconds:.1f} | {len(paper) / 1000:,.0f} | {pages} | {grown:.0f} | {child:.0f} |"


def megabytes(whose: int) -> float:
    """The most memory so far."""
    return resource.getrusage(whose).ru_maxrss / 1024


if __name__ == "__main__":
    main()
