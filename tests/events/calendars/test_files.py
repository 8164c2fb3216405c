"""Calendar files, rule by rule."""

import email
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import policy
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMultiAlternatives
from icalendar import Calendar

from events.calendars.entry import Person, Status
from events.calendars.files import Method, cancel, content_type, etag, mail_part, publish, request
from tests.events.calendars.entries import PAGE, entry, guest
from tests.events.calendars.reading import lines_of, names_of, parameters_of, read, text, value_of

SIX_HOURS = timedelta(hours=6)


def feed(*entries):
    return publish(entries, "沈河区活动", SIX_HOURS)


def test_an_invitation_to_the_letter():
    assert lines_of(request(guest())) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Liaison//Occasions 1//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:19920101T000000",
        "TZNAME:CST",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "SUMMARY:第13期畅聊早餐会",
        "DTSTART;TZID=Asia/Shanghai:20220608T073000",
        "DTEND;TZID=Asia/Shanghai:20220608T090000",
        "DTSTAMP:20220601T010203Z",
        "UID:occasion-2022-13@portal.example",
        "SEQUENCE:0",
        "ATTENDEE;CN=王经理;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:wang@firm.example",
        f"DESCRIPTION:议题：用地、用能\\n\\n{PAGE}",
        "LAST-MODIFIED:20220601T010203Z",
        "LOCATION:沈河区政务服务中心三楼",
        "ORGANIZER;CN=政企直通:mailto:desk@portal.example",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        f"URL:{PAGE}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_one_uid_and_sequence_everywhere():
    """Rules 1 to 3."""
    files = [feed(guest(sequence=4)), request(guest(sequence=4)), cancel(guest(sequence=4))]

    assert {(value_of(file, "UID"), value_of(file, "SEQUENCE")) for file in files} == {("occasion-2022-13@portal.example", "4")}


def test_a_feed_asks_nobody():
    """Rule 4."""
    file = feed(guest())

    assert value_of(file, "METHOD", "VCALENDAR") == "PUBLISH"
    assert "ATTENDEE" not in names_of(file)
    assert "ORGANIZER" in names_of(file)


def test_a_feed_says_its_name_and_when_to_look_again():
    found = {name: value for where, name, _, value in read(feed(entry())) if where == "VCALENDAR"}

    assert found | {"NAME": "沈河区活动", "X-WR-CALNAME": "沈河区活动"} == found
    assert (found["REFRESH-INTERVAL"], found["X-PUBLISHED-TTL"]) == ("PT6H", "PT6H")


def test_an_empty_feed_is_a_calendar_all_the_same():
    assert Calendar.from_ical(feed()).events == []


def test_who_is_asked_is_named():
    """Rule 5."""
    assert value_of(request(guest()), "ATTENDEE") == "mailto:wang@firm.example"
    with pytest.raises(ValueError, match="named"):
        request(entry())


@pytest.mark.parametrize(("method", "make"), [(Method.REQUEST, request), (Method.CANCEL, cancel)])
def test_the_mail_carries_the_method_outside_and_inside_and_the_file_unchanged(method, make):
    """Rule 6."""
    file = make(guest(summary="第13期畅聊早餐会，" * 8))
    mail = EmailMultiAlternatives("邀请", "请查收", "desk@portal.example", ["wang@firm.example"])
    mail.attach_alternative("<p>请查收</p>", "text/html")
    mail.attach_alternative(*mail_part(method, file))

    sent = email.message_from_bytes(mail.message().as_bytes(linesep="\r\n"), policy=policy.default)
    part = list(sent.walk())[-1]
    assert part.get_content_type() == "text/calendar"
    assert dict(part["Content-Type"].params) == {"method": method.value, "charset": "utf-8"}
    assert part.get_payload(decode=True) == file


def test_a_part_of_another_method_than_its_file_is_refused():
    with pytest.raises(ValueError, match="method"):
        mail_part(Method.CANCEL, request(guest()))


def test_an_answer_over_http_names_the_method():
    assert content_type(Method.PUBLISH) == "text/calendar; method=PUBLISH; charset=utf-8"


def test_the_zone_has_its_iana_name_and_no_summer_time():
    """Rules 7 to 9."""
    file = feed(entry())

    assert value_of(file, "TZID", "VTIMEZONE") == "Asia/Shanghai"
    assert {where for where, *_ in read(file)} == {"VCALENDAR", "VTIMEZONE", "STANDARD", "VEVENT"}


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_the_wall_of_the_place_shows_the_same_time_wherever_the_server_stands(zone):
    """TC21."""
    moved = entry(starts=entry().starts.astimezone(ZoneInfo(zone)), ends=entry().ends.astimezone(ZoneInfo(zone)))

    assert feed(moved) == feed(entry())
    assert value_of(feed(moved), "DTSTART") == "20220608T073000"


def test_the_library_reads_the_moment_that_was_meant():
    event = Calendar.from_ical(feed(entry())).events[0]

    assert (event.start.astimezone(UTC), event.end.astimezone(UTC)) == (entry().starts, entry().ends)


def test_the_page_stands_in_url_and_description():
    """Rule 12."""
    file = feed(entry(description=""))

    assert value_of(file, "URL") == value_of(file, "DESCRIPTION") == PAGE


def test_cancelling_keeps_the_uid_and_frees_the_time():
    """TC19, rule 14: also for one whose substitute comes."""
    file = cancel(guest(sequence=5))

    assert (value_of(file, "STATUS"), value_of(file, "TRANSP"), value_of(file, "SEQUENCE")) == ("CANCELLED", "TRANSPARENT", "5")
    assert parameters_of(file, "ATTENDEE") == {"CN": "王经理", "CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT"}


def test_a_cancelled_occasion_stays_in_the_feed_as_cancelled():
    assert value_of(feed(entry(status=Status.CANCELLED)), "STATUS") == "CANCELLED"


def test_no_personal_link_gets_into_a_file():
    """Rule 15: other addresses of the portal become the page's; those of others stay."""
    said = "回执：https://portal.example/rsvp/s3cret?to=wang，直播 https://live.example/13?room=1"
    file = request(guest(summary="https://PORTAL.example/me/", place="http://portal.example/x", description=said))

    assert b"s3cret" not in file
    assert text(value_of(file, "DESCRIPTION")) == f"回执：{PAGE}，直播 https://live.example/13?room=1\n\n{PAGE}"
    assert value_of(file, "SUMMARY") == value_of(file, "LOCATION") == PAGE


@pytest.mark.parametrize(
    "url",
    [f"{PAGE}?to=wang", f"{PAGE}#wang", "https://wang@portal.example/", "javascript:alert(1)", "/occasions/1/", f"{PAGE}\r\nX:1"],
)
def test_the_page_is_everybody_s(url):
    with pytest.raises(ValueError, match="address"):
        entry(url=url)


@pytest.mark.parametrize("address", ["", "wang", "a@b\r\nX-EVIL:1", "a b@c.example", "a@b,c@d.example", 'a"@b.example'])
def test_an_address_cannot_break_out_of_its_line(address):
    with pytest.raises(ValueError, match="address"):
        guest(attendee=Person("王", address))


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts": datetime(2022, 6, 8)},
        {"ends": datetime(2022, 6, 7, 23, 30, tzinfo=UTC)},
        {"starts": datetime(1990, 6, 8, tzinfo=UTC)},
        {"sequence": -1},
        {"uid": "第13期"},
        {"uid": "a\r\nb"},
        {"uid": " "},
    ],
)
def test_an_entry_without_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"zone|ends|UID"):
        entry(**wrong)


def test_the_same_entries_give_the_same_bytes_and_mark():
    later = entry(
        uid="occasion-2022-14@portal.example", starts=entry().starts + timedelta(days=7), ends=entry().ends + timedelta(days=7)
    )

    assert feed(entry(), later) == feed(later, entry())
    assert etag(feed(entry())) == etag(feed(entry())) != etag(feed(replace(entry(), sequence=1)))


def test_what_is_too_long_is_cut_and_the_page_stays():
    file = feed(entry(summary="长" * 500, description="长" * 9000))

    assert value_of(file, "SUMMARY") == "长" * 199 + "…"
    assert text(value_of(file, "DESCRIPTION")) == "长" * 3999 + f"…\n\n{PAGE}"


def test_the_day_is_beijing_s():
    assert Calendar.from_ical(feed(entry())).events[0].start.date() == date(2022, 6, 8)
