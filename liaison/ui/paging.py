"""Keyset paging: every page of a list costs the same, however long the list is."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet, ValidationError
from django.core.signing import BadSignature, Signer
from django.db import connection, models
from django.db.models import Q, QuerySet

Item = TypeVar("Item")
Row = TypeVar("Row", bound=models.Model)
PAGE_SIZE = 25


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some rows of a list, and the cursors to those before and after them."""

    rows: list[Item]
    before: str = ""
    after: str = ""

    def __iter__(self) -> Iterator[Item]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(rows: QuerySet[Row], asked: Mapping[str, Any], *, by: str, size: int = PAGE_SIZE) -> Page[Row]:
    """Return the page that ``asked`` (request.GET: after, before) means, ordered by ``by`` ("-created_at") and the key.

    ``by`` names a column that is never NULL; (by, id) should be an index. A cursor that is not ours means the first page.
    """
    keys = _Keys(rows, by)
    if (start := keys.read(asked.get("before"))) is not None:
        found = list(keys.beyond(start, backwards=True)[: size + 1])
        page = found[size - 1 :: -1] if len(found) > size else found[::-1]
        if page:
            return Page(page, before=keys.cursor(page[0]) if len(found) > size else "", after=keys.cursor(page[-1]))
    start = keys.read(asked.get("after"))
    found = list(keys.beyond(start)[: size + 1])
    page = found[:size]
    return Page(
        page,
        before=keys.cursor(page[0]) if page and start is not None else "",
        after=keys.cursor(page[-1]) if len(found) > size else "",
    )


def sorted_page(
    items: Sequence[Item], asked: Mapping[str, Any], *, name: str, key: Callable[[Item], list[Any]], size: int = PAGE_SIZE
) -> Page[Item]:
    """Return the page that ``asked`` means of a list that is reckoned anew at each look and stored nowhere.

    ``items`` stand in the order of ``key``: numbers and words, for each item others. ``name`` tells this list from all others.
    """
    signer, keys = Signer(salt=f"list:{name}"), [key(item) for item in items]
    first, last = 0, size
    with suppress(BadSignature, TypeError):  # a cursor of nobody, or of another list: the first page
        if before := asked.get("before"):
            last = max(bisect_left(keys, signer.unsign_object(before)), size)
            first = last - size
        elif after := asked.get("after"):
            first = bisect_right(keys, signer.unsign_object(after))
            last = first + size
    if first >= len(keys):  # what stood there is gone
        first, last = 0, size
    rows = list(items[first:last])
    return Page(
        rows,
        before=signer.sign_object(keys[first]) if rows and first else "",
        after=signer.sign_object(keys[last - 1]) if last < len(keys) else "",
    )


def count_up_to(rows: QuerySet[Any], most: int = 99) -> int:
    """Count no further than ``most`` + 1, which is shown as "99+"."""
    return rows.order_by()[: most + 1].count()


def counts_up_to(lists: Mapping[str, QuerySet[Any]], most: int = 99) -> dict[str, int]:
    """Count several lists in one query, each no further than ``most`` + 1."""
    counts = dict.fromkeys(lists, 0)
    parts: dict[str, tuple[str, tuple[Any, ...]]] = {}
    for name, rows in lists.items():
        with suppress(EmptyResultSet):  # nothing can match: Django knows without asking
            parts[name] = rows.order_by().values("pk")[: most + 1].query.sql_with_params()
    if parts:
        columns = ", ".join(f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _params in parts.values())  # noqa: S608 - Django made it
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns}", [value for _sql, params in parts.values() for value in params])
            counts |= dict(zip(parts, cursor.fetchone(), strict=True))
    return counts


class _Keys(Generic[Row]):
    """The order of one list: a column, then the primary key, both in the same direction."""

    def __init__(self, rows: QuerySet[Row], by: str) -> None:
        self.rows, self.column, self.descending = rows, by.lstrip("-"), by.startswith("-")
        self.signer = Signer(salt=f"{rows.model._meta.label_lower}:{by}")  # noqa: SLF001 - Django's documented interface

    def beyond(self, start: tuple[Any, Any] | None, *, backwards: bool = False) -> QuerySet[Row]:
        """Rows that come after ``start`` in the order of reading."""
        falling = self.descending != backwards
        sign, word = ("-", "lt") if falling else ("", "gt")
        ordered = self.rows.order_by(f"{sign}{self.column}", f"{sign}pk")
        if start is None:
            return ordered
        value, key = start
        # The first condition alone would be a range on the index; the second settles equal values.
        at_or_past = Q(**{f"{self.column}__{word}e": value})
        past = Q(**{f"{self.column}__{word}": value}) | Q(**{f"pk__{word}": key})
        return ordered.filter(at_or_past, past)

    def cursor(self, row: Row) -> str:
        """Where ``row`` stands, signed, so that a list is entered only where it was left."""
        value = self._field.value_to_string(row) if not self._is_annotation else str(getattr(row, self.column))
        return self.signer.sign_object([value, str(row.pk)])

    def read(self, cursor: object) -> tuple[Any, Any] | None:
        """The place a cursor means; None for one that is missing, forged, or of another list."""
        if not cursor or not isinstance(cursor, str):
            return None
        try:
            value, key = self.signer.unsign_object(cursor)
            return self._field.to_python(value), self.rows.model._meta.pk.to_python(key)  # noqa: SLF001
        except (BadSignature, ValidationError, ValueError, TypeError):
            return None

    @property
    def _is_annotation(self) -> bool:
        return self.column in self.rows.query.annotations

    @property
    def _field(self) -> "models.Field[Any, Any]":
        if self._is_annotation:
            return self.rows.query.annotations[self.column].output_field
        meta = self.rows.model._meta  # noqa: SLF001
        return meta.pk if self.column == "pk" else meta.get_field(self.column)  # type: ignore[return-value] # a column, no relation back
