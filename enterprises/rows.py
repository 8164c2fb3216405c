"""What one row of an imported table means: clean values, or what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enterprises.credit_codes import compact_code, validate_credit_code
from enterprises.enums import Ownership
from enterprises.models import Enterprise, Label
from enterprises.sizes import section_of
from enterprises.tables import CHOICES, REQUIRED, SEPARATOR, normal, plain_number, values_by_word
from liaison.accounts.models import Unit, UnitKind

PROBLEMS: Final[Mapping[str, str | Promise]] = {
    "required": _("is missing"),
    "too_long": _("is too long (at most %(most)s characters)"),
    "length": _("must have 18 characters"),
    "checksum": _("has a wrong check digit"),
    "format": _("holds a character that cannot stand there"),
    "region": _("names no region of China"),
    "choice": _("“%(value)s” is not known"),
    "number": _("“%(value)s” is not a number, or is negative or too large"),
    "industry_code": _("“%(value)s” is not a code of two to four digits"),
    "section": _("does not belong to the industry"),
    "twice": _("stands in row %(row)s already"),
    "reason": _("is compulsory with a size class set by hand"),
    "control": _("holds an invisible control character"),
    "moved": _("was changed by somebody else after the check"),
}
LARGEST_COUNT: Final = 2_147_483_647
LARGEST_SUM: Final = Decimal(10) ** 12
TEXTS: Final = ("name", "legal_representative", "address", "contact_name", "contact_phone", "size_reason")


@dataclass
class Reference:
    """Towns, parks and labels by every word for them; read once per import."""

    towns: Mapping[str, str] = field(default_factory=dict)
    parks: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Reference":
        """As they are now."""
        units = {kind: list(Unit.objects.filter(kind=kind, is_active=True)) for kind in (UnitKind.TOWN, UnitKind.PARK)}
        by_word = {
            kind: {normal(word): unit.code for unit in found for word in (unit.code, unit.name, unit.name_en)}
            for kind, found in units.items()
        }
        labels = {normal(word): label.name for label in Label.objects.all() for word in (label.name, label.name_en) if word}
        return cls(by_word[UnitKind.TOWN], by_word[UnitKind.PARK], labels)


@dataclass
class CleanRow:
    """Values as plain text (None for nothing), and errors as column, problem, parameters."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)

    def wrong(self, column: str, problem: str, **params: Any) -> None:
        """Note an error."""
        self.errors.append({"column": column, "problem": problem, "params": params})


def clean_row(cells: Mapping[str, str], reference: Reference) -> CleanRow:
    """Read every cell; all errors are told at once."""
    row = CleanRow()
    for column, cell in cells.items():
        if not cell:
            _blank(row, column)
        elif not cell.isprintable():
            row.wrong(column, "control")
        else:
            CLEAN[column](row, column, cell, reference)
    _check_together(row)
    return row


def _blank(row: CleanRow, column: str) -> None:
    if column in REQUIRED:
        row.wrong(column, "required")
    elif column == "ownership":
        row.values[column] = Ownership.PRIVATE.value
    elif column == "labels":
        row.values[column] = []
    else:
        row.values[column] = None if column in {"employees", "revenue", "assets", "park"} else ""


def _code(row: CleanRow, column: str, cell: str, _reference: Reference) -> None:
    code = compact_code(cell)
    row.values[column] = code
    try:
        validate_credit_code(code)
    except ValidationError as error:
        row.wrong(column, error.code or "format")


def _text(row: CleanRow, column: str, cell: str, _reference: Reference) -> None:
    most = Enterprise._meta.get_field(column).max_length  # type: ignore[union-attr] # noqa: SLF001
    row.values[column] = cell
    if most is not None and len(cell) > most:
        row.wrong(column, "too_long", most=most)


def _choice(row: CleanRow, column: str, cell: str, _reference: Reference) -> None:
    words = values_by_word(column)
    if normal(cell) in words:
        row.values[column] = words[normal(cell)]
    else:
        row.wrong(column, "choice", value=cell[:40])


def _count(row: CleanRow, column: str, cell: str, _reference: Reference) -> None:
    plain = cell.replace(",", "")
    if plain.isdecimal() and plain.isascii() and int(plain) <= LARGEST_COUNT:
        row.values[column] = str(int(plain))
    else:
        row.wrong(column, "number", value=cell[:40])


def _sum(row: CleanRow, column: str, cell: str, _reference: Reference) -> None:
    try:
        value = Decimal(cell.replace(",", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if value.is_finite() and 0 <= value < LARGEST_SUM:
        row.values[column] = plain_number(value.quantize(Decimal("0.01")))
    else:
        row.wrong(column, "number", value=cell[:40])


def _industry_code(row: CleanRow, column: str, cell: str, _reference: Reference) -> None:
    row.values[column] = cell
    if not (cell.isascii() and cell.isdecimal() and 2 <= len(cell) <= 4):  # noqa: PLR2004 - division, group, class
        row.wrong(column, "industry_code", value=cell[:40])


def _town(row: CleanRow, column: str, cell: str, reference: Reference) -> None:
    _unit(row, column, cell, reference.towns)


def _park(row: CleanRow, column: str, cell: str, reference: Reference) -> None:
    _unit(row, column, cell, reference.parks)


def _unit(row: CleanRow, column: str, cell: str, words: Mapping[str, str]) -> None:
    if normal(cell) in words:
        row.values[column] = words[normal(cell)]
    else:
        row.wrong(column, "choice", value=cell[:40])


def _labels(row: CleanRow, column: str, cell: str, reference: Reference) -> None:
    names = [part for part in (part.strip() for part in _split(cell)) if part]
    for name in names:
        if normal(name) not in reference.labels:
            row.wrong(column, "choice", value=name[:40])
    row.values[column] = sorted({reference.labels[normal(name)] for name in names if normal(name) in reference.labels})


def _split(cell: str) -> list[str]:
    for other in "；、,，":
        cell = cell.replace(other, SEPARATOR)
    return cell.split(SEPARATOR)


def _check_together(row: CleanRow) -> None:
    """What only several cells together can get wrong."""
    wrong = {error["column"] for error in row.errors}
    code, section = row.values.get("industry_code"), row.values.get("industry")
    if code and section and not {"industry", "industry_code"} & wrong and section_of(code) != section:
        if section_of(f"0{code}") == section:  # a spreadsheet took 0141 for a number
            row.values["industry_code"] = f"0{code}"
        else:
            row.wrong("industry_code", "section")
    if row.values.get("size_override") and not row.values.get("size_reason"):
        row.wrong("size_reason", "reason")
    if "size_override" in row.values and not row.values["size_override"]:
        row.values["size_reason"] = ""


CLEAN: Final = {
    "credit_code": _code,
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys([column for column in CHOICES if column not in {"size", "status"}], _choice),
    "industry_code": _industry_code,
    "employees": _count,
    "revenue": _sum,
    "assets": _sum,
    "town": _town,
    "park": _park,
    "labels": _labels,
}
