"""The pages of the record in a real browser: 360 and 1280 px, light and dark, both languages, axe."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.actions.answering import Guest, accept_invitation
from events.actions.minutes import save_minutes
from events.actions.planning import hold_occasion
from events.actions.points import record_point
from events.actions.promises import Promise, take_up
from events.actions.topics import AgendaLine, assign_topic, draft_reply, propose_topic, save_agenda
from events.forms.topics import new_key
from events.merging import Part
from events.models import Occasion
from issues.models import Category
from tests.browser import DESKTOP
from tests.factories.events import invited, published
from tests.factories.issues import District, make_district
from tests.factories.record import said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def district(transactional_db) -> District:
    return make_district()


@pytest.fixture
def occasion(district) -> Occasion:
    """Two hours ago, with a topic, an agenda, two points, one of them an issue, and minutes."""
    now, d = timezone.now(), district
    before, after, by = now - timedelta(days=9), now - timedelta(minutes=5), district["events1"]
    times = {"starts_at": now - timedelta(hours=2), "ends_at": now - timedelta(hours=1), "reply_by": now - timedelta(days=1)}
    found = published(d, before, **times)
    row = invited(d, found, now=before)[0]
    topic = propose_topic(row, by=None, now=before, title="二期用地", text="二期用地何时供应?", once_key=new_key())
    topic = assign_topic(topic, by=by, now=before, unit=d.units["tax"], due_on=before.date())
    draft_reply(topic, by=d["tax.handler"], now=before, reply="正在报批,预计年内供应。")
    items = save_agenda(found, by=by, now=before, lines=[AgendaLine("开场", 5), AgendaLine("二期用地", 15, "水木阳光", topic.pk)])
    accept_invitation(row, by=None, now=before, guest=Guest("孙辉", "总经理"))
    hold_occasion(found, by=by, now=after)
    point = record_point(found, by=by, now=after, said=said(d, agenda_item=items[1]), once_key=new_key())
    record_point(found, by=by, now=after, said=said(d, text="希望多办政策宣讲会。"), once_key=new_key())
    about = {"category": Category.objects.get(code="01"), "nature": "help", "lead_unit": d.units["tax"]}
    take_up(found, by=d["desk1"], now=after, promises=[Promise(point, "协调续贷", **about)])
    parts = [Part("f00000001", "会议听取了企业意见。", publish=True), Part(f"p{point.pk}", "关于续贷。", publish=True)]
    save_minutes(found, by=by, now=after, revision=0, parts=parts)
    return Occasion.objects.get(pk=found.pk)


@pytest.mark.parametrize("page", ["detail", "topics", "points", "minutes", "minutes-edit", "submit-minutes", "promises"])
def test_event_staff(district, occasion, visitor, page):
    visitor.sign_in(district["events1"])

    assert visitor.check(reverse(f"events:{page}", args=[occasion.slug]), name=f"record-{page}") == []


def test_the_firms_own_page(occasion, visitor):
    token = occasion.invitations.get().token

    assert visitor.check(reverse("invitation-record", args=[token]), name="record-firm") == []


def test_the_desk_sees_where_an_issue_came_from(district, occasion, visitor):
    visitor.sign_in(district["desk1"])
    issue = occasion.points.get(number=1).issue

    page = visitor.open(issue.get_absolute_url())
    visitor.picture("record-issue")

    assert page.get_by_role("link", name="要点 1").is_visible()


def test_two_editors_and_the_merge_view(district, occasion, visitor):
    """TC30 as a person meets it."""
    visitor.sign_in(district["events1"])
    page = visitor.open(reverse("events:minutes-edit", args=[occasion.slug]), size=DESKTOP)
    page.locator("#id_text_f00000001").fill("会议听取了企业意见,区长作了答复。")
    evil = '会议</textarea><script>document.title="x"</script>听取了意见。'
    save_minutes(occasion, by=district["events1"], now=timezone.now(), revision=1, parts=[Part("f00000001", evil)])
    page.get_by_role("button", name="保存纪要").click()
    page.wait_for_load_state("networkidle")
    visitor.picture("record-merge")

    assert page.locator("#id_text_f00000001").input_value() == "会议听取了企业意见,区长作了答复。"
    assert evil in page.inner_text("main")
    assert page.title() != "x"
    page.get_by_role("button", name="保存纪要").click()
    page.wait_for_url("**/minutes/")
    assert occasion.revisions.first().number == 3
