"""The pack as PDF and for Word: the same sections in both."""

from docx.shared import Length

from events.briefing.reading import Briefing
from events.briefing.sections import Section, Table, mark_of, sections_of, title_of
from liaison.documents.pdf import render_pdf
from liaison.documents.word import TEXT_AREA, Paper


def briefing_pdf(briefing: Briefing) -> bytes:
    """For the reader's phone, and to print."""
    facts = {
        "title": title_of(briefing),
        "language": "zh",
        "mark": mark_of(briefing),
        "sections": [_facts_of(section) for section in sections_of(briefing)],
    }
    return render_pdf("briefing", facts, dated=briefing.made_at)


def _facts_of(section: Section) -> dict[str, object]:
    return {
        "heading": section.heading,
        "level": section.level,
        "details": section.details,
        "paragraphs": section.paragraphs,
        "tables": [{"head": table.head, "rows": table.rows, "widths": table.widths} for table in section.tables],
    }


def briefing_for_word(briefing: Briefing) -> bytes:
    """For whoever adds notes of their own."""
    paper = Paper(subject=title_of(briefing), dated=briefing.made_at)
    paper.title(title_of(briefing))
    paper.paragraph(mark_of(briefing))
    for section in sections_of(briefing):
        paper.heading(section.heading, level=section.level)
        for label, text in section.details:
            paper.paragraph(f"{label}：{text}")
        for text in section.paragraphs:
            paper.paragraph(text)
        for table in section.tables:
            paper.table(table.head, table.rows, widths=_widths(table))
            paper.gap()
    return paper.save()


def _widths(table: Table) -> list[Length]:
    return [Length(TEXT_AREA[0] * share // sum(table.widths)) for share in table.widths]
