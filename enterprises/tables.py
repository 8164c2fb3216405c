"""Enterprises as rows of a table: columns and their words in both languages."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, override

from enterprises.enums import Ownership, Section, Size, Status
from enterprises.models import Enterprise
from liaison.accounts.models import Unit

COLUMNS: Final = (
    "name",
    "credit_code",
    "legal_representative",
    "industry",
    "industry_code",
    "ownership",
    "employees",
    "revenue",
    "assets",
    "town",
    "park",
    "address",
    "contact_name",
    "contact_phone",
    "labels",
    "size_override",
    "size_reason",
)
"Read and written; importing an export changes nothing."
SHOWN_ONLY: Final = ("size", "status", "applied_at", "chambers")
"Written for people; an import passes over them."
REQUIRED: Final = ("name", "credit_code", "legal_representative", "industry", "town", "contact_name", "contact_phone")
CHOICES: Final[Mapping[str, type[models.TextChoices]]] = {
    "industry": Section,
    "ownership": Ownership,
    "size_override": Size,
    "size": Size,
    "status": Status,
}
SEPARATOR: Final = ";"


def heading(column: str) -> str:
    """The word above a column, in the reader's language."""
    if column == "chambers":
        return gettext("Chambers")
    return str(Enterprise._meta.get_field(column).verbose_name)  # type: ignore[union-attr] # noqa: SLF001


@cache
def columns_by_heading() -> Mapping[str, str]:
    """Every word that may stand above a column, in any language, and the column's own name."""
    known = {normal(column): column for column in COLUMNS}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known |= {normal(heading(column)): column for column in (*COLUMNS, *SHOWN_ONLY)}
    return known


@cache
def values_by_word(column: str) -> Mapping[str, str]:
    """Every word for a choice, in any language, and the choice's own code."""
    choices = CHOICES[column]
    known = {normal(str(choice.value)): str(choice.value) for choice in choices}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known |= {normal(str(choice.label)): str(choice.value) for choice in choices}
    return known


def normal(text: str) -> str:
    """Words are compared without regard to width, capitals and blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def row_of(enterprise: Enterprise) -> list[str]:
    """The enterprise as cells."""
    return [cell_of(enterprise, column) for column in (*COLUMNS, *SHOWN_ONLY)]


def cell_of(enterprise: Enterprise, column: str) -> str:
    """One value as text, in the reader's language where it is a choice."""
    if column == "labels":
        return SEPARATOR.join(label.name for label in enterprise.labels.all())
    if column == "chambers":
        return SEPARATOR.join(
            membership.chamber.name for membership in enterprise.memberships.all() if membership.ended_on is None
        )
    value = getattr(enterprise, column)
    if column in CHOICES:
        return str(dict(CHOICES[column].choices).get(value, ""))
    if isinstance(value, Decimal):
        return plain_number(value)
    if column in {"town", "park"}:
        return value.name if value else ""
    return f"{value:%Y-%m-%d}" if column == "applied_at" else "" if value is None else str(value)


def recorded(enterprise: Enterprise) -> dict[str, object]:
    """The values of all columns as an import keeps them: plain text, None for nothing, labels as a sorted list."""
    found: dict[str, object] = {column: _recorded(getattr(enterprise, column)) for column in COLUMNS if column != "labels"}
    return found | {"labels": sorted(label.name for label in enterprise.labels.all())}


def _recorded(value: object) -> str | None:
    if isinstance(value, Unit):
        return value.code
    if isinstance(value, Decimal):
        return plain_number(value)
    return None if value is None else str(value)


def plain_number(value: Decimal) -> str:
    """Without trailing zeros and never in powers of ten."""
    return f"{value.normalize():f}"


def headings() -> list[str]:
    """The first row."""
    return [heading(column) for column in (*COLUMNS, *SHOWN_ONLY)]
