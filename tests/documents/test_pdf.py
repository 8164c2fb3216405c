"""PDF: text stays text, fonts are inside, the same facts give the same bytes, a missing character is told."""

import resource
from datetime import datetime, timedelta

import pytest
from django.utils import translation

from liaison.documents.pdf import MissingGlyph, render_long_pdf, render_pdf, render_png

from . import facts
from .reading import fonts, opened, text_of


def rendered(template, said):
    return render_pdf(template, said, dated=facts.DATED)


@pytest.mark.parametrize("typed", ['#panic("x")', "<>&", "\"'“”", "$x^2$ *a* _b_ `c`", "\\u{41} @a // b", "= a", "[#x]"])
def test_what_people_type_is_never_markup(typed):
    made = rendered("certificate", facts.certificates(facts.certificate(name=typed)))

    assert typed.replace(" ", "") in text_of(made).replace(" ", "")


@pytest.mark.parametrize("typed", ["#panic(1)", "$<a>$"])
def test_nor_in_a_letter(typed):
    said = facts.letter(addressee=typed, details=[[typed, f"{typed}\n{typed}"]])

    assert text_of(rendered("letter_of_invitation", said)).count(typed) == 4


def test_controls_are_left_out_and_lines_stay():
    made = rendered("certificate", facts.certificates(facts.certificate(name="王\x07喆\ud800堃", address="甲\r\n乙")))

    assert "王喆堃" in text_of(made)
    assert "甲" in text_of(made)


def test_fonts_are_embedded_as_subsets():
    made = rendered("certificate", facts.certificates())

    assert [name[8:] for name in fonts(made)] == ["NotoSerifSC-Bold", "NotoSerifSC-Regular"]
    assert all(name[7] == "+" for name in fonts(made))
    assert len(made) < 60_000


def test_it_is_for_the_archive():
    with opened(rendered("certificate", facts.certificates())) as pdf:
        metadata = pdf.open_metadata()

        assert (metadata.pdfa_status, metadata["dc:title"]) == ("2B", "聘书")


def test_the_same_facts_give_the_same_bytes_and_another_day_others():
    first = rendered("certificate", facts.certificates())

    assert rendered("certificate", facts.certificates()) == first
    assert render_pdf("certificate", facts.certificates(), dated=facts.DATED + timedelta(days=1)) != first


@pytest.mark.parametrize("character", ["㛃", "\U0002cb4e"])
def test_a_character_that_no_font_has_is_told(character):
    with pytest.raises(MissingGlyph) as refused:
        rendered("certificate", facts.certificates(facts.certificate(name=f"王{character}")))

    assert refused.value.character == character
    assert f"{ord(character):04X}" in str(refused.value)


def test_the_sentence_speaks_the_readers_language():
    with translation.override("en"):
        assert "do not have the character “㛃” (U+36C3)" in str(MissingGlyph("㛃"))
    assert "没有" in str(MissingGlyph("㛃"))


def test_a_date_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        render_pdf("certificate", facts.certificates(), dated=datetime(2022, 9, 1))


@pytest.mark.parametrize("name", ["../base", "a/b", "", "Certificate"])
def test_only_templates_of_ours_are_rendered(name):
    with pytest.raises(ValueError, match="template"):
        rendered(name, {})


def test_a_picture_of_one_page():
    assert render_png("certificate", facts.certificates(), dated=facts.DATED).startswith(b"\x89PNG")


def test_a_process_of_its_own_sets_the_same_document():
    said = facts.certificates(*(facts.certificate(name=f"王小{n}") for n in range(30)))

    assert render_long_pdf("certificate", said, dated=facts.DATED) == rendered("certificate", said)


def test_it_tells_of_a_missing_character_too():
    with pytest.raises(MissingGlyph, match="㛃"):
        render_long_pdf("certificate", facts.certificates(facts.certificate(name="王㛃")), dated=facts.DATED)


def test_five_hundred_pages_leave_nothing_in_memory():
    said = facts.certificates(*(facts.certificate(n, name=f"王小{n}") for n in range(500)))
    rendered("certificate", facts.certificates())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    made = render_long_pdf("certificate", said, dated=facts.DATED)

    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    with opened(made) as pdf:
        assert len(pdf.pages) == 500
    assert grown < 30, f"{grown:.0f} MB"
