"""Official papers for Word in the layout of GB/T 9704—2012 (numbers in brackets are its sections).

The fonts are named, not embedded: offices have them, and what lacks them shows its own in their place.
"""

import io
import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT as TAB
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from liaison.documents import ooxml
from liaison.documents.printable import printable

SONG, HEI, KAI, FANG, TITLE_FONT = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312", "方正小标宋简体"
TWO, THREE, FOUR = Pt(22), Pt(16), Pt(14)
"Sizes by their Chinese numbers: 二号 for titles, 三号 for the body, 四号 for page numbers and the imprint (5.2.2, 7.3.1, 7.5)."
PAGE, TEXT_AREA = (Mm(210), Mm(297)), (Mm(156), Mm(225))
"A4 (5.1.1); 156 mm × 225 mm (5.1.2)."
TOP, LEFT = Mm(37), Mm(28)
"天头 and 订口 (5.1.2); the other two follow."
LINES, CHARACTERS = 22, 28
"Lines of a page and characters of a line (5.2.3)."
LINE: Final = Pt(28.95)
"225 mm ÷ 22 ≈ 28.99 pt; a little less, so that the twenty-second line is not pushed over."
RED: Final = RGBColor(0xE6, 0, 0)
HEADINGS: Final = {1: HEI, 2: KAI, 3: FANG, 4: FANG}
"一、 in 黑体, (一) in 楷体, 1. and (1) in 仿宋 (7.3.3)."
THICK, THIN = 8, 6
"Rules of the imprint in eighths of a point: 0.35 mm outside, 0.25 mm between (7.4.1)."
MINUTES_DOWN: Final = Mm(35)
"From the upper edge of the text area to the heading of minutes (10.3)."


class Paper:
    """One paper, written from top to bottom."""

    def __init__(self, *, subject: str, dated: datetime) -> None:
        self.document: Document = docx.Document()
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = printable(subject)[:255], "", ""
        properties.created = properties.modified = dated
        self._page()
        self._body_style()
        self._page_numbers()

    def minutes_heading(self, text: str, *, number: str, issuer: str, date: str) -> None:
        """The red head of minutes (10.3): 《××会议纪要》, number, who issues and when, a red rule."""
        head = self._line(ALIGN.CENTER, before=MINUTES_DOWN)
        head.paragraph_format.line_spacing = Pt(46)
        self._run(head, text, TITLE_FONT, Pt(36)).font.color.rgb = RED
        self._run(self._line(ALIGN.CENTER, before=LINE), number, FANG, THREE)
        below = self._line(ALIGN.LEFT)
        self._two_edges(below, issuer, date, THREE)
        ooxml.rules(below, bottom=16, color="E60000")

    def title(self, text: str) -> None:
        """The title: 二号小标宋, in the middle, two lines below what is above (7.3.1)."""
        paragraph = self._line(ALIGN.CENTER, before=LINE, after=LINE)
        paragraph.paragraph_format.line_spacing = Pt(33)
        self._run(paragraph, text, TITLE_FONT, TWO)

    def addressees(self, text: str) -> None:
        """Whom it goes to, at the left edge (7.3.2)."""
        self._run(self._line(ALIGN.LEFT), text, FANG, THREE)

    def heading(self, text: str, *, level: int = 1) -> None:
        """A heading of one of four levels, which stays with what follows (7.3.3)."""
        paragraph = self._line(ALIGN.JUSTIFY, indent=True)
        paragraph.paragraph_format.keep_with_next = True
        ooxml.outline_level(paragraph, level)
        self._run(paragraph, text, HEADINGS[level], THREE)

    def paragraph(self, text: str) -> None:
        """The body: 三号仿宋, each paragraph two characters in, further lines at the edge (7.3.3)."""
        for line in text.splitlines() or [""]:
            self._run(self._line(ALIGN.JUSTIFY, indent=True), line, FANG, THREE)

    def people(self, label: str, names: Iterable[str]) -> None:
        """出席, 请假 or 列席 in 黑体, the names in 仿宋; further lines stand below the first name (10.3)."""
        paragraph = self._line(ALIGN.LEFT)
        hanging = Length(THREE * (len(label) + 1))
        paragraph.paragraph_format.left_indent = Length(2 * THREE + hanging)
        paragraph.paragraph_format.first_line_indent = Length(-hanging)
        self._run(paragraph, f"{label}：", HEI, THREE)
        self._run(paragraph, "\u3000".join(name.strip() for name in names), FANG, THREE)

    def table(self, header: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[Length] = ()) -> None:
        """A ruled table over the whole width; its head is repeated on every page, and no row goes on on the next one."""
        table = self.document.add_table(rows=1, cols=len(header), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        shares = widths or [Length(TEXT_AREA[0] // len(header))] * len(header)
        for column, text in enumerate(header):
            self._cell(table.rows[0].cells[column].paragraphs[0], text, HEI, ALIGN.CENTER)
        ooxml.repeated(table.rows[0])
        for row in rows:
            added = table.add_row()
            ooxml.whole(added)
            cells = added.cells
            for column, text in enumerate(row):
                self._cell(cells[column].paragraphs[0], text, FANG, ALIGN.LEFT)
        for column, width in zip(table.columns, shares, strict=True):
            column.width = width  # what LibreOffice reads; Word reads the cells'
            for cell in column.cells:
                cell.width = width

    def gap(self) -> None:
        """An empty line: below a table, where Word leaves none, and between two, which it would join."""
        self._line(ALIGN.LEFT)

    def signature(self, unit: str, date: str) -> None:
        """Who signs and the date, four characters from the right edge (7.3.5.1)."""
        for text, before in ((unit, LINE), (date, Pt(0))):
            paragraph = self._line(ALIGN.RIGHT, before=before)
            paragraph.paragraph_format.right_indent = Length(4 * THREE)
            self._run(paragraph, text, FANG, THREE)

    def imprint(self, copies: Sequence[tuple[str, str]], *, issuer: str, date: str) -> None:
        """The 版记 (7.4): 分送 or 抄送 line by line, then who printed it and when, 四号仿宋 between three kinds of rules."""
        self.gap()
        table = self.document.add_table(rows=len(copies) + 1, cols=1)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        cells = [row.cells[0] for row in table.rows]
        for number, (cell, (label, text)) in enumerate(zip(cells, copies, strict=False)):
            paragraph = self._imprint_line(cell.paragraphs[0])
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.left_indent = Length(FOUR * (len(label) + 2))
            paragraph.paragraph_format.first_line_indent = Length(-FOUR * (len(label) + 1))
            self._run(paragraph, f"{label}：{text}", FANG, FOUR)
            ooxml.cell_rules(cell, top=THIN if number else THICK)
        self._two_edges(self._imprint_line(cells[-1].paragraphs[0]), issuer, date, FOUR)
        ooxml.cell_rules(cells[-1], top=THIN if copies else THICK, bottom=THICK)

    def save(self) -> bytes:
        """The file."""
        made = io.BytesIO()
        self.document.save(made)
        return made.getvalue()

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = PAGE
        section.top_margin, section.left_margin = TOP, LEFT
        section.right_margin = Length(PAGE[0] - LEFT - TEXT_AREA[0])
        section.bottom_margin = Length(PAGE[1] - TOP - TEXT_AREA[1])
        section.footer_distance = Mm(23)
        ooxml.line_grid(section, pitch=round(LINE.pt * 20))

    def _body_style(self) -> None:
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", THREE
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANG)
        ooxml.squeezed(style, math.ceil((THREE.pt - TEXT_AREA[0].pt / CHARACTERS) * 20))

    def _page_numbers(self) -> None:
        """— 1 — in 四号宋体, on the outer side, one character in, 7 mm below the text area (7.5)."""
        self.document.settings.odd_and_even_pages_header_footer = True
        section = self.document.sections[0]
        for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
            paragraph = footer.paragraphs[0]
            paragraph.alignment = align
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = FOUR
            self._run(paragraph, "— ", SONG, FOUR)
            ooxml.page_number(self._run(paragraph, "", SONG, FOUR))
            self._run(paragraph, " —", SONG, FOUR)

    def _line(
        self, align: ALIGN, *, before: Length | None = None, after: Length | None = None, indent: bool = False
    ) -> Paragraph:
        paragraph = self.document.add_paragraph()
        shape = paragraph.paragraph_format
        paragraph.alignment, shape.line_spacing = align, LINE
        shape.space_before, shape.space_after = before or Pt(0), after or Pt(0)
        if indent:
            shape.first_line_indent = Length(2 * THREE)
        return paragraph

    @staticmethod
    def _imprint_line(paragraph: Paragraph) -> Paragraph:
        shape = paragraph.paragraph_format
        shape.left_indent, shape.right_indent, shape.line_spacing, shape.space_after = FOUR, FOUR, Pt(24), Pt(0)
        return paragraph

    def _cell(self, paragraph: Paragraph, text: str, font: str, align: ALIGN) -> None:
        paragraph.alignment, paragraph.paragraph_format.line_spacing = align, Pt(20)
        paragraph.paragraph_format.space_after = Pt(0)
        self._run(paragraph, text, font, Pt(12))

    def _two_edges(self, paragraph: Paragraph, left: str, right: str, size: Length) -> None:
        edge = Length(TEXT_AREA[0] - (paragraph.paragraph_format.right_indent or 0))
        paragraph.paragraph_format.tab_stops.add_tab_stop(edge, TAB.RIGHT)
        self._run(paragraph, f"{left}\t{right}", FANG, size)

    @staticmethod
    def _run(paragraph: Paragraph, text: str, font: str, size: Length) -> Run:
        run = paragraph.add_run(printable(text))
        run.font.size, run.font.name = size, font if font == SONG else "Times New Roman"
        ooxml.east_asian_font(run, font)
        return run
