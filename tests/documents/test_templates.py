"""Each template takes the facts that docs/documents.md names, and puts them on so many sheets of that size."""

import pytest

from liaison.documents.pdf import render_pdf

from . import facts
from .reading import opened, text_of

UPRIGHT, ACROSS = (595, 842), (842, 595)


def sheets(template, said):
    made = render_pdf(template, said, dated=facts.DATED)
    with opened(made) as pdf:
        return [tuple(round(float(edge)) for edge in page.mediabox[2:]) for page in pdf.pages], text_of(made)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_letter_is_one_upright_page(language):
    pages, text = sheets("letter_of_invitation", facts.letter(language=language))

    assert pages == [UPRIGHT]
    assert [word for word in ("沿企邀〔2022〕36号", "第二会议室", facts.ADDRESS) if word not in text.replace(" ", "")] == []


def test_a_letter_needs_neither_programme_nor_answer():
    assert sheets("letter_of_invitation", facts.letter(programme=[], reply=None))[0] == [UPRIGHT]


def test_every_card_is_a_sheet_with_the_name_on_both_sides():
    pages, text = sheets("name_cards", facts.cards("王喆堃", "阿卜杜拉·买买提江·艾力"))

    assert pages == [ACROSS, ACROSS]
    assert (text.count("王喆堃"), text.count("买买提江")) == (2, 2)


@pytest.mark.parametrize("shape", ["round", "long"])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 12, 24])
def test_a_plan_names_every_seat_on_one_sheet(shape, count):
    pages, text = sheets("seat_plan", facts.plan(shape, count))

    assert pages == [ACROSS]
    assert text.count("王喆堃") == count


def test_many_certificates_are_one_document():
    pages, text = sheets("certificate", facts.certificates(*(facts.certificate(number) for number in range(1, 41))))

    assert pages == [ACROSS] * 40
    assert "〔2022〕40号" in text.replace(" ", "")


def test_a_certificate_needs_no_code():
    plain = facts.certificate()
    del plain["qr"]

    assert sheets("certificate", facts.certificates(plain))[0] == [ACROSS]
