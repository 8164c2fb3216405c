"""Changing the calendar: form, preview, confirmation; mistakes, rights, two editors at once."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from liaison.accounts.models import Duty, User
from liaison.audit.models import AuditEntry, AuditTag
from liaison.workdays import dependants, is_provisional, is_workday, portal
from liaison.workdays.actions.save import CalendarMovedOn, save_version
from liaison.workdays.dependants import Example, Preview
from liaison.workdays.drafts import Exceptional, Source
from liaison.workdays.models import CalendarVersion
from liaison.workdays.segments import CLOSED, segments_of
from tests.people import PASSWORD, official, person, unit

pytestmark = pytest.mark.django_db
TYPHOON = date(2026, 9, 16)
NOW = datetime(2026, 9, 15, 8, tzinfo=UTC)
DAYS = {
    "first": "2026-09-16",
    "last": "",
    "kind": "closed",
    "hours": "",
    "name_zh": "台风",
    "name_en": "Typhoon",
    "why": "防汛令",
}
WEEK = {f"day_{nth}": "09:00-12:00, 13:30-17:30" for nth in range(5)} | {"day_5": "", "day_6": "", "why": "夏令"}
LIST = "日期,安排,名称\n2027-01-01,休,元旦,New Year's Day\n2027-02-06,班,春节调休\n2027-02-05,09:00-12:00,除夕"
YEAR = {"year": "2027", "text": LIST, "why": "通知"}
ADDRESSES = {
    "days": ("/workdays/edit/days/", DAYS),
    "week": ("/workdays/edit/week/", WEEK),
    "year": ("/workdays/edit/year/", YEAR),
}


def signed_in(duty: Duty = Duty.SYSTEM_ADMIN) -> Client:
    client, user = Client(), official(duty, unit())
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


@pytest.fixture
def admin() -> Client:
    return signed_in()


def saved(client, what, **fields) -> CalendarVersion:
    """Confirm at once what the preview would show."""
    address, asked = ADDRESSES[what]
    before = CalendarVersion.objects.in_force()
    answer = client.post(address, asked | fields | {"confirm": "1", "version": before.number})
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/workdays/versions/"), answer.text
    portal.forget()
    return CalendarVersion.objects.in_force()


class Clocks:
    """Somebody who keeps due moments."""

    def __init__(self) -> None:
        self.asked, self.told, self.fails = [], [], False

    def preview(self, calendar, changed, reader):
        self.asked.append((calendar.is_workday(TYPHOON), changed))
        at = datetime(2026, 9, 16, 9, tzinfo=UTC)
        return Preview(3, 1, 2, [Example("答复", "沿企诉〔2026〕1号", "/issues/2026-1/", at, at.replace(day=17))])

    def move(self, version, changed, by, now):
        assert now == version.saved_at
        self.told.append((version.number, portal.version() == version.pk, portal.calendar().is_workday(TYPHOON), changed, by))
        if self.fails:
            raise RuntimeError
        return 3


@pytest.fixture
def clocks():
    kept = Clocks()
    dependants.register(kept)
    yield kept
    dependants.forget(kept)


def test_a_preview_says_what_changes_and_which_clocks_move_and_saves_nothing(admin, clocks):
    """T41."""
    answer = admin.post("/workdays/edit/days/", DAYS)

    assert answer.status_code == 200
    assert "2026年9月16日(周三)台风" in answer.text
    assert "3 个运行中的时钟会变动" in answer.text
    assert "1 个提前，2 个推后。" in answer.text
    assert '<a href="/issues/2026-1/">沿企诉〔2026〕1号</a>' in answer.text
    assert clocks.asked == [(False, frozenset({TYPHOON}))]
    assert (CalendarVersion.objects.count(), clocks.told, is_workday(TYPHOON)) == (1, [], True)


def test_a_confirmed_change_is_a_new_version_that_moves_the_clocks_and_is_recorded(admin, clocks):
    version = saved(admin, "days")

    assert (version.number, version.why, is_workday(TYPHOON)) == (2, "防汛令", False)
    assert clocks.told == [(2, True, False, frozenset({TYPHOON}), version.saved_by)]
    entry = AuditEntry.objects.get(tag=AuditTag.REFERENCE_CHANGED)
    detail = {"why": "防汛令", "days": 1, "weekdays": 0, "years": [], "moved": 3}
    assert (entry.subject, entry.actor, entry.detail) == ("calendar 2", version.saved_by, detail)
    assert version.changes["days"] == [["2026-09-16", None, [], "台风", "Typhoon"]]


def test_what_cannot_be_moved_undoes_the_version(admin, clocks):
    """All or nothing; and the calendar in force is the old one again."""
    clocks.fails = True
    with pytest.raises(RuntimeError):
        admin.post("/workdays/edit/days/", DAYS | {"confirm": "1", "version": 1})

    assert (CalendarVersion.objects.count(), is_workday(TYPHOON)) == (1, True)
    assert not AuditEntry.objects.filter(tag=AuditTag.REFERENCE_CHANGED).exists()


def test_other_weeks_may_move_any_clock(admin, clocks):
    version = saved(admin, "week", day_5="09:00-12:00", day_4="08:30-12:00，14：00至18：00")

    assert clocks.told[0][3] is None
    calendar = portal.calendar_of(version.pk)
    assert calendar.week[4] == segments_of([("08:30", "12:00"), ("14:00", "18:00")])
    assert calendar.is_workday(date(2026, 9, 19))


@pytest.mark.parametrize(
    ("kind", "hours", "day", "segments"),
    [
        ("open", "", "2026-09-19", [("09:00", "12:00"), ("13:30", "17:30")]),
        ("morning", "", "2026-09-16", [("09:00", "12:00")]),
        ("afternoon", "", "2026-09-19", [("13:30", "17:30")]),
        ("hours", "10:00-15:00", "2026-09-16", [("10:00", "15:00")]),
        ("weekday", "", "2026-10-01", [("09:00", "12:00"), ("13:30", "17:30")]),
    ],
)
def test_days_may_be_open_half_or_as_usual(admin, kind, hours, day, segments):
    saved(admin, "days", kind=kind, hours=hours, first=day)

    assert portal.calendar().segments_on(date.fromisoformat(day)) == segments_of(segments)


def test_a_range_of_days_is_one_change(admin):
    version = saved(admin, "days", last="2026-09-18")

    closed = version.days.filter(source=Source.LOCAL, segments=[]).values_list("day", flat=True)
    assert sorted(closed) == [date(2026, 9, 16), date(2026, 9, 17), date(2026, 9, 18)]


def test_a_pasted_year_is_published_and_what_was_changed_here_stays(admin):
    """T01: a year that the library does not know."""
    saved(admin, "days", first="2027-01-01", kind="open")
    assert is_provisional(date(2027, 5, 1))

    version = saved(admin, "year")

    calendar = portal.calendar()
    assert (calendar.is_workday(date(2027, 1, 1)), calendar.is_workday(date(2027, 2, 6))) == (True, True)
    assert calendar.segments_on(date(2027, 2, 5)) == segments_of([("09:00", "12:00")])
    assert not is_provisional(date(2027, 5, 1))
    assert (version.changes["years"], version.days.filter(day__year=2027, source=Source.PUBLISHED).count()) == ([2027], 2)


def test_a_file_is_read_as_what_is_pasted_and_carried_through_the_preview(admin):
    file = SimpleUploadedFile("2027.csv", "2027-01-01,休,元旦".encode("gb18030"))
    answer = admin.post("/workdays/edit/year/", YEAR | {"text": "", "file": file})

    assert answer.status_code == 200
    assert '<input type="hidden" name="text" value="2027-01-01,休,元旦">' in answer.text


def test_a_year_is_imported_from_the_library(admin):
    """Twice changes nothing; after a mend of one of its days it is as published again only where nobody changed it here."""
    answer = admin.post("/workdays/edit/year/", {"year": "2026", "text": "", "why": "再次导入"})

    assert answer.status_code == 400
    assert "没有任何变更" in answer.text


@pytest.mark.parametrize(
    ("what", "fields", "words"),
    [
        ("days", {"first": ""}, "第一天"),
        ("days", {"first": "2026-02-30"}, "第一天"),
        ("days", {"first": "1999-01-01"}, "2000 年至 2100 年"),
        ("days", {"first": "9999-12-31", "last": "9999-12-31"}, "2000 年至 2100 年"),
        ("days", {"last": "2026-09-15"}, "早于第一天"),
        ("days", {"last": "2029-09-15"}, "最多 366 天"),
        ("days", {"kind": "hours"}, "请填写办公时间"),
        ("days", {"kind": "hours", "hours": "12:00-09:00"}, "24:00"),
        ("days", {"kind": "hours", "hours": "9-12"}, "9"),
        ("days", {"kind": "sometimes"}, "这些日期如何安排"),
        ("days", {"why": ""}, "理由"),
        ("days", {"why": "x\0"}, "理由"),
        ("days", {"kind": "weekday"}, "没有任何变更"),
        ("week", {}, "没有任何变更"),
        ("week", {f"day_{nth}": "" for nth in range(7)}, "一周不能全部休息"),
        ("week", {"day_0": "09:00-12:00, 11:00-13:00"}, "重叠"),
        ("week", {"day_0": "22:00-06:00"}, "24:00"),
        ("week", {"day_0": "09:00-09:00"}, "09:00"),
        ("week", {"day_0": "24:01-25:00"}, "24:01"),
        ("year", {"text": "2027-01-01,休\n2027-1-1,班"}, "第 2 行：2027-01-01 在列表中已出现过"),
        ("year", {"text": "2026-01-01,休"}, "不在 2027 年"),
        ("year", {"text": "soon,休"}, "不是日期"),
        ("year", {"text": "2027-02-30,休"}, "不是日期"),
        ("year", {"text": "2027-01-01"}, "第 1 行"),
        ("year", {"text": "2027-01-01,22:00-06:00"}, "第 1 行"),
        ("year", {"text": "日期,安排"}, "列表中没有日期"),
        ("year", {"text": "\n".join(["2027-01-01,休"] * 401)}, "最多 400 行"),
        ("year", {"text": ""}, "粘贴"),
        ("year", {"year": "1"}, "2000 年至 2100 年"),
        ("year", {"year": "20261"}, "年份"),
        ("year", {"year": "-5"}, "2000 年至 2100 年"),
        ("year", {"year": "MMXXVII"}, "年份"),
    ],
)
def test_bad_input_is_told_and_kept(admin, what, fields, words):
    """T34: validated before anything is saved."""
    address, asked = ADDRESSES[what]
    answer = admin.post(address, asked | fields | {"confirm": "1", "version": 1})

    assert (answer.status_code, CalendarVersion.objects.count()) == (400, 1)
    assert words in answer.text
    assert "有问题需要更正" in answer.text
    assert fields.get("why") is not None or f'value="{asked["why"]}"' in answer.text


@pytest.mark.parametrize(
    ("what", "fields", "field", "words"),
    [
        ("days", {"first": "2199-01-01"}, "first", "2000 年至 2100 年"),
        ("days", {"first": "2100-12-01", "last": "2101-01-01"}, "last", "2000 年至 2100 年"),
        ("days", {"first": "2026-02-30"}, "first", "2026-11-24"),
        ("year", {"year": "2199"}, "year", "2000 年至 2100 年"),
        ("year", {"year": "MMXXVII"}, "year", "2027"),
        ("year", {"year": "2031", "text": ""}, "year", "尚不知道 2031 年"),
        ("year", {"text": "2026-01-01,休"}, "text", "不在 2027 年"),
        ("week", {"day_2": "22:00-06:00"}, "day_2", "跨过了零点"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(admin, what, fields, field, words):
    address, asked = ADDRESSES[what]
    answer = admin.post(address, asked | fields)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert words in answer.context["form"].errors[field][0]


def test_what_was_typed_can_be_changed_after_the_preview(admin):
    answer = admin.post("/workdays/edit/days/", DAYS | {"back": "1", "version": 1})

    assert (answer.status_code, 'value="防汛令"' in answer.text) == (200, True)


def test_who_comes_late_is_told_by_whom_and_confirms_again(admin):
    """The second of two editors loses nothing."""
    other = person(name="王芳")
    draft = CalendarVersion.objects.in_force().draft().with_days([date(2026, 9, 17)], Exceptional(CLOSED))
    save_version(draft, base=1, why="停电", by=other, now=NOW)

    late = admin.post("/workdays/edit/days/", DAYS | {"confirm": "1", "version": 1})
    assert late.status_code == 409
    assert "日历已由 王芳 于" in late.text
    assert "第 2 版：停电" in late.text
    assert '<input type="hidden" name="version" value="2">' in late.text
    assert '<input type="hidden" name="why" value="防汛令">' in late.text

    again = admin.post("/workdays/edit/days/", DAYS | {"confirm": "1", "version": 2})
    portal.forget()
    assert (again.status_code, is_workday(TYPHOON), is_workday(date(2026, 9, 17))) == (302, False, False)


def test_who_comes_late_with_what_is_so_already_is_told_too(admin):
    draft = CalendarVersion.objects.in_force().draft()
    hours = {"week": tuple(segments_of([("09:00", "12:00")]) for _ in range(7))}
    save_version(draft.with_week(hours["week"]), base=1, why="夏令", by=person(), now=NOW)
    same = {f"day_{nth}": "09:00-12:00" for nth in range(7)}
    late = admin.post("/workdays/edit/week/", WEEK | same | {"confirm": "1", "version": 1})

    assert late.status_code in {400, 409}
    assert CalendarVersion.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_one_saves():
    people, start, found = [person(), person()], Barrier(2), []
    draft = CalendarVersion.objects.in_force().draft()

    def save(user: User, day: date) -> None:
        start.wait()
        try:
            save_version(draft.with_days([day], Exceptional(CLOSED)), base=1, why="同时", by=user, now=NOW)
            found.append("saved")
        except CalendarMovedOn as late:
            found.append(f"late: {late.newest.number}")
        finally:
            connection.close()

    threads = [Thread(target=save, args=(user, date(2026, 9, 16 + nth))) for nth, user in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == ["late: 2", "saved"]
    assert list(CalendarVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize("duty", [Duty.INSPECTOR, Duty.SECURITY_ADMIN, Duty.HEAD])
@pytest.mark.parametrize("what", ADDRESSES)
def test_only_who_keeps_reference_data_changes_the_calendar(duty, what):
    client = signed_in(duty)
    address, asked = ADDRESSES[what]

    assert client.get(address).status_code == 403
    assert client.post(address, asked | {"confirm": "1", "version": 1}).status_code == 403
    assert CalendarVersion.objects.count() == 1


def test_versions_say_who_when_why_and_what(admin):
    saved(admin, "days")
    text = admin.get("/workdays/versions/").text

    assert "防汛令" in text
    assert "1 项变更" in text
    assert text.index("第 2 版") < text.index("第 1 版")
    assert Client().get("/workdays/versions/").status_code == 302
