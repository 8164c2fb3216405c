"""Topics before the meeting, draft replies with a clock, the agenda."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from enterprises.models import Enterprise
from events.actions.answering import decline_invitation
from events.actions.planning import cancel_occasion, hold_occasion
from events.actions.topics import (
    AgendaLine,
    CannotPropose,
    assign_topic,
    draft_reply,
    propose_topic,
    save_agenda,
    set_topic_aside,
    topics_without_item,
    withdraw_topic,
)
from events.forms.topics import new_key
from events.ladder import OccasionSubjects
from events.models import AgendaItem, Invitation, OccasionEvent, Topic
from events.timing import SUBJECT, draft_day
from liaison.clocks.actions.climbing import climb
from liaison.clocks.models import Clock
from liaison.notifications.models import Notification
from liaison.workflow import NotYourStep, StepNotOpen
from tests.factories.events import STARTS, invited, published
from tests.factories.issues import MONDAY

LONG_BEFORE = MONDAY + timedelta(days=1)


@pytest.fixture
def row(district) -> Invitation:
    return invited(district, published(district))[0]


def topic_of(row: Invitation, **changes) -> Topic:
    values = {"title": "用地问题", "text": "二期用地何时供应?", "once_key": new_key()}
    return propose_topic(row, by=None, now=LONG_BEFORE, **{**values, **changes})


def assigned(district, row: Invitation) -> Topic:
    unit = district.units["tax"]
    return assign_topic(topic_of(row), by=district["events1"], now=LONG_BEFORE, unit=unit, due_on=date(2026, 9, 16))


def kinds_of(user) -> list[str]:
    return list(
        Notification.objects.filter(recipient=user, kind__startswith="event_").order_by("pk").values_list("kind", flat=True)
    )


def running() -> list[tuple[str, int]]:
    return [clock.key for clock in Clock.objects.running().filter(subject_kind=SUBJECT)]


def test_a_firm_proposes_by_link_once_however_often_the_form_is_sent(row, district):
    address, key = reverse("invitation-record", args=[row.token]), new_key()
    form = {"act": "propose", "title": "用地问题", "text": "二期用地何时供应?", "once_key": key}

    with time_machine.travel(LONG_BEFORE, tick=False):
        answers = [Client().post(address, form).status_code for _n in range(2)]

    assert answers == [302, 302]
    assert [(topic.title, topic.state, topic.proposed_by) for topic in Topic.objects.all()] == [("用地问题", "proposed", None)]
    assert "event_topic_proposed" in kinds_of(district["events1"])


def test_looking_at_the_firms_page_changes_nothing(row):
    events = OccasionEvent.objects.count()

    with time_machine.travel(LONG_BEFORE, tick=False):
        assert Client().get(reverse("invitation-record", args=[row.token]), {"act": "consent"}).status_code == 200

    assert (OccasionEvent.objects.count(), Topic.objects.count()) == (events, 0)


def test_topics_are_taken_until_answers_are_due(row):
    with pytest.raises(CannotPropose):
        propose_topic(row, by=None, now=row.occasion.reply_by, title="晚了", text="晚了", once_key=new_key())


def test_a_link_does_not_flood_the_organisers(row):
    topics = [topic_of(row) for _n in range(5)]

    with pytest.raises(CannotPropose):
        topic_of(row)
    withdraw_topic(topics[0], by=None, now=LONG_BEFORE)
    assert topic_of(row).state == "proposed"


def test_who_declined_proposes_nothing(row):
    decline_invitation(row, by=None, now=MONDAY)

    with pytest.raises(CannotPropose):
        topic_of(row)


def test_an_empty_topic_is_told(row):
    with time_machine.travel(LONG_BEFORE, tick=False):
        answer = Client().post(reverse("invitation-record", args=[row.token]), {"act": "propose", "title": "只有题目"})

    assert answer.status_code == 400
    assert "只有题目" in answer.text


def test_the_day_is_three_working_days_before(district):
    """21 September is a Monday, and the Sunday before it a working day: Sunday, Friday, Thursday."""
    assert draft_day(published(district), MONDAY) == date(2026, 9, 17)
    assert draft_day(published(district), STARTS) == date(2026, 9, 21)


def test_a_unit_is_asked_and_its_clock_runs_until_the_draft_is_there(row, district):
    topic = assigned(district, row)
    assert running() == [("draft_reply", topic.pk)]
    assert kinds_of(district["tax.liaison"]) == ["event_topic_assigned"]

    draft_reply(topic, by=district["tax.handler"], now=LONG_BEFORE, reply="正在报批。")

    topic.refresh_from_db()
    assert (topic.state, topic.reply, running()) == ("drafted", "正在报批。", [])
    assert Clock.objects.get(subject_kind=SUBJECT).outcome == "met"


def test_another_unit_does_not_write_it(row, district):
    with pytest.raises(NotYourStep):
        draft_reply(assigned(district, row), by=district["env.handler"], now=LONG_BEFORE, reply="不是我们的。")


def test_two_who_assign_are_told_of_each_other(row, district):
    topic = assigned(district, row)

    with pytest.raises(StepNotOpen):
        assign_topic(
            topic,
            by=district["events1"],
            now=LONG_BEFORE,
            unit=district.units["env"],
            due_on=date(2026, 9, 16),
            version=topic.version - 1,
        )


@pytest.mark.parametrize("end", ["aside", "withdrawn", "cancelled", "held"])
def test_no_clock_outlives_its_topic(row, district, end):
    topic, by = assigned(district, row), district["events1"]

    match end:
        case "aside":
            set_topic_aside(topic, by=by, now=LONG_BEFORE, reason="另行办理。")
        case "withdrawn":
            withdraw_topic(topic, by=None, now=LONG_BEFORE)
        case "cancelled":
            cancel_occasion(row.occasion, by=by, now=LONG_BEFORE, reason="推迟。")
        case _:
            hold_occasion(row.occasion, by=by, now=STARTS + timedelta(hours=3))

    assert [key for key in running() if key[0] == "draft_reply"] == []


def test_a_late_draft_is_told_to_the_unit(row, district):
    assigned(district, row)

    climb(STARTS - timedelta(hours=1))

    assert "event_topic_due" in kinds_of(district["tax.liaison"])
    assert "event_topic_due" in kinds_of(district["tax.head"])
    assert kinds_of(district["env.head"]) == []
    assert OccasionEvent.objects.filter(kind="rung").exists()


def test_an_agenda_is_made_of_topics_and_free_items(row, district):
    topic = topic_of(row)
    lines = [AgendaLine("开场", 5, "主持人"), AgendaLine("用地问题", 15, "水木阳光", topic.pk)]
    save_agenda(row.occasion, by=district["events1"], now=LONG_BEFORE, lines=lines)
    first, second = AgendaItem.objects.all()

    again = [AgendaLine("用地问题", 20, "", topic.pk, second.pk), AgendaLine("开场", 5, "", None, first.pk)]
    save_agenda(row.occasion, by=district["events1"], now=LONG_BEFORE, lines=again)

    assert [(item.pk, item.minutes, item.topic_id) for item in AgendaItem.objects.all()] == [
        (second.pk, 20, topic.pk),
        (first.pk, 5, None),
    ]
    assert topics_without_item(row.occasion) == []


def test_a_topic_put_aside_leaves_the_agenda(row, district):
    topic = topic_of(row)
    save_agenda(row.occasion, by=district["events1"], now=LONG_BEFORE, lines=[AgendaLine("用地问题", 15, "", topic.pk)])

    set_topic_aside(topic, by=district["events1"], now=LONG_BEFORE, reason="另行办理。")

    assert AgendaItem.objects.count() == 0


@time_machine.travel(LONG_BEFORE, tick=False)
def test_event_staff_work_through_the_pages(row, district, client):
    topic = topic_of(row)
    slug = row.occasion.slug
    client.force_login(district["events1"])

    page = reverse("events:topic-step", args=[slug, topic.pk, "assign"])
    assert client.get(page).status_code == 200
    assert client.post(page, {"unit": "tax", "due_on": "2027-01-01"}).status_code == 400
    assert client.post(page, {"unit": "tax", "due_on": "2026-09-16", "version": 0}).status_code == 302
    assert client.post(page, {"unit": "env", "due_on": "2026-09-16", "version": 0}).status_code == 409
    agenda = reverse("events:agenda", args=[slug])
    key = f"t{topic.pk}"
    assert f"title_{key}" in client.get(agenda).text
    assert client.post(agenda, {f"title_{key}": "用地问题"}).status_code == 400
    assert (
        client.post(agenda, {f"title_{key}": "用地问题", f"minutes_{key}": 10, "title_n0": "其他", "minutes_n0": 5}).status_code
        == 302
    )
    listing = client.get(reverse("events:topics", args=[slug])).text
    assert "07:30" in listing
    assert "07:40" in listing


@time_machine.travel(LONG_BEFORE, tick=False)
@pytest.mark.parametrize(
    ("who", "sees"),
    [("events1", True), ("leader.main", True), ("desk1", True), ("tax.handler", True), ("env.handler", False), ("firm1", True)],
)
def test_topics_are_seen_by_whom_they_concern(row, district, client, who, sees):
    assigned(district, row)
    client.force_login(district[who])

    assert ("用地问题" in client.get(reverse("events:topics", args=[row.occasion.slug])).text) is sees


def test_a_firm_does_not_read_the_draft(row, district, client):
    draft_reply(assigned(district, row), by=district["tax.handler"], now=LONG_BEFORE, reply="内部口径。")
    client.force_login(district["firm1"])

    with time_machine.travel(LONG_BEFORE, tick=False):
        pages = [
            client.get(reverse("events:topics", args=[row.occasion.slug])),
            client.get(reverse("invitation-record", args=[row.token])),
        ]

    assert [("内部口径" in page.text, page.status_code) for page in pages] == [(False, 200), (False, 200)]


def test_somebody_elses_topic_is_not_withdrawn_by_a_link(row, district):
    other = invited(district, row.occasion, Enterprise.objects.get(pk=district.other_firm.pk))
    theirs = topic_of(next(each for each in other if each.enterprise_id == district.other_firm.pk))

    with time_machine.travel(LONG_BEFORE, tick=False):
        answer = Client().post(reverse("invitation-record", args=[row.token]), {"act": "withdraw", "topic": theirs.pk})

    assert answer.status_code == 404
    assert Topic.objects.get(pk=theirs.pk).state == "proposed"


def test_the_ladder_names_only_what_the_reader_may_see(row, district):
    assigned(district, row)
    clocks = list(Clock.objects.filter(subject_kind=SUBJECT))

    assert len(OccasionSubjects().titles(clocks, district["tax.head"])) == 1
    assert OccasionSubjects().titles(clocks, district["stranger"]) == {}
