"""``python -m benchmarks.set_aside``: whether the time of pages tells anybody that reports on integrity were set aside."""

import argparse
from datetime import date
from functools import partial
from statistics import median
from uuid import UUID, uuid4

from django.test import Client

from benchmarks.certificates import make_list
from benchmarks.halves import Halves, table
from benchmarks.measure import Page, milliseconds
from benchmarks.results import said, write_section
from benchmarks.scale import SLOWER_WORD
from benchmarks.scratch import portal

TITLE = "Pages beside reports that are set aside"
PLAIN = 300
"Reports that everybody of the desk reads, in every round the same ones."
TOLD = 1.1
"A ratio of times that would tell something."
READERS = ("bench.desk", "bench.inspection", "bench.leader", "bench.audit")


def pages() -> list[Page]:
    """Lists, counts and search of those who read all other reports, and the audit."""
    from supervision.models import Report  # noqa: PLC0415 - Django is set up by now

    plain = Report.objects.filter(set_aside=False).order_by("pk")[PLAIN // 2].get_absolute_url()
    wanted = []
    for reader in READERS[:-1]:
        wanted += [
            Page("reports", reader, "/supervision/reports/"),
            Page("reports, search", reader, "/supervision/reports/?q=窗口"),
            Page("reports, one state", reader, "/supervision/reports/?stage=sent"),
            Page("one report", reader, plain),
            Page("start page", reader, "/"),
        ]
    wanted.append(Page("overview of supervisors", READERS[0], "/supervision/overview/"))
    return [*wanted, Page("audit", READERS[-1], "/audit/")]


def make_cast() -> None:
    """Beside the desk of the list."""
    from liaison.accounts.models import Duty, Posting, Unit, User  # noqa: PLC0415
    from liaison.audit.actions import record  # noqa: PLC0415
    from liaison.audit.models import AuditTag  # noqa: PLC0415

    unit = Unit.objects.create(code="tax", name="区税务局", name_en="Tax", kind="department")
    duties = (Duty.INSPECTOR, Duty.MAIN_LEADER, Duty.AUDIT_ADMIN)
    for username, duty in zip(READERS[1:], duties, strict=True):
        user = User.objects.create(username=username, name=username)
        Posting.objects.create(user=user, unit=unit, duty=duty, from_on=date(2020, 1, 1))
    for _time in range(100):  # more than a page of the audit shows: what is written meanwhile makes it no longer
        record(AuditTag.REFERENCE_CHANGED, by=user, subject="category 01")


def make_reports(count: int, *, aside: bool) -> None:
    """By no steps, so only for timing."""
    from issues.models import Category  # noqa: PLC0415
    from liaison.accounts.models import Unit  # noqa: PLC0415
    from liaison.moments import clock  # noqa: PLC0415
    from supervision.models import Appointment, Report  # noqa: PLC0415

    authors, now = list(Appointment.objects.order_by("pk")), clock.now()
    unit, category = Unit.objects.get(code="tax"), Category.objects.get(code="01")
    rows = (authors[number % len(authors)] for number in range(count))
    Report.objects.bulk_create(
        Report(
            author_id=row.person_id, appointment=row, stage="sent", unit=unit, category=category, subject="办税大厅只开一个窗口",
            seen_at=now, place="区政务中心二楼", manner="covert", function="oversight", facts="大厅有三十余人排队。",
            touches_integrity=aside, set_aside=aside, created_at=now, sent_at=now,
        )
        for row in rows
    )  # fmt: skip


def report(key: UUID) -> Page:
    """Where a report lies or does not."""
    return Page("", READERS[0], f"/supervision/reports/{key}/")


def refused(client: Client, times: int) -> str:
    """The desk asks for a report that is set aside and for one that does not exist, by turns."""
    from supervision.models import Report  # noqa: PLC0415

    keys = list(Report.objects.filter(set_aside=True).values_list("key", flat=True)[:times])
    pairs = [tuple(milliseconds(client, report(key)) for key in (there, uuid4())) for there in keys]
    there, unknown = (median(times) for times in zip(*pairs, strict=True))
    return f"Asked for by somebody of the desk: one that is set aside {there:.2f} ms, one that does not exist {unknown:.2f} ms."


def main() -> None:
    """Without and with by turns; a page that works longer by more than a tenth makes it fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="reports that are set aside")
    parser.add_argument("--times", type=int, default=40, help="how often each page is asked for")
    asked = parser.parse_args()
    with portal():
        make_list(20)
        make_cast()
        make_reports(PLAIN, aside=False)
        halves = Halves(READERS, partial(make_reports, asked.count, aside=True))
        found = [halves.compare(pair, asked.times) for pair in halves.both(pages)]
        away = refused(halves.clients[READERS[0]], asked.times)
        halves.turn(0)
    rows = table(found, ("without", "with"), TOLD)
    body = f"{said(f'{PLAIN} reports, and none or {asked.count:,} that are set aside')}\n\n{rows}\n\n{away}"
    write_section(TITLE, body)
    print(body)  # noqa: T201
    if SLOWER_WORD in body or any(first != second for first, second in (each.queries for each in found)):
        raise SystemExit("a page tells by its time or its queries that reports are set aside")


if __name__ == "__main__":
    main()
