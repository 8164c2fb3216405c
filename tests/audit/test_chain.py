"""The append-only chain (R20)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from django.test import RequestFactory

from liaison.audit.actions import record
from liaison.audit.models import AuditEntry, AuditTag
from liaison.audit.queries import faults, head
from tests.people import person


def write(count: int = 3) -> list[AuditEntry]:
    return [record(AuditTag.EXPORTED, by=None, subject=f"list {number}", detail={"rows": number}) for number in range(count)]


def as_superuser(statement: str) -> None:
    """What somebody with the database's own password can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def _guard(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER audit_no_truncate")


@pytest.mark.parametrize("statement", ["UPDATE audit_auditentry SET subject = 'x'", "DELETE FROM audit_auditentry"])
@pytest.mark.django_db
def test_the_database_refuses_changes(statement):
    """R20."""
    write()
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.count() == 3


@pytest.mark.usefixtures("_guard")
def test_the_database_refuses_to_empty_the_record():
    """R20."""
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_auditentry")


@pytest.mark.django_db
def test_what_was_written_is_what_is_read():
    request = RequestFactory().get("/", REMOTE_ADDR="2001:DB8::1")
    detail = {"number": 1.5, "words": "〔2022〕𠮷\0", "list": [1, None, True]}
    record(
        AuditTag.REFUSED,
        by=person(),
        subject="/issues/\0\ud800/",
        detail=detail,
        request=request,
        now=datetime(2026, 1, 1, tzinfo=UTC),
    )
    record(AuditTag.REFUSED, by=None, subject="x" * 500, now=datetime(2026, 1, 1, 0, 0, 0, 123456, tzinfo=UTC))
    assert list(faults()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "kind", "position"),
    [
        ("UPDATE audit_auditentry SET subject = 'nothing' WHERE id = {1}", "changed", 1),
        ("UPDATE audit_auditentry SET at = at + interval '1 microsecond' WHERE id = {1}", "changed", 1),
        ("UPDATE audit_auditentry SET detail = '{{}}' WHERE id = {0}", "changed", 0),
        ("DELETE FROM audit_auditentry WHERE id = {1}", "gap", 2),
        ("DELETE FROM audit_auditentry WHERE id = {0}", "gap", 1),
    ],
)
def test_tampering_by_a_superuser_is_found_by_row(change, kind, position):
    """R20."""
    entries = write()
    as_superuser(change.format(*(entry.pk for entry in entries)))
    assert [(fault.kind, fault.entry.pk) for fault in faults()] == [(kind, entries[position].pk)]


@pytest.mark.django_db
def test_a_changed_row_with_a_new_hash_breaks_the_next_link():
    entries = write()
    forged = AuditEntry.objects.get(pk=entries[1].pk)
    forged.subject = "forged"
    as_superuser(f"UPDATE audit_auditentry SET subject = 'forged', hash = '{forged.computed_hash()}' WHERE id = {forged.pk}")
    assert [(fault.kind, fault.entry.pk) for fault in faults()] == [("gap", entries[2].pk)]


@pytest.mark.django_db
@pytest.mark.usefixtures("_guard")
def test_the_command_names_the_row_and_fails():
    entries = write()
    as_superuser(f"UPDATE audit_auditentry SET subject = 'forged' WHERE id = {entries[1].pk}")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_audit", stdout=out)
    assert f"changed: #{entries[1].pk}" in out.getvalue()


@pytest.mark.django_db
@pytest.mark.usefixtures("_guard")
def test_a_cut_off_end_is_found_by_the_head_that_was_kept_elsewhere():
    entries = write()
    kept = head()
    as_superuser(f"DELETE FROM audit_auditentry WHERE id = {entries[2].pk}")
    call_command("verify_audit", stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("verify_audit", contains=kept, stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.usefixtures("_guard")
def test_a_switched_off_guard_is_found():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER audit_no_change")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_audit", stdout=out)
    assert "audit_no_change" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_64_parallel_writers_make_one_chain():
    """R20."""

    def append(number):
        try:
            record(AuditTag.EXPORTED, by=None, subject=str(number))
        finally:
            connection.close()

    with ThreadPoolExecutor(64) as pool:
        list(pool.map(append, range(128)))
    assert AuditEntry.objects.count() == 128
    assert list(faults()) == []
