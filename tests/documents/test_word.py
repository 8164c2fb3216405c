"""Papers: the figures of GB/T 9704—2012, measured in the file."""

import io
import zipfile
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from liaison.documents.word import Paper

from .facts import DATED


@pytest.fixture
def paper():
    return Paper(subject="纪要", dated=DATED)


def reopened(paper):
    return docx.Document(io.BytesIO(paper.save()))


def last(paper):
    return reopened(paper).paragraphs[-1]


def face(paragraph):
    run = paragraph.runs[0]
    return run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt


def test_the_text_area_is_156_by_225_millimetres(paper):
    section = reopened(paper).sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == 156
    assert round(section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm) == 225


def test_22_lines_and_28_characters_fit(paper):
    paper.paragraph("正文")
    line = last(paper).paragraph_format.line_spacing
    spacing = reopened(paper).styles["Normal"].element.rPr.find(qn("w:spacing"))

    assert 22 * line.mm <= 225 < 23 * line.mm
    assert 28 * (16 + int(spacing.get(qn("w:val"))) / 20) * 25.4 / 72 <= 156


@pytest.mark.parametrize(
    ("write", "font"),
    [
        (lambda paper: paper.title("标题"), ("方正小标宋简体", 22)),
        (lambda paper: paper.heading("一、标题"), ("黑体", 16)),
        (lambda paper: paper.heading("(一)标题", level=2), ("楷体_GB2312", 16)),
        (lambda paper: paper.heading("1.标题", level=3), ("仿宋_GB2312", 16)),
        (lambda paper: paper.paragraph("正文"), ("仿宋_GB2312", 16)),
        (lambda paper: paper.people("出席", ["王喆堃"]), ("黑体", 16)),
    ],
)
def test_each_part_has_its_font_and_size(paper, write, font):
    write(paper)

    assert face(last(paper)) == font


def test_a_paragraph_begins_two_characters_in(paper):
    paper.paragraph("正文")

    assert last(paper).paragraph_format.first_line_indent == 2 * Pt(16)


def test_names_stand_below_the_first_name(paper):
    paper.people("出席", ["王喆堃", " 李明 "])
    shape = last(paper).paragraph_format

    assert last(paper).text == "出席：王喆堃\u3000李明"
    assert (shape.left_indent, shape.first_line_indent) == (5 * Pt(16), -3 * Pt(16))


def test_page_numbers_stand_outside(paper):
    section = reopened(paper).sections[0]

    assert reopened(paper).settings.odd_and_even_pages_header_footer
    assert [footer.paragraphs[0].alignment for footer in (section.footer, section.even_page_footer)] == [2, 0]
    assert face(section.footer.paragraphs[0]) == ("宋体", 14)
    assert "PAGE" in section.footer.paragraphs[0]._p.xml


def test_text_is_text_and_controls_are_left_out(paper):
    paper.paragraph("<b>&\"'#panic\x07\x00\ud800\n𠮷")

    assert [one.text for one in reopened(paper).paragraphs][-2:] == ["<b>&\"'#panic", "𠮷"]


def test_minutes_have_a_red_head_and_a_red_rule(paper):
    paper.minutes_heading("会议纪要", number="〔2022〕9号", issuer="区政府办公室", date="2022年9月20日")
    head, number, below = reopened(paper).paragraphs

    assert (str(head.runs[0].font.color.rgb), number.text, below.text) == ("E60000", "〔2022〕9号", "区政府办公室\t2022年9月20日")
    assert 'w:color="E60000"' in below._p.xml


def test_a_table_repeats_its_head(paper):
    paper.table(["序号", "事项"], [["1", "用工"]])
    table = reopened(paper).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [["序号", "事项"], ["1", "用工"]]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows[1:])


def test_the_imprint_has_thick_rules_outside_and_thin_ones_between(paper):
    paper.imprint([("分送", "各企业。"), ("抄送", "区纪委监委。")], issuer="区政府办公室", date="2022年9月20日印发")
    rows = reopened(paper).tables[0].rows
    rules = [{rule.tag.rpartition("}")[2]: rule.get(qn("w:sz")) for rule in row.cells[0]._tc.tcPr[-1]} for row in rows]

    assert rules == [{"top": "8"}, {"top": "6"}, {"top": "6", "bottom": "8"}]
    assert [row.cells[0].text for row in rows] == ["分送：各企业。", "抄送：区纪委监委。", "区政府办公室\t2022年9月20日印发"]


def test_the_properties_of_a_paragraph_stand_in_the_order_of_the_schema(paper):
    paper.heading("一、标题")
    paper.minutes_heading("纪要", number="1", issuer="甲", date="乙")
    order = ["keepNext", "pBdr", "tabs", "spacing", "ind", "jc", "outlineLvl"]
    root = ET.fromstring(zipfile.ZipFile(io.BytesIO(paper.save())).read("word/document.xml"))
    found = [[child.tag.rpartition("}")[2] for child in properties] for properties in root.iter(qn("w:pPr"))]

    assert all(names == sorted(names, key=order.index) for names in found)
