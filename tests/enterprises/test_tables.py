"""Import and export: nothing is computed, nothing is lost, nothing happens twice."""

import csv
import io
import threading
import time
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from enterprises.actions import importing
from enterprises.actions.chambers import join_chamber, leave_chamber
from enterprises.actions.exporting import export_enterprises
from enterprises.enums import EventKind, RunState, Size, Status, Verdict
from enterprises.models import Enterprise, EnterpriseEvent, ImportRow, ImportRun
from enterprises.tasks import work_imports
from liaison.accounts.models import Unit, UnitKind
from liaison.audit.models import AuditEntry
from liaison.tables import DANGEROUS, Format, guarded, unguarded
from tests.factories.enterprises import ChamberFactory, EnterpriseFactory, LabelFactory, TownFactory, credit_code

pytestmark = pytest.mark.django_db
HEAD = [
    "企业名称",
    "credit_code",
    "法定代表人",
    "industry",
    "Town",
    "contact_name",
    "contact_phone",
    "employees",
    "labels",
    "address",
]
EVIL = ["=1+1", "+86 139", "-2", "@SUM(A1)", "＝1", "'=x", "''=x", "'abc", "=cmd|' /C calc'!A0"]


def line(number=1, **changes):
    values = {
        "name": f"自贡市第{number}公司", "credit_code": credit_code(number), "legal_representative": "陈立新",
        "industry": "C", "town": "卫坪街道",
        "contact_name": "刘倩", "contact_phone": "13900000103", "employees": "25", "labels": "", "address": "",
    } | changes  # fmt: skip
    return list(values.values())


def as_csv(*rows, encoding="utf-8", head=HEAD):
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue().encode(encoding)


def as_xlsx(*rows, head=HEAD):
    book, made = Workbook(), io.BytesIO()
    for row in [head, *rows]:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


HEAD[0], HEAD[2] = "name", "legal_representative"


def work_off(run):
    """As many turns as it takes."""
    for _turn in range(20):
        if importing.work(run, now=timezone.now(), seconds=60).state not in importing.IN_WORK:
            break
    return run


@pytest.fixture
def place(db):
    LabelFactory(name="规上")
    LabelFactory(name="外贸")
    return TownFactory()


@pytest.fixture
def check(place, desk):
    def hand_in(content):
        run = importing.hand_in(content, file_name="list.csv", by=desk, now=timezone.now())
        return work_off(run)

    return hand_in


def take_over(run):
    return work_off(importing.confirm_run(run, by=run.by, now=timezone.now()))


def problems(run):
    return {(row.number, error["column"], error["problem"]) for row in run.rows.all() for error in row.errors}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_in_any_encoding(encoding, check):
    run = take_over(check(as_csv(line(1, labels="规上;外贸"), line(2, name="𠮷利公司"), encoding=encoding)))
    first, second = Enterprise.objects.order_by("credit_code")
    assert (run.state, run.content) == (RunState.DONE, None)
    assert (first.status, first.size, first.town.code) == (Status.VERIFIED, "", "weiping")
    assert {label.name for label in first.labels.all()} == {"规上", "外贸"}
    assert second.name == "𠮷利公司"
    assert Enterprise.objects.matching("𠮷利").get() == second
    assert EnterpriseEvent.objects.filter(kind=EventKind.IMPORTED).count() == 2


def test_an_xlsx_with_numbers_and_formulas(check):
    cells = line(1, contact_phone=13900000103, employees=25.0, address='=HYPERLINK("http://evil")')
    take_over(check(as_xlsx(cells)))
    firm = Enterprise.objects.get()
    assert (firm.contact_phone, firm.employees, firm.address) == ("13900000103", 25, '=HYPERLINK("http://evil")')


def test_the_check_writes_nothing(check):
    run = check(as_csv(line(1)))
    assert run.state == RunState.CHECKED
    assert run.rows.get().verdict == Verdict.CREATE
    assert not Enterprise.objects.exists()


def test_the_same_file_again_changes_nothing(check):
    content = as_csv(line(1), line(2, labels="规上"))
    take_over(check(content))
    again = check(content)
    assert {row.verdict for row in again.rows.all()} == {Verdict.SAME}


def test_a_changed_row_shows_what_changes_and_writes_only_that(check):
    firm = EnterpriseFactory(credit_code=credit_code(1), name="自贡市第1公司", address="旧路", employees=400, revenue=5000)
    run = check(as_csv(line(1, address="新路")))
    row = run.rows.get()
    assert row.verdict == Verdict.UPDATE
    assert row.changes["address"] == ["旧路", "新路"]
    assert "name" not in row.changes
    take_over(run)
    firm.refresh_from_db()
    assert (firm.address, firm.employees, firm.revenue, firm.size) == ("新路", 25, 5000, Size.SMALL)


def test_what_somebody_changed_after_the_check_is_left_alone(check):
    firm = EnterpriseFactory(credit_code=credit_code(1), address="旧路")
    run = check(as_csv(line(1, address="新路"), line(2)))
    Enterprise.objects.update(address="手改路")
    EnterpriseFactory(credit_code=credit_code(2), name="先到")
    take_over(run)
    firm.refresh_from_db()
    assert firm.address == "手改路"
    assert Enterprise.objects.get(credit_code=credit_code(2)).name == "先到"
    assert {problem for _number, _column, problem in problems(run)} == {"moved"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"credit_code": "91510311MA0000001X"}, ("credit_code", "checksum")),
        ({"credit_code": "9151"}, ("credit_code", "length")),
        ({"credit_code": ""}, ("credit_code", "required")),
        ({"credit_code": credit_code(1, "999999")}, ("credit_code", "region")),
        ({"name": ""}, ("name", "required")),
        ({"name": "企" * 101}, ("name", "too_long")),
        ({"industry": "航天"}, ("industry", "choice")),
        ({"town": "无此镇"}, ("town", "choice")),
        ({"employees": "很多"}, ("employees", "number")),
        ({"employees": "-3"}, ("employees", "number")),
        ({"employees": "1" * 30}, ("employees", "number")),
        ({"employees": "=1+1"}, ("employees", "number")),
        ({"labels": "规上;不存在"}, ("labels", "choice")),
        ({"address": "a\x07b"}, ("address", "control")),
    ],
)
def test_each_error_is_told_with_its_row(changes, problem, check, desk, signed_in):
    run = check(as_xlsx(line(5), line(1, **changes)) if "address" not in changes else as_csv(line(5), line(1, **changes)))
    assert problems(run) == {(3, *problem)}
    assert signed_in(desk).get(run.get_absolute_url()).status_code == 200
    take_over(run)
    assert Enterprise.objects.count() == 1


def test_the_same_firm_twice_in_a_file(check):
    assert problems(check(as_csv(line(1), line(2), line(1)))) == {(4, "credit_code", "twice")}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00\x01",
        b"a,b,c\n1,2,3\n",
        as_csv(line(1), head=[*HEAD[:-1], "credit_code"]),
        as_csv(line(1)[1:], head=HEAD[1:]),
        b"PK\x03\x04broken",
    ],
)
def test_a_file_that_is_no_list_says_why(content, check):
    run = check(content)
    assert run.state == RunState.UNREADABLE
    assert run.problem
    assert run.content is None


def test_a_bomb_is_refused(check, desk, signed_in):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 90_000_000)
    assert check(made.getvalue()).state == RunState.UNREADABLE
    answer = signed_in(desk).post("/enterprises/import/", {"file": SimpleUploadedFile("x.xlsx", made.getvalue())})
    assert answer.status_code == 400


def test_headings_may_stand_below_a_title_and_in_both_languages(check):
    book, made = Workbook(), io.BytesIO()
    book.active.append(["沿滩区企业名单"])
    book.active.append(HEAD)
    book.active.append(line(1, industry="Manufacturing"))
    book.save(made)
    run = check(made.getvalue())
    assert (run.total, run.rows.get().number, run.rows.get().verdict) == (1, 3, Verdict.CREATE)


def test_a_large_file_is_worked_off_in_turns(check, desk):
    run = importing.hand_in(as_csv(*(line(n) for n in range(1, 701))), file_name="l.csv", by=desk, now=timezone.now())
    importing.work(run, now=timezone.now(), seconds=0)
    assert (run.state, run.done, run.total) == (RunState.CHECKING, 200, 700)
    work_imports()
    run.refresh_from_db()
    assert (run.state, run.rows.count()) == (RunState.CHECKED, 700)
    importing.confirm_run(run, by=desk, now=timezone.now())
    work_imports()
    run.refresh_from_db()
    assert (run.state, Enterprise.objects.count()) == (RunState.DONE, 700)


@pytest.mark.slow
def test_ten_thousand_rows(check):
    assert take_over(check(as_csv(*(line(n) for n in range(1, 10_001))))).state == RunState.DONE
    assert Enterprise.objects.count() == 10_000


def test_one_worker_at_a_time(check, desk):
    run = importing.hand_in(as_csv(line(1)), file_name="l.csv", by=desk, now=timezone.now())
    ImportRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() + importing.LEASE)
    importing.work(run, now=timezone.now(), seconds=9)
    assert not ImportRow.objects.exists()
    importing.work(run, now=timezone.now() + 2 * importing.LEASE, seconds=9)
    assert ImportRow.objects.count() == 1


def test_the_pages_of_an_import(place, desk, signed_in):
    client = signed_in(desk)
    for extension in ("xlsx", "csv"):
        assert client.get(f"/enterprises/import/template.{extension}").status_code == 200
    upload = SimpleUploadedFile("名单.csv", as_csv(line(1), line(2, town="x")), "text/csv")
    answer = client.post("/enterprises/import/", {"file": upload})
    page = client.get(answer.url).content.decode()
    assert "1 faulty row" in page
    assert client.post(f"{answer.url}confirm/").url == answer.url
    assert "taken over" in client.get(answer.url).content.decode()
    assert client.post(f"{answer.url}confirm/").status_code == 409
    assert client.post(f"{answer.url}discard/").status_code == 409
    assert client.get("/enterprises/import/").status_code == 200
    assert AuditEntry.objects.get(tag="imported").detail["create"] == 1


def test_what_stood_in_a_list_is_forgotten_after_a_month(check, desk):
    """Names and phones stay with the enterprises; the lists they came in keep the verdicts only."""
    taken, waiting = check(as_csv(line(1))), check(as_csv(line(2)))
    importing.confirm_run(taken, by=desk, now=timezone.now())
    importing.work(taken, now=timezone.now(), seconds=5)
    assert importing.forget_rows(timezone.now() + timedelta(days=29)) == 0
    assert importing.forget_rows(timezone.now() + timedelta(days=31)) == 2
    assert importing.forget_rows(timezone.now() + timedelta(days=31)) == 0
    row = taken.rows.get()
    assert (row.verdict, row.applied, row.name, row.values) == (Verdict.CREATE, True, "", {})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows.count()) == (RunState.DISCARDED, 0)
    assert Enterprise.objects.get().contact_phone == "13900000103"


@pytest.mark.django_db(transaction=True)
def test_a_firm_that_registers_while_its_row_is_written_keeps_its_own_data(place, desk):
    """The row says so; the other rows of the batch are written."""
    run = work_off(importing.hand_in(as_csv(line(1), line(2)), file_name="list.csv", by=desk, now=timezone.now()))
    run = importing.confirm_run(run, by=desk, now=timezone.now())
    registered, asked = threading.Event(), threading.Event()

    def register():
        with transaction.atomic():
            EnterpriseFactory(name="先行一步公司", credit_code=credit_code(2), town=place)
            registered.set()
            asked.wait(10)
        connection.close()

    thread = threading.Thread(target=register)
    thread.start()
    registered.wait(10)
    waiter = threading.Thread(target=lambda: (wait_for_a_lock(), asked.set()))
    waiter.start()
    work_off(run)
    thread.join()
    waiter.join()

    assert run.state == RunState.DONE
    assert Enterprise.objects.get(credit_code=credit_code(2)).name == "先行一步公司"
    assert Enterprise.objects.filter(credit_code=credit_code(1)).exists()
    assert problems(run) == {(run.rows.get(credit_code=credit_code(2)).number, "credit_code", "moved")}


def wait_for_a_lock():
    """Until somebody waits for somebody else's transaction."""
    with connection.cursor() as cursor:
        for _tenth in range(100):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted")
            if cursor.fetchone()[0]:
                break
            time.sleep(0.1)
    connection.close()


def test_a_discarded_import_writes_nothing(check, desk, signed_in):
    run = check(as_csv(line(1)))
    signed_in(desk).post(f"{run.get_absolute_url()}discard/")
    assert not Enterprise.objects.exists()
    assert not ImportRow.objects.exists()


# --- export ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", Format)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_export_imported_again_changes_nothing(kind, language, check, place, desk, settings):
    """S11: the round trip loses nothing, whatever the texts look like."""
    settings.LANGUAGE_CODE = language
    park = Unit.objects.create(code="hitech", name="沿滩高新区", name_en="High-tech park", kind=UnitKind.PARK)
    for text in EVIL:
        EnterpriseFactory(
            name=f"{text}公司", address=text, contact_phone=text[:20], town=place, park=park, revenue=Decimal("1234567.80")
        )
    EnterpriseFactory(size_override=Size.LARGE, size_reason="=理由", employees=None, assets=None, industry_code="", town=place)
    Enterprise.objects.first().labels.add(LabelFactory(name="规上"))
    before = list(Enterprise.objects.order_by("pk").values())
    content = export_enterprises(Enterprise.objects.all(), kind, filters=[], by=desk)
    run = check(content)
    assert problems(run) == set()
    assert {row.verdict for row in run.rows.all()} == {Verdict.SAME}
    Enterprise.labels.through.objects.all().delete()
    Enterprise.objects.all().delete()
    take_over(check(content))
    kept = ("name", "address", "contact_phone", "revenue", "size", "size_reason", "industry_code", "park_id", "employees")
    after = {row["credit_code"]: row for row in Enterprise.objects.values()}
    assert all(row[name] == after[row["credit_code"]][name] for row in before for name in kept)


def test_no_cell_of_an_export_is_computed(place, desk):
    """S11."""
    for text in EVIL:
        EnterpriseFactory(name=text, address=text, town=place)
    rows = list(
        csv.reader(io.StringIO(export_enterprises(Enterprise.objects.all(), Format.CSV, filters=[], by=desk).decode("utf-8-sig")))
    )
    assert not any(cell.startswith(DANGEROUS) for row in rows for cell in row)
    book = load_workbook(io.BytesIO(export_enterprises(Enterprise.objects.all(), Format.XLSX, filters=[], by=desk)))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value is not None} == {"s"}


@given(st.text(max_size=20))
def test_guarding_is_undone_exactly(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(DANGEROUS)


def test_an_export_names_the_chambers_of_today(place, desk):
    firm, chamber = EnterpriseFactory(town=place), ChamberFactory(name="沿滩区机械装备商会")
    former = ChamberFactory(code="salt", name="沿滩区盐业商会")
    join_chamber(chamber, firm, by=desk, now=timezone.now())
    leave_chamber(join_chamber(former, firm, by=desk, now=timezone.now()), by=desk, now=timezone.now())

    text = export_enterprises(Enterprise.objects.all(), Format.CSV, filters=[], by=desk).decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(text))
    assert row["商会"] == "沿滩区机械装备商会"


def test_an_export_respects_filters_and_is_recorded(desk, signed_in):
    EnterpriseFactory(name="四川沱江盐化新材料有限公司")
    EnterpriseFactory(name="自贡市华彩印务有限公司", status=Status.SUSPENDED)
    answer = signed_in(desk).get("/enterprises/export.csv?status=suspended&q=华彩")
    text = answer.content.decode("utf-8-sig")
    assert ("华彩" in text, "盐化" in text) == (True, False)
    entry = AuditEntry.objects.get(tag="exported")
    assert (entry.actor, entry.detail) == (desk, {"rows": 1, "filters": ["q", "status"], "format": "csv"})
    assert reverse("enterprises:export", args=["xlsx"]) in signed_in(desk).get("/enterprises/").content.decode()
