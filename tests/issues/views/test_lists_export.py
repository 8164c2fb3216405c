"""Lists as files: the same rows, harmless cells, recorded."""

import csv
import io

import openpyxl
import pytest
import time_machine

from issues.actions.intake import start_draft
from issues.models import Concern, Issue
from liaison.audit.models import AuditEntry, AuditTag
from liaison.parameters.models import Parameter
from tests.factories.issues import MONDAY, matter, submitted, walk

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "\t=1", "'=1"]


@pytest.fixture(autouse=True)
def _at_ten():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def desk(district, client):
    client.force_login(district["desk1"])
    return client


def rows(response) -> list[list[str]]:
    assert response.status_code == 200, response.content.decode()
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_holds_the_rows_of_the_filtered_list(district, desk):
    walk(district, submitted(district, title="贷款一"), "admit")
    submitted(district, title="贷款二")
    submitted(district, title="用工")

    assert [row[1] for row in rows(desk.get("/issues/export.csv?q=贷款"))[1:]] == ["贷款二", "贷款一"]
    assert [row[1] for row in rows(desk.get("/issues/export.csv?q=贷款&stage=admitted"))[1:]] == ["贷款一"]
    assert [row[1] for row in rows(desk.get("/issues/export.csv?view=to-dispatch"))[1:]] == ["贷款一"]


def test_a_spreadsheet_computes_nothing(district, desk):
    for formula in FORMULAS:
        submitted(district, title=formula)
    stored = sorted(Issue.objects.values_list("title", flat=True))

    cells = [row[1] for row in rows(desk.get("/issues/export.csv"))[1:]]
    sheet = openpyxl.load_workbook(io.BytesIO(desk.get("/issues/export.xlsx").content)).active

    assert sorted(cell[1:] for cell in cells) == stored
    assert all(cell.startswith("'") for cell in cells)
    assert {row[1].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}


@pytest.mark.parametrize(
    "username",
    [
        "firm1",
        "tax.liaison",
        "tax.head",
        "leader1",
        "leader.main",
        "inspect1",
        "caller1",
        "admin.system",
        "admin.audit",
        "stranger",
    ],
)
def test_only_the_desk_takes_lists_away(district, client, username):
    submitted(district)
    client.force_login(district[username])

    assert client.get("/issues/export.csv").status_code == 403


def test_it_is_recorded_who_took_what(district, desk):
    submitted(district, sensitive=True)
    submitted(district)

    desk.get("/issues/export.xlsx?q=贷款&stage=submitted")

    entry = AuditEntry.objects.get(tag=AuditTag.EXPORTED)
    assert (entry.actor, entry.subject) == (district["desk1"], "issues")
    assert entry.detail == {
        "rows": 2, "sensitive": 1, "format": "xlsx", "filters": {"view": "all", "q": "…", "stage": "submitted"}
    }  # fmt: skip


def test_what_names_the_officer_is_not_in_the_file(district, desk):
    issue = submitted(district)
    Concern.objects.create(issue=issue, official=district["desk1"])

    assert rows(desk.get("/issues/export.csv?view=all"))[1:] == []


def test_a_list_that_is_too_long_is_not_written(district, desk):
    Parameter.objects.create(key="issues.export_rows", value=1)
    submitted(district)
    submitted(district)

    response = desk.get("/issues/export.csv")

    assert response.status_code == 400
    assert not AuditEntry.objects.filter(tag=AuditTag.EXPORTED).exists()


def test_a_filter_that_is_not_known_writes_nothing(desk):
    assert desk.get("/issues/export.csv?stage=nowhere").status_code == 400
    assert desk.get("/issues/export.pdf").status_code == 404


def test_drafts_are_not_taken_away_with_the_rest(district, desk):
    start_draft(district.firm, matter(), by=district["firm1"], now=MONDAY)

    assert rows(desk.get("/issues/export.csv?view=all"))[1:] == []
