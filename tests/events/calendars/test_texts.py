"""Whatever is typed folds, escapes and reads back to the byte, for the library and for a reader of our own."""

from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from events.calendars.entry import Person
from events.calendars.files import publish, request
from events.calendars.texts import clean, one_line, without_personal_links
from tests.events.calendars.entries import PAGE, entry, guest
from tests.events.calendars.reading import lines_of, parameters_of, text, value_of

CHINESE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
EMOJI = st.sampled_from("🏭👨‍👩‍👧🇨🇳👍🏽\u200d\ufe0f")
SIGNS = st.sampled_from("\\,;:\"'^\r\n\t nN\x00\x07\x0b\x0c\x1b\x7f\x85\u2028\u2029\u202e\ud800=%")
TEXTS = st.text(st.one_of(CHINESE, EMOJI, SIGNS, st.characters()), max_size=120)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
@example("C:\\New\\next，“甲;乙”\\")
@example("长" * 200)
def test_a_title_reads_back_to_the_byte(title):
    """TC23."""
    file = publish([entry(summary=title)], title, timedelta(hours=1))

    assert text(value_of(file, "SUMMARY")) == one_line(title, 200)
    assert str(Calendar.from_ical(file).events[0]["SUMMARY"]) == one_line(title, 200)
    assert text(value_of(file, "X-WR-CALNAME", "VCALENDAR")) == one_line(title, 100)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_description_reads_back_to_the_byte(description):
    file = publish([entry(description=description)], "活动", timedelta(hours=1))
    kept = clean(description, 4000)

    expected = f"{kept}\n\n{PAGE}" if kept else PAGE
    assert text(value_of(file, "DESCRIPTION")) == expected
    assert str(Calendar.from_ical(file).events[0]["DESCRIPTION"]) == expected


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_names_and_categories_stay_where_they_belong(name, category):
    file = request(guest(attendee=Person(name, "wang@firm.example"), categories=(category, "早餐会")))

    assert parameters_of(file, "ATTENDEE").get("CN", "") == one_line(name, 100).translate({34: "'", 92: "/", 94: "＾"})
    assert value_of(file, "ATTENDEE") == "mailto:wang@firm.example"
    assert [str(one) for one in Calendar.from_ical(file).events[0]["CATEGORIES"].cats] == [one_line(category, 50), "早餐会"]
    assert sum(line.startswith("BEGIN:") for line in lines_of(file)) == 4


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("甲\r\n乙\r丙\u2028丁", "甲\n乙\n丙\n丁"),
        ("甲\x00\x07\x1b乙", "甲乙"),
        ("abc\u202egpj", "abcgpj"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("\ud800甲", "甲"),
    ],
)
def test_what_is_no_text_is_dropped(typed, kept):
    assert clean(typed, 100) == kept


@pytest.mark.parametrize(
    "link",
    [
        "https://portal.example/rsvp/s3cret?to=1",
        "HTTP://Portal.Example:8443/rsvp/s3cret",
        "https://wang:s3cret@portal.example/",
        "portal.example/rsvp/s3cret",
        "https://portal.example?s3cret",
    ],
)
def test_a_personal_link_becomes_the_page_s_however_it_is_written(link):
    assert without_personal_links(f"回执：{link}，谢谢", PAGE) == f"回执：{PAGE}，谢谢"


@pytest.mark.parametrize(
    "said",
    [
        "desk@portal.example",
        "https://portal.example.org/x",
        "https://my-portal.example/x",
        "portal.example",
        "http://\u2100/x",
        "http://[",
    ],
)
def test_what_is_no_address_of_the_portal_stays(said):
    assert without_personal_links(said, PAGE) == said
