"""Units, parameters, and the audit record's page."""

import csv
import io
from datetime import UTC, datetime

import pytest

from liaison.accounts.models import Duty, Unit
from liaison.audit.actions import record
from liaison.audit.models import AuditEntry, AuditTag
from liaison.parameters.models import DECLARED, parameter
from tests.people import PASSWORD, official, person, unit

pytestmark = pytest.mark.django_db


def enter(client, duty):
    user = official(duty, where=Unit.objects.first())
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


def test_moving_a_unit_moves_all_below_it(client):
    gov, other = unit("gov"), unit("other")
    tax = unit("tax", gov)
    unit("station", tax)
    form = {"name": tax.name, "name_en": "Tax", "kind": "department", "parent": other.pk, "position": 1, "is_active": "on"}
    assert enter(client, Duty.SYSTEM_ADMIN).post("/units/tax/", form).status_code == 302
    assert Unit.objects.get(code="station").path == "/other/tax/station/"


def test_a_unit_cannot_come_below_itself(client):
    tax = unit("tax")
    station = unit("station", tax)
    form = {"name": tax.name, "name_en": "Tax", "kind": "department", "parent": station.pk, "position": 1, "is_active": "on"}
    answer = enter(client, Duty.SYSTEM_ADMIN).post("/units/tax/", form)
    assert answer.status_code == 400
    assert Unit.objects.get(code="tax").path == "/tax/"


def test_a_parameter_is_changed_within_its_bounds_and_recorded(client):
    unit()
    enter(client, Duty.SYSTEM_ADMIN)
    assert client.post("/parameters/issues.daily_cap/", {"value": "0"}).status_code == 400
    assert client.post("/parameters/issues.daily_cap/", {"value": "many"}).status_code == 400
    assert client.post("/parameters/issues.daily_cap/", {"value": "30"}).status_code == 302
    assert parameter("issues.daily_cap") == 30
    assert AuditEntry.objects.get(tag=AuditTag.REFERENCE_CHANGED).detail == {"old": 20, "new": 30}
    assert client.get("/parameters/no.such/").status_code == 404


@pytest.mark.parametrize("key", DECLARED)
def test_every_default_is_within_its_bounds(key):
    declared = DECLARED[key]
    assert declared.least <= declared.default <= declared.most


def test_reading_the_record_is_in_the_record(client):
    unit()
    enter(client, Duty.AUDIT_ADMIN).get("/audit/?tag=exported")
    assert AuditEntry.objects.filter(tag=AuditTag.READ_AUDIT, detail={"wanted": {"tag": "exported"}}).exists()


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ("tag=exported", ["one x"]),
        ("actor=li", ["two"]),
        ("subject=one x", ["one x"]),
        ("first=2020-01-01&last=2020-01-02", ["old"]),
        ("first=2020-01-03&last=2020-01-04", []),
    ],
)
def test_the_record_is_filtered(client, query, subjects):
    unit()
    enter(client, Duty.AUDIT_ADMIN)
    record(AuditTag.IMPORTED, by=None, subject="old", now=datetime(2020, 1, 2, 12, tzinfo=UTC))
    record(AuditTag.EXPORTED, by=None, subject="one x")
    record(AuditTag.IMPORTED, by=person("li"), subject="two")
    page = client.get(f"/audit/?{query}").context["page"]
    assert [entry.subject for entry in page] == subjects


def test_wrong_days_are_told_and_nothing_is_shown(client):
    unit()
    answer = enter(client, Duty.AUDIT_ADMIN).get("/audit/?first=2026-02-01&last=2026-01-01")
    assert answer.status_code == 400
    assert len(answer.context["page"]) == 0


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1"])
def test_the_export_is_recorded_and_no_cell_is_a_formula(client, formula):
    """S11."""
    unit()
    enter(client, Duty.AUDIT_ADMIN)
    record(AuditTag.IMPORTED, by=None, subject=formula)
    answer = client.post("/audit/export/", {"tag": "imported"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][5] == f"'{formula}"
    assert AuditEntry.objects.filter(tag=AuditTag.EXPORTED, subject="audit").exists()
    assert client.get("/audit/export/").status_code == 405
