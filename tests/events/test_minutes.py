"""Points and minutes: revisions, two editors, approval, corrections, the clock, the paper."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from events.actions.minutes import StaleMinutes, approve_minutes, parts_of, return_minutes, save_minutes, submit_minutes
from events.actions.planning import close_occasion
from events.actions.points import change_point
from events.forms.topics import new_key
from events.merging import Merged, Part, merge
from events.models import Occasion, Paragraph, Point, Revision
from events.papers import counted
from events.record import paper_of
from events.timing import SUBJECT
from liaison.clocks.actions.climbing import climb
from liaison.clocks.models import Clock
from liaison.notifications.models import Notification
from liaison.workflow import NotYourStep, StepNotOpen
from tests.factories.events import STARTS, planned, published
from tests.factories.issues import MONDAY
from tests.factories.record import AFTERWARDS, approved, held, raised, said, written

ONE, TWO = Part("f00000001", "第一段"), Part("f00000002", "第二段", publish=True)


def kinds_of(user) -> list[str]:
    return list(
        Notification.objects.filter(recipient=user, kind__startswith="event_").order_by("pk").values_list("kind", flat=True)
    )


# --- points -------------------------------------------------------------------------------------------
def test_points_are_numbered_within_the_occasion(district):
    occasion = held(district)

    assert [raised(district, occasion, kind=kind).number for kind in ("answered", "taken", "suggestion", "policy")] == [
        1,
        2,
        3,
        4,
    ]


def test_points_are_recorded_while_it_goes_on_and_not_before(district):
    occasion = published(district)

    with pytest.raises(StepNotOpen):
        raised(district, occasion, now=STARTS - timedelta(minutes=1))
    assert raised(district, occasion, now=STARTS + timedelta(minutes=1)).number == 1


def test_only_event_staff_record(district):
    occasion = held(district)

    with pytest.raises(NotYourStep):
        change_point(raised(district, occasion), by=district["desk1"], now=AFTERWARDS, said=said(district))


@time_machine.travel(AFTERWARDS, tick=False)
def test_the_form_says_what_a_kind_needs_and_the_same_form_twice_is_one_point(district, client):
    occasion = held(district)
    client.force_login(district["events1"])
    page = reverse("events:points", args=[occasion.slug])
    form = {"kind": "answered", "speaker": "孙辉", "text": "问题", "once_key": new_key()}

    assert client.post(page, form).status_code == 400
    assert client.post(page, {**form, "kind": "taken"}).status_code == 400
    codes = [client.post(page, {**form, "answer": "答复"}).status_code for _n in range(2)]

    assert codes == [302, 302]
    assert Point.objects.count() == 1


@time_machine.travel(AFTERWARDS, tick=False)
def test_a_point_changed_by_somebody_else_meanwhile_is_not_overwritten(district, client):
    point = raised(district, held(district))
    client.force_login(district["events1"])
    form = {"kind": "suggestion", "speaker": "孙辉", "text": "改过的", "once_key": point.once_key, "version": 0}
    page = reverse("events:point", args=[point.occasion.slug, 1])

    assert client.get(page).status_code == 200
    assert [client.post(page, form).status_code for _n in range(2)] == [302, 409]


# --- minutes ------------------------------------------------------------------------------------------
def test_every_save_is_a_revision_and_the_same_text_is_none(district):
    occasion = held(district)
    written(district, occasion, ONE)
    written(district, occasion, ONE, TWO, base=1)

    again = save_minutes(occasion, by=district["events1"], now=AFTERWARDS, revision=1, parts=[ONE, TWO])

    assert again is not None
    assert again.number == 2
    assert [parts_of(each) for each in Revision.objects.order_by("number")] == [[ONE], [ONE, TWO]]


def test_a_saved_paragraph_never_changes(district):
    written(district, held(district), ONE)

    with pytest.raises(DatabaseError), transaction.atomic():
        Paragraph.objects.update(text="改写历史")


def test_a_stale_save_is_refused_whole(district):
    occasion = held(district)
    written(district, occasion, ONE)

    with pytest.raises(StaleMinutes):
        save_minutes(occasion, by=district["events1"], now=AFTERWARDS, revision=0, parts=[TWO])

    assert Revision.objects.count() == 1


def test_paragraphs_of_other_occasions_points_are_not_taken(district):
    point = raised(district, held(district))
    occasion = held(district)

    revision = written(district, occasion, ONE, Part(f"p{point.pk}", "别的会议"), Part("../../x", "坏"))

    assert parts_of(revision) == [ONE]


def test_what_only_one_changed_is_taken_and_what_both_changed_is_shown_twice():
    base = [Part("f1", "甲"), Part("f2", "乙"), Part("f3", "丙"), Part("f4", "丁")]
    theirs = [Part("f1", "甲他"), Part("f2", "乙"), Part("f3", "丙他"), Part("f5", "他加")]
    mine = [Part("f1", "甲"), Part("f2", "乙我"), Part("f3", "丙我"), Part("f4", "丁我"), Part("f6", "我加")]

    assert merge(base, theirs, mine) == [
        Merged(Part("f1", "甲他"), taken_over=True),
        Merged(Part("f2", "乙我"), theirs="乙"),
        Merged(Part("f3", "丙我"), theirs="丙他", clash=True),
        Merged(Part("f4", "丁我"), theirs="", clash=True),
        Merged(Part("f6", "我加"), theirs=""),
        Merged(Part("f5", "他加"), taken_over=True),
    ]


@time_machine.travel(AFTERWARDS, tick=False)
def test_the_second_editor_gets_a_merge_view_and_loses_nothing(district, client):
    """TC30; the other's words are shown as words."""
    occasion = held(district)
    evil = '<script>alert("1")</script></textarea><b>'
    written(district, occasion, Part("f00000001", evil))
    client.force_login(district["events1"])
    page = reverse("events:minutes-edit", args=[occasion.slug])

    answer = client.post(page, {"revision": 0, "text_f00000001": "我写的一大段", "text_f00000009": "我加的"})

    assert answer.status_code == 409
    assert "我写的一大段" in answer.text
    assert "我加的" in answer.text
    assert "&lt;script&gt;" in answer.text
    assert evil not in answer.text
    assert Revision.objects.count() == 1
    assert 'name="revision" value="1"' in answer.text
    assert client.post(page, {"revision": 1, "text_f00000001": "合并", "text_f00000009": "我加的"}).status_code == 302
    assert [part.text for part in parts_of(Revision.objects.get(number=2))] == ["合并", "我加的"]


@time_machine.travel(AFTERWARDS, tick=False)
def test_the_page_proposes_a_paragraph_for_each_point_and_keeps_what_was_typed(district, client):
    occasion = held(district)
    point = raised(district, occasion)
    client.force_login(district["events1"])
    page = reverse("events:minutes-edit", args=[occasion.slug])
    key = f"p{point.pk}"

    assert "孙辉:希望协调银行办理续贷。" in client.get(page).text
    wrong = client.post(page, {"revision": 0, f"text_{key}": "长" * 5001})
    assert wrong.status_code == 400
    assert "长" * 5001 in wrong.text
    answer = client.post(
        page, {"revision": 0, f"text_{key}": "写定", f"publish_{key}": "on", "text_f0000000a": "先说", "order_f0000000a": 1}
    )

    assert answer.status_code == 302
    assert parts_of(Revision.objects.get()) == [Part("f0000000a", "先说"), Part(key, "写定", publish=True)]


def test_a_point_left_out_on_purpose_is_not_proposed_again(district, client):
    occasion = held(district)
    point = raised(district, occasion)
    written(district, occasion, ONE, Part(f"p{point.pk}", ""))
    client.force_login(district["events1"])

    with time_machine.travel(AFTERWARDS, tick=False):
        page = client.get(reverse("events:minutes-edit", args=[occasion.slug])).text

    assert "希望协调银行办理续贷" not in page


# --- approval -----------------------------------------------------------------------------------------
def test_the_host_approves_what_was_submitted(district):
    occasion = held(district)
    revision = approved(district, occasion, ONE)

    occasion.refresh_from_db()
    assert (occasion.stage, revision.approved_by) == ("minuted", district["leader.main"])
    assert "event_minutes_submitted" in kinds_of(district["leader.main"])
    assert "event_minutes_approved" in kinds_of(district["events1"])


def test_nobody_but_the_host_approves(district):
    occasion = held(district)
    written(district, occasion, ONE)
    submit_minutes(occasion, by=district["events1"], now=AFTERWARDS, revision=1)

    for by in ("events1", "leader1", "desk1"):
        with pytest.raises(NotYourStep):
            approve_minutes(occasion, by=district[by], now=AFTERWARDS, revision=1)


def test_nothing_is_approved_that_was_not_submitted(district):
    occasion = held(district)
    written(district, occasion, ONE)

    with pytest.raises(StepNotOpen):
        approve_minutes(occasion, by=district["leader.main"], now=AFTERWARDS, revision=1)


def test_the_host_never_approves_a_text_that_was_not_read(district):
    occasion = held(district)
    written(district, occasion, ONE)
    submit_minutes(occasion, by=district["events1"], now=AFTERWARDS, revision=1)
    written(district, occasion, ONE, TWO, base=1)
    submit_minutes(occasion, by=district["events1"], now=AFTERWARDS, revision=2)

    with pytest.raises(StepNotOpen):
        approve_minutes(occasion, by=district["leader.main"], now=AFTERWARDS, revision=1)


def test_the_host_returns_and_it_is_submitted_again(district):
    occasion = held(district)
    written(district, occasion, ONE)
    submit_minutes(occasion, by=district["events1"], now=AFTERWARDS, revision=1)
    return_minutes(occasion, by=district["leader.main"], now=AFTERWARDS, revision=1, reason="请补充。")

    assert "event_minutes_returned" in kinds_of(district["events1"])
    submit_minutes(occasion, by=district["events1"], now=AFTERWARDS, revision=1)


def test_a_correction_is_approved_again_and_the_old_text_stands_meanwhile(district, client):
    occasion = held(district)
    approved(district, occasion, ONE)
    written(district, occasion, TWO, base=1)
    client.force_login(district["tax.head"])

    assert "第一段" in client.get(reverse("events:minutes", args=[occasion.slug])).text
    submit_minutes(occasion, by=district["events1"], now=AFTERWARDS, revision=2)
    approve_minutes(occasion, by=district["leader.main"], now=AFTERWARDS, revision=2)
    assert "第二段" in client.get(reverse("events:minutes", args=[occasion.slug])).text


@time_machine.travel(AFTERWARDS, tick=False)
def test_the_pages_of_approval(district, client):
    occasion = held(district)
    written(district, occasion, ONE)
    submit, approve, back = (
        reverse(f"events:{name}", args=[occasion.slug]) for name in ("submit-minutes", "approve", "return-minutes")
    )
    client.force_login(district["events1"])
    assert client.get(submit).status_code == 200
    assert client.get(approve).status_code == 403
    assert client.post(submit, {"revision": 1}).status_code == 302
    assert client.post(submit, {"revision": 1}).status_code == 409
    client.force_login(district["leader.main"])
    assert "第一段" in client.get(approve).text
    assert client.post(back, {"revision": 1}).status_code == 400
    assert client.post(approve, {"revision": 1}).status_code == 302
    assert client.get(reverse("events:minutes", args=[occasion.slug]), {"revision": "x"}).status_code == 404
    assert client.get(reverse("events:minutes", args=[occasion.slug]), {"revision": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("who", "code"), [("events1", 200), ("leader.main", 200), ("tax.head", 403), ("firm1", 403), ("stranger", 404)]
)
def test_who_reads_a_draft(district, client, who, code):
    occasion = held(district)
    written(district, occasion, ONE)
    client.force_login(district[who])

    assert client.get(reverse("events:minutes", args=[occasion.slug])).status_code == code


# --- the clock ----------------------------------------------------------------------------------------
def test_minutes_are_owed_three_working_days_after_it_was_held(district):
    held(district)

    clock = Clock.objects.get(subject_kind=SUBJECT, kind="minutes")

    assert (clock.amount, clock.limit_unit, clock.due_at.date().isoformat(), clock.unit) == (
        3,
        "wd",
        "2026-09-24",
        district.units["desk"],
    )


def test_approval_ends_the_clock(district):
    approved(district, held(district), ONE)

    assert Clock.objects.get(subject_kind=SUBJECT).outcome == "met"


def test_late_minutes_are_told_to_event_staff_once(district):
    held(district)

    climb(AFTERWARDS + timedelta(days=6))
    climb(AFTERWARDS + timedelta(days=6))

    assert kinds_of(district["events1"]).count("event_minutes_due") == 1


def test_a_kind_without_minutes_owes_none(district):
    occasion = held(district, kind="training", series=None)

    assert Clock.objects.filter(subject_kind=SUBJECT).count() == 0
    close_occasion(occasion, by=district["events1"], now=AFTERWARDS)
    assert Occasion.objects.get(pk=occasion.pk).stage == "closed"


# --- the paper ----------------------------------------------------------------------------------------
def test_the_paper_holds_what_the_layout_shows(district):
    occasion = held(district)
    revision = approved(district, occasion, ONE, TWO)

    paper = paper_of(occasion, revision)

    assert (paper.title, paper.number, paper.date, paper.place) == (
        "畅聊早餐会纪要",
        "第 1 期",
        "2026年9月21日",
        "区政务中心三楼",
    )
    assert (paper.host, paper.attendants, paper.absent) == ("leader.main氏", [f"{district.firm.name} 总经理 孙辉"], [])
    assert paper.paragraphs == ["一、第一段", "二、第二段"]
    assert (paper.issued_by, paper.approved) == ("政企沟通专班", True)


def test_paragraphs_are_counted_as_papers_count():
    assert [counted(n) for n in (1, 10, 11, 20, 21, 99, 100)] == ["一", "十", "十一", "二十", "二十一", "九十九", "100"]


def test_nothing_is_written_about_what_is_still_planned(district):
    with pytest.raises(StepNotOpen):
        save_minutes(planned(district), by=district["events1"], now=MONDAY, revision=0, parts=[ONE])
