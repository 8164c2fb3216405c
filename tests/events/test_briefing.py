"""The briefing pack: what stands in it, for whom, and what never does."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from enterprises.models import Enterprise
from events.actions.answering import Guest, accept_invitation, decline_invitation
from events.actions.planning import hold_occasion
from events.actions.topics import AgendaLine, assign_topic, draft_reply, propose_topic, save_agenda, set_topic_aside
from events.briefing import Briefing, briefing_for_word, briefing_of, briefing_pdf
from events.forms.topics import new_key
from events.models import Occasion
from issues.models import Issue
from tests.documents.reading import opened, text_of
from tests.events.test_promises import taken_up
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.events import STARTS, invited, published
from tests.factories.issues import District, submitted, walk
from tests.factories.record import held, raised
from tests.issues.views.driver import Driver

pytestmark = pytest.mark.django_db
NOW = STARTS + timedelta(days=10)
NEXT = STARTS + timedelta(days=14)


@pytest.fixture
def d(district) -> District:
    Enterprise.objects.filter(pk=district.firm.pk).update(employees=86, size="small")
    return district


@pytest.fixture
def next_one(d) -> Occasion:
    """The breakfast after one at which a promise was made; the firm comes with a topic, another firm declined."""
    taken_up(d, raised(d, held(d)))
    times = {"starts_at": NEXT, "ends_at": NEXT + timedelta(hours=2), "reply_by": NEXT - timedelta(days=1)}
    occasion = published(d, NOW, **times, leaders=[d["leader1"]])
    mine, other = invited(d, occasion, d.firm, d.other_firm, now=NOW)
    topic = propose_topic(mine, by=None, now=NOW, title="二期用地", text="二期用地何时供应?", once_key=new_key())
    aside = propose_topic(mine, by=None, now=NOW, title="另一件事", text="以后再谈。", once_key=new_key())
    set_topic_aside(aside, by=d["events1"], now=NOW, reason="时间不够")
    topic = assign_topic(topic, by=d["events1"], now=NOW, unit=d.units["tax"], due_on=NOW.date())
    draft_reply(topic, by=d["tax.handler"], now=NOW, reply="正在报批,预计年内供应。")
    save_agenda(occasion, by=d["events1"], now=NOW, lines=[AgendaLine("开场", 5), AgendaLine("二期用地", 15, "", topic.pk)])
    accept_invitation(mine, by=None, now=NOW, guest=Guest("孙辉", "总经理"))
    decline_invitation(other, by=None, now=NOW)
    return Occasion.objects.get(pk=occasion.pk)


def pack(d: District, occasion: Occasion, by: str) -> Briefing:
    return briefing_of(Occasion.objects.get(pk=occasion.pk), d[by], NOW)


def words(briefing: Briefing) -> str:
    """All that the paper says, without spaces."""
    with override("zh-hans"):
        return "".join(text_of(briefing_pdf(briefing)).split())


@time_machine.travel(NOW, tick=False)
def test_the_pack_says_when_where_who_and_about_what(d, next_one):
    text = words(pack(d, next_one, "leader.main"))

    expected = (
        "畅聊早餐会(第2期)", "区政务中心三楼", "07:35二期用地", d["leader.main"].name, d["leader1"].name, d.firm.name,
        "孙辉总经理", "86", "小型", "正在报批,预计年内供应。", "希望协调银行办理续贷。", "区税务局", "一、", "（一）",
    )  # fmt: skip
    assert [said for said in expected if said not in text] == []
    assert [said for said in (d.other_firm.name, "另一件事", d.firm.credit_code) if said in text] == []


@time_machine.travel(NOW, tick=False)
def test_open_issues_stand_there_with_their_unit_as_far_as_the_reader_may_read_them(d, next_one):
    """The main leader oversees all, the leader in charge reads those of the tax bureau, event staff read none."""
    taxed = walk(d, submitted(d, now=NOW, title="税务事项"), "admit", "dispatch-alone", now=NOW)
    waiting = submitted(d, now=NOW, title="待受理事项")
    found = {
        by: {issue.pk for guest in pack(d, next_one, by).guests for issue in guest.issues}
        for by in ("leader.main", "leader1", "events1")
    }

    promise = Issue.objects.get(meeting_point__isnull=False)
    assert found == {"leader.main": {promise.pk, taxed.pk, waiting.pk}, "leader1": {promise.pk, taxed.pk}, "events1": set()}
    assert "税务事项区税务局已派单●" in words(pack(d, next_one, "leader1"))


@time_machine.travel(NOW, tick=False)
def test_sensitive_issues_and_those_that_name_officials_never_stand_on_paper(d, next_one):
    """Not even for the main leader, who reads them on the screen; of the promise only what the record says."""
    secret = submitted(d, now=NOW, title="匿名事项")
    naming = submitted(d, now=NOW, title="涉及干部事项")
    naming.concerns.create(official=d["env.head"])
    promise = Issue.objects.get(meeting_point__isnull=False)
    Issue.objects.filter(pk__in=[secret.pk, promise.pk]).update(sensitive=True)

    text = words(pack(d, next_one, "leader.main"))

    assert [said for said in ("匿名事项", "涉及干部事项", promise.number) if said in text] == []
    assert "希望协调银行办理续贷。" in text


@time_machine.travel(NOW, tick=False)
def test_who_opens_it(d, next_one):
    """Event staff and who presides; others see the meeting and not the pack."""
    at = next_one.get_absolute_url()
    statuses = {
        by: [Driver(d, None).client(by).get(f"{at}briefing.{form}").status_code for form in ("pdf", "docx")]
        for by in ("events1", "leader.main", "leader1", "desk1", "inspect1", "firm1", "stranger")
    }

    assert statuses == {
        "events1": [200, 200], "leader.main": [200, 200], "leader1": [200, 200],
        "desk1": [403, 403], "inspect1": [403, 403], "firm1": [403, 403], "stranger": [404, 404],
    }  # fmt: skip
    assert b"briefing.pdf" in Driver(d, None).client("leader1").get(at).content
    assert b"briefing.pdf" not in Driver(d, None).client("desk1").get(at).content


def test_after_the_meeting_there_is_the_record_and_no_pack(d, next_one):
    hold_occasion(next_one, by=d["events1"], now=NEXT + timedelta(hours=3))
    with time_machine.travel(NEXT + timedelta(hours=3), tick=False):
        assert Driver(d, None).client("events1").get(f"{next_one.get_absolute_url()}briefing.pdf").status_code == 404


@time_machine.travel(NOW, tick=False)
def test_word_has_the_same_sections_and_tables(d, next_one):
    with override("zh-hans"):
        paper = docx.Document(BytesIO(briefing_for_word(pack(d, next_one, "leader.main"))))

    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert [
        said for said in (f"（一）{d.firm.name}", "议题：二期用地", "时间：2026年10月5日(周一) 07:30–09:30") if said not in text
    ] == []
    assert [said for said in ("二期用地", "07:35", "希望协调银行办理续贷。") if said not in cells] == []


@time_machine.travel(NOW, tick=False)
def test_nothing_is_asked_once_for_each_firm(d, next_one):
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            pack(d, next_one, "leader.main")
        # Whether the calendar is the newest one is asked every few seconds, whoever asks for what.
        counts.append(sum("calendarversion" not in query["sql"] for query in queries))
        for row in invited(d, next_one, *(EnterpriseFactory() for _ in range(4)), now=NOW):
            accept_invitation(row, by=None, now=NOW, guest=Guest("某某"))

    assert counts[0] == counts[1]


@time_machine.travel(NOW, tick=False)
def test_thirty_firms_are_some_pages_and_nobody_coming_is_one(d, next_one):
    next_one.invitations.all().update(state="declined")
    alone = briefing_pdf(pack(d, next_one, "events1"))
    for row in invited(d, next_one, *(EnterpriseFactory() for _ in range(30)), now=NOW):
        accept_invitation(row, by=None, now=NOW, guest=Guest("某某"))

    with opened(alone) as one, opened(briefing_pdf(pack(d, next_one, "events1"))) as many:
        assert len(one.pages) == 1
        assert len(many.pages) > 3
