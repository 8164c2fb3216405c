"""A breakfast."""

from datetime import UTC, datetime

from events.calendars.entry import Entry, Person

PAGE = "https://portal.example/occasions/2022-13/"


def entry(**given):
    values = {
        "uid": "occasion-2022-13@portal.example",
        "sequence": 0,
        "starts": datetime(2022, 6, 7, 23, 30, tzinfo=UTC),
        "ends": datetime(2022, 6, 8, 1, 0, tzinfo=UTC),
        "summary": "第13期畅聊早餐会",
        "description": "议题：用地、用能",
        "place": "沈河区政务服务中心三楼",
        "url": PAGE,
        "organizer": Person("政企直通", "desk@portal.example"),
        "stamp": datetime(2022, 6, 1, 1, 2, 3, tzinfo=UTC),
        **given,
    }
    return Entry(**values)


def guest(**given):
    return entry(**{"attendee": Person("王经理", "wang@firm.example"), **given})
