"""Papers: the letter, name cards, the minutes for Word."""

from datetime import datetime
from io import BytesIO

import docx
import pikepdf
import time_machine
from django.test import Client

from events.actions.answering import Guest, accept_invitation
from events.papers import MinutesPaper
from events.printing import letter_of, minutes_for_word, name_cards_of
from liaison.workdays import ZONE
from tests.factories.events import invited, published
from tests.factories.issues import MONDAY


def pages(content: bytes) -> int:
    return len(pikepdf.open(BytesIO(content)).pages)


def test_the_letter_fits_one_page(district):
    row = invited(district, published(district))[0]

    assert pages(letter_of(row, MONDAY)) == 1


@time_machine.travel(MONDAY, tick=False)
def test_the_firm_and_event_staff_get_the_letter_nobody_else(district):
    occasion = published(district)
    row = invited(district, occasion)[0]
    statuses = {}
    for by in ("events1", "firm1", "desk1", "firm2"):
        client = Client()
        client.force_login(district[by], backend="liaison.accounts.backends.SignInBackend")
        statuses[by] = client.get(f"{occasion.get_absolute_url()}invitations/{row.pk}/letter.pdf").status_code

    assert statuses == {"events1": 200, "firm1": 200, "desk1": 403, "firm2": 404}


def test_a_card_for_the_host_and_everybody_who_comes(district):
    occasion = published(district)
    accept_invitation(invited(district, occasion)[0], by=None, now=MONDAY, guest=Guest("孙<辉>", '总"经理'))

    assert pages(name_cards_of(occasion, MONDAY)) == 2


def test_minutes_open_in_word_with_every_text(district):
    """TC31."""
    paper = MinutesPaper(
        title="畅聊早餐会纪要", number="第 1 期", issued_by="政企沟通专班", date="2026年9月21日", time="07:30—09:30",
        place="政务中心",
        host="李明", leaders=["王华"], attendants=["甲公司 <经理> 赵&钱"], absent=["乙公司"],
        paragraphs=["一、企业反映 <用地> & “融资”。"], distribution=["政企沟通专班"], approved=False,
    )  # fmt: skip

    opened = docx.Document(BytesIO(minutes_for_word(paper, datetime(2026, 9, 21, 12, tzinfo=ZONE))))

    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    assert all(words in text for words in ("一、企业反映 <用地> & “融资”。", "甲公司 <经理> 赵&钱", "主持：李明", "草稿"))
