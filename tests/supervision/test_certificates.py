"""Certificates as papers."""

import re
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.test import Client

from supervision.actions.keeping import dismiss_supervisor, reissue_certificate, resign_appointment
from supervision.certificates import draw
from supervision.models import Certificate
from tests.documents.reading import text_of
from tests.factories.enterprises import PersonFactory
from tests.factories.supervision import APPOINTED, appointed, sent, supervisor
from tests.issues.views.driver import Driver
from tests.supervision.views.test_reports import client_of


@time_machine.travel(APPOINTED, tick=False)
def test_the_supervisor_and_the_desk_take_the_certificate_as_pdf(district):
    row = supervisor(district)
    url = f"{row.get_absolute_url()}certificate.pdf"

    answers = [client_of(row.person).get(url), Driver(district, None).client("desk1").get(url)]

    assert [answer.headers["Content-Type"] for answer in answers] == ["application/pdf"] * 2
    assert answers[0].content == answers[1].content
    assert client_of(supervisor(district).person).get(url).status_code == 404


@time_machine.travel(APPOINTED, tick=False)
def test_a_list_is_one_paper_with_a_page_for_each(district):
    rows = appointed(district, PersonFactory(), PersonFactory(), PersonFactory())
    reissue_certificate(rows[0], by=district["desk1"], now=APPOINTED, reason="遗失")

    paper = Driver(district, None).client("desk1").get(f"{rows[0].batch.get_absolute_url()}certificates.pdf")

    with pikepdf.open(BytesIO(paper.content)) as pdf:
        assert len(pdf.pages) == 3


def test_a_certificate_is_in_chinese_whoever_asks(district, monkeypatch):
    said = {}
    monkeypatch.setattr("supervision.certificates.render_pdf", lambda _name, facts, **_how: said.update(facts) or b"")
    row = supervisor(district)

    draw(Certificate.objects.select_related("appointment__person"), APPOINTED)

    page = said["certificates"][0]
    assert (said["title"], page["number"], page["name"]) == ("聘书", row.number, row.person.name)
    assert "2026年9月15日" in page["paragraphs"][0]
    assert not re.search("[A-Za-z]{4}", page["paragraphs"][0] + page["issuers"][0])


@time_machine.travel(APPOINTED, tick=False)
@pytest.mark.django_db
def test_the_code_is_a_picture_without_script(district):
    certificate = supervisor(district).certificates.get()

    answer = Client().get(f"{certificate.get_absolute_url()}code.svg")

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert b"<script" not in answer.content
    assert Client().get("/certificates/unknown/code.svg").status_code == 404


# --- the card, and the letter at the end ----------------------------------------------------------------
AFTER = APPOINTED.replace(year=2029, month=9, day=15)


@time_machine.travel(APPOINTED, tick=False)
def test_the_card_is_there_while_the_appointment_lasts(district):
    row = supervisor(district)
    url = f"{row.get_absolute_url()}card/"

    page = client_of(row.person).get(url).content.decode()

    assert all(words in page for words in (row.number, row.person.name, f"{row.certificates.get().code}/code.svg"))
    assert client_of(supervisor(district).person).get(url).status_code == 404
    dismiss_supervisor(row, by=district["desk1"], now=APPOINTED, ground="absent", reason="未履职。")
    assert client_of(row.person).get(url).status_code == 404


def test_whoever_has_served_is_thanked_with_what_they_did(district):
    row = supervisor(district)
    sent(district, row)
    sent(district, row, touches_integrity=True)
    url = f"{row.get_absolute_url()}letter.pdf"
    with time_machine.travel(APPOINTED, tick=False):
        before = client_of(row.person).get(url)
    with time_machine.travel(AFTER, tick=False):
        answers = [client_of(row.person).get(url), Driver(district, None).client("desk1").get(url)]
        page = client_of(row.person).get(row.get_absolute_url()).content.decode()

    assert before.status_code == 404
    assert answers[0].content == answers[1].content
    said = text_of(answers[0].content)
    assert all(
        words in said for words in ("感谢信", row.person.name, row.number, "提交监督报告1件", "此致", "敬礼", "2029年9月14日")
    )
    assert url in page


@time_machine.travel(APPOINTED, tick=False)
def test_whoever_is_dismissed_is_told_the_ground_on_paper(district):
    row = supervisor(district)
    dismiss_supervisor(row, by=district["desk1"], now=APPOINTED, ground="secrecy", reason="向企业透露暗访安排。")

    answer = client_of(row.person).get(f"{row.get_absolute_url()}letter.pdf")

    said = text_of(answer.content)
    assert all(words in said for words in ("解聘通知书", row.number, "向企业透露暗访安排。", "2026年9月15日"))
    assert client_of(supervisor(district).person).get(f"{row.get_absolute_url()}letter.pdf").status_code == 404


@time_machine.travel(APPOINTED, tick=False)
def test_whoever_resigned_is_thanked_too(district):
    row = supervisor(district)
    resign_appointment(row, by=row.person, now=APPOINTED, reason="工作调动")

    assert "感谢信" in text_of(Driver(district, None).client("desk1").get(f"{row.get_absolute_url()}letter.pdf").content)
