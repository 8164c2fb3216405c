"""What is wrong with forms, as the summary at the top of the page lists it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect


@dataclass(frozen=True)
class Wrong:
    """One thing to correct, and the id of the field where it is corrected."""

    words: str
    target: str = ""


def wrongs_of(form: object) -> list[Wrong]:
    """Everything to correct in a form (or nothing, when there is no form or no error)."""
    return list(_wrongs(form)) if isinstance(form, BaseForm) and form.is_bound else []


def _wrongs(form: BaseForm) -> Iterator[Wrong]:
    yield from (Wrong(words) for words in form.non_field_errors())
    for bound in form:
        yield from (Wrong(words, "" if bound.is_hidden else target_of(bound)) for words in bound.errors)


def target_of(bound: BoundField) -> str:
    """The id of the control that takes the focus; of a group of choices the first."""
    if isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or str(bound.auto_id)
