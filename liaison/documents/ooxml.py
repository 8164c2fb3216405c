"""What Word can and python-docx has no name for; each element stands where the schema wants it."""

# ruff: noqa: SLF001 - the elements below python-docx's objects have no public name
from typing import Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.styles.style import BaseStyle
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

ORDER: Final = (
    *("w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct"),
    *("w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind"),
    *("w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment"),
    *("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)
"How the properties of a paragraph follow each other (ISO/IEC 29500-1, CT_PPr), from its borders on."


def east_asian_font(run: Run, font: str) -> None:
    """The font of Chinese characters, which Word keeps apart from the others'."""
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def outline_level(paragraph: Paragraph, level: int) -> None:
    """A heading in the navigation pane, from 1."""
    _put(paragraph, _element("w:outlineLvl", val=str(level - 1)))


def rules(paragraph: Paragraph, *, color: str = "000000", **eighths: int) -> None:
    """Rules ``top`` or ``bottom`` of a paragraph, so many eighths of a point thick."""
    _put(paragraph, _borders("w:pBdr", color, eighths))


def cell_rules(cell: _Cell, **eighths: int) -> None:
    """Rules of a cell: they are as wide as the table, whatever the indents of its text."""
    cell._tc.get_or_add_tcPr().append(_borders("w:tcBorders", "000000", eighths))


def _borders(tag: str, color: str, eighths: dict[str, int]) -> BaseOxmlElement:
    borders = _element(tag)
    for edge, size in eighths.items():
        borders.append(_element(f"w:{edge}", val="single", sz=str(size), space="1", color=color))
    return borders


def page_number(run: Run) -> None:
    """The number of the page, counted by Word."""
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            instruction = _element("w:instrText")
            instruction.text = "PAGE"
            run._r.append(instruction)
        run._r.append(_element("w:fldChar", fldCharType=kind))


def repeated(row: _Row) -> None:
    """The head of a table on every page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def whole(row: _Row) -> None:
    """Not split between two pages."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def line_grid(section: Section, *, pitch: int) -> None:
    """Lines ``pitch`` twentieths of a point apart."""
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(_element("w:docGrid", type="lines", linePitch=str(pitch)))


def squeezed(style: BaseStyle, twentieths: int) -> None:
    """Every character takes so many twentieths of a point less."""
    properties = style.element.get_or_add_rPr()
    properties.insert_element_before(_element("w:spacing", val=str(-twentieths)), "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _put(paragraph: Paragraph, element: BaseOxmlElement) -> None:
    tag = f"w:{element.tag.rpartition('}')[2]}"
    paragraph._p.get_or_add_pPr().insert_element_before(element, *ORDER[ORDER.index(tag) + 1 :])
