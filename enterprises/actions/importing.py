"""Taking over a list of enterprises: check first, show, then write exactly what was shown."""

import hashlib
import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from enterprises.actions.people import NotPossible
from enterprises.actions.taking_over import take_over
from enterprises.enums import RunState, Verdict
from enterprises.models import Enterprise, ImportRow, ImportRun
from enterprises.reading import Unreadable, read_table
from enterprises.rows import CleanRow, Reference, clean_row
from enterprises.tables import recorded
from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.moments import clock
from liaison.tables import Format
from liaison.workflow import Words

BATCH: Final = 200
LEASE: Final = timedelta(minutes=3)
KEPT_FOR: Final = timedelta(days=30)
"How long the rows of a list keep what stood in it: names and phones of people, which belong to the enterprises alone."
IN_WORK: Final = (RunState.WAITING, RunState.CHECKING, RunState.CONFIRMED, RunState.APPLYING)


@transaction.atomic
def hand_in(content: bytes, *, file_name: str, by: User, now: datetime) -> ImportRun:
    """Keep the file until it has been read."""
    _check_may(by)
    return ImportRun.objects.create(
        public_id=uuid.uuid4(),
        file_name=file_name,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        by=by,
        created_at=now,
    )


@transaction.atomic
def confirm_run(run: ImportRun, *, by: User, now: datetime) -> ImportRun:
    """Take over the rows that the check has shown as new or changed."""
    _check_may(by)
    run = _expect(run, RunState.CHECKED)
    run.state, run.confirmed_at, run.done = RunState.CONFIRMED, now, 0
    run.save(update_fields=["state", "confirmed_at", "done"])
    detail = {verdict: run.rows.filter(verdict=verdict).count() for verdict in Verdict.values}
    record(AuditTag.IMPORTED, by=by, subject=f"enterprises {run.public_id}", detail=detail | {"sha256": run.sha256}, now=now)
    return run


@transaction.atomic
def discard_run(run: ImportRun, *, by: User) -> ImportRun:
    """Nothing of it is taken over; its rows go."""
    _check_may(by)
    run = _expect(run, RunState.CHECKED)
    run.rows.all().delete()
    run.state = RunState.DISCARDED
    run.save(update_fields=["state"])
    return run


def forget_rows(now: datetime) -> int:
    """Empty the rows of old imports, and discard lists that nobody has confirmed; safe to run twice. Verdicts stay."""
    old = now - KEPT_FOR
    rows = ImportRow.objects.filter(run__state=RunState.DONE, run__finished_at__lt=old).exclude(name="", values={})
    forgotten = rows.update(name="", values={}, changes={}, errors=[])
    for run in ImportRun.objects.filter(state=RunState.CHECKED, created_at__lt=old):
        with transaction.atomic():
            if ImportRun.objects.filter(pk=run.pk, state=RunState.CHECKED).update(state=RunState.DISCARDED):
                forgotten += run.rows.all().delete()[0]
    return forgotten


def work(run: ImportRun, *, now: datetime, seconds: float) -> ImportRun:
    """Check or take over for so long; whoever comes next goes on where this one stopped. One worker at a time."""
    at = clock.to_machine(now)  # a lease is for workers, not for the district
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    if not ImportRun.objects.filter(free, pk=run.pk, state__in=IN_WORK).update(lease_until=at + LEASE):
        run.refresh_from_db()
        return run
    run.refresh_from_db()
    until = time.monotonic() + seconds
    try:
        if run.state in {RunState.WAITING, RunState.CHECKING}:
            _check(run, until)
        else:
            _apply(run, until, now)
    finally:
        ImportRun.objects.filter(pk=run.pk).update(lease_until=None)
    return run


def _check(run: ImportRun, until: float) -> None:
    """Read the file from its beginning, passing over the rows that an earlier worker has written."""
    reference = Reference.read()
    seen: dict[str, int] = {}
    kind = Format.XLSX if bytes(run.content or b"")[:2] == b"PK" else Format.CSV
    try:
        table = list(read_table(bytes(run.content or b""), kind))
    except Unreadable as answer:
        _move(run, RunState.UNREADABLE, problem=str(answer.reason), content=None)
        return
    _move(run, RunState.CHECKING, total=len(table))
    rows = ((number, _first_only(number, clean_row(cells, reference), seen)) for number, cells in table)
    for batch in _batches(islice(rows, run.done, None)):
        with transaction.atomic():
            ImportRow.objects.bulk_create(_judged(run, batch))
            _move(run, RunState.CHECKING, done=run.done + len(batch))
        if time.monotonic() > until:
            break
    if run.done >= run.total:
        _move(run, RunState.CHECKED, content=None)


def _apply(run: ImportRun, until: float, now: datetime) -> None:
    """Batch by batch; rows that were taken over are marked in the same transaction."""
    _move(run, RunState.APPLYING)
    waiting = run.rows.filter(applied=False, verdict__in=[Verdict.CREATE, Verdict.UPDATE]).order_by("number")
    overtaken = False
    while time.monotonic() <= until:
        try:
            if not _apply_batch(run, waiting, now):
                return
        except IntegrityError:  # a firm registered between our look and our writing: the next look finds it
            if overtaken:
                raise
            overtaken = True
        else:
            overtaken = False


@transaction.atomic
def _apply_batch(run: ImportRun, waiting: QuerySet[ImportRow], now: datetime) -> bool:
    """Write some rows; False when none was left."""
    batch = list(waiting.select_for_update(no_key=True)[:BATCH])
    if not batch:
        _move(run, RunState.DONE, done=run.total, finished_at=now)
        return False
    take_over(batch, by=run.by, now=now)
    _move(run, RunState.APPLYING, done=run.done + len(batch))
    return True


def _judged(run: ImportRun, batch: list[tuple[int, CleanRow]]) -> list[ImportRow]:
    """Compare with what is known now."""
    codes = [row.values.get("credit_code") for _number, row in batch]
    rows = Enterprise.objects.filter(credit_code__in=codes).select_related("town", "park").prefetch_related("labels")
    known = {enterprise.credit_code: enterprise for enterprise in rows}
    return [_judge(run, number, row, known.get(row.values.get("credit_code", ""))) for number, row in batch]


def _judge(run: ImportRun, number: int, row: CleanRow, enterprise: Enterprise | None) -> ImportRow:
    values = row.values
    changes: dict[str, list[object]] = {}
    if row.errors:
        verdict = Verdict.ERROR
    elif enterprise is None:
        verdict = Verdict.CREATE
    else:
        before = recorded(enterprise)
        changes = {name: [before[name], value] for name, value in values.items() if before[name] != value}
        verdict = Verdict.UPDATE if changes else Verdict.SAME
    code, name = str(values.get("credit_code", ""))[:40], str(values.get("name", ""))[:120]
    return ImportRow(
        run=run, number=number, credit_code=code, name=name, verdict=verdict, values=values, changes=changes, errors=row.errors
    )


def _first_only(number: int, row: CleanRow, seen: dict[str, int]) -> CleanRow:
    """The same firm twice in one file is an error of the second row."""
    code = row.values.get("credit_code")
    if code:
        first = seen.setdefault(code, number)
        if first != number:
            row.wrong("credit_code", "twice", row=first)
    return row


def _batches(rows: Iterator[tuple[int, CleanRow]]) -> Iterator[list[tuple[int, CleanRow]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _move(run: ImportRun, state: RunState, **fields: object) -> None:
    run.state = state
    for name, value in fields.items():
        setattr(run, name, value)
    run.save(update_fields=["state", *fields])


def _expect(run: ImportRun, state: RunState) -> ImportRun:
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if run.state != state:
        raise NotPossible(_why(run))
    return run


def _why(run: ImportRun) -> Words:
    return RunState(run.state).label


def _check_may(by: User) -> None:
    if not hats_of(by).may(Right.VERIFY_ENTERPRISES):
        raise PermissionDenied
