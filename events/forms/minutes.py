"""The minutes as a page of paragraphs; nothing that was typed is ever dropped."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions.minutes import FREE_KEY, POINT_KEY, point_of
from events.merging import Merged, Part
from events.models import Point
from events.models.minutes import MAX_PARAGRAPH
from issues.forms.fields import LongText
from liaison.ui.forms import PortalForm

BLANKS: Final = 2
MOST: Final = 250
PREFIX: Final = "text_"


def new_free_key() -> str:
    """A paragraph that is about no point."""
    return f"f{secrets.token_hex(4)}"


@dataclass(frozen=True)
class Shown:
    """One paragraph of the page."""

    point: Point | None
    merged: Merged | None
    text: forms.BoundField
    publish: forms.BoundField
    order: forms.BoundField


class MinutesForm(PortalForm):
    """Each paragraph with its place and whether it is published; ``revision`` is the one that the person began with."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        parts: Sequence[Part] = (),
        points: Sequence[Point] = (),
        revision: int = 0,
        merged: Sequence[Merged] = (),
    ) -> None:
        super().__init__(data)
        self._points = {point.pk: point for point in points}
        self._merged = {each.part.key: each for each in merged}
        self.fields["revision"].initial = revision
        known = [part for part in parts if self._is_known(part.key)]
        posted = [Part(key, "") for key in self._posted(data) if key not in {part.key for part in known}]
        blanks = [] if data is not None else [Part(new_free_key(), "") for _n in range(BLANKS)]
        self.keys: list[str] = []
        for place, part in enumerate([*known, *posted, *blanks], 1):
            self._add(part, place)

    def _is_known(self, key: str) -> bool:
        return bool(FREE_KEY.fullmatch(key)) or point_of(key) in self._points

    def _posted(self, data: Mapping[str, Any] | None) -> list[str]:
        names = [name.removeprefix(PREFIX) for name in data or () if name.startswith(PREFIX)]
        return [key for key in names if (FREE_KEY.fullmatch(key) or POINT_KEY.fullmatch(key)) and self._is_known(key)][:MOST]

    def _add(self, part: Part, place: int) -> None:
        self.keys.append(part.key)
        self.fields[PREFIX + part.key] = LongText(
            label=_("Paragraph %(number)d") % {"number": place}, most=MAX_PARAGRAPH, rows=5, required=False, initial=part.text
        )
        self.fields[f"publish_{part.key}"] = forms.BooleanField(
            label=_("Publish this paragraph"), required=False, initial=part.publish
        )
        self.fields[f"order_{part.key}"] = forms.IntegerField(
            label=_("Order"), min_value=1, max_value=9999, required=False, initial=place * 10
        )

    def shown(self) -> Iterator[Shown]:
        """The paragraphs with what belongs to them."""
        for key in self.keys:
            point = self._points.get(point_of(key) or 0)
            fields = [self[f"{name}_{key}"] for name in ("text", "publish", "order")]
            yield Shown(point, self._merged.get(key), *fields)

    def parts(self) -> list[Part]:
        """What was typed, in the order that was asked for."""
        values = self.cleaned_data
        rows = [(values[f"order_{key}"] or 9999, place, key) for place, key in enumerate(self.keys)]
        return [Part(key, values[PREFIX + key].strip(), values[f"publish_{key}"]) for _order, _place, key in sorted(rows)]


class RevisionForm(PortalForm):
    """A decision about the text that was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReturnForm(RevisionForm):
    """What is to be put right."""

    reason = LongText(label=_("What is to be put right"), most=1000, rows=3)


def first_text(point: Point) -> str:
    """A paragraph to begin with: who raised what, and what was answered."""
    who = " ".join(filter(None, [point.enterprise.name if point.enterprise else "", point.speaker]))
    return "\n".join(filter(None, [f"{who}:{point.text}", point.answer]))
