"""What is wrong with forms, as the summary at the top of the page lists it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.forms import BaseForm, ChoiceField, Field, ModelChoiceField, ModelMultipleChoiceField
from django.forms.boundfield import BoundField
from django.forms.widgets import CheckboxSelectMultiple, Input, RadioSelect, Textarea
from django.utils.translation import gettext, gettext_noop

BARE: Final[defaultdict[str, tuple[type[Field], ...]]] = defaultdict(
    tuple, {"required": (Field,), "invalid_choice": (ChoiceField, ModelChoiceField, ModelMultipleChoiceField)}
)
"Where Django's own sentences stand that do not say which field; a field's own sentence is kept."
CHOSEN: Final = {"checkbox", "file", "radio"}
"Inputs in which nothing is typed."
NULL: Final = gettext_noop("Null characters are not allowed.")
"Django's sentence; its Chinese words speak of empty texts, ours come first."


@dataclass(frozen=True)
class Wrong:
    """One thing to correct, and the id of the field where it is corrected."""

    words: str
    target: str = ""


def wrongs_of(form: object) -> list[Wrong]:
    """Everything to correct in a form (or nothing, when there is no form or no error)."""
    return list(_wrongs(form)) if isinstance(form, BaseForm) and form.is_bound else []


def _wrongs(form: BaseForm) -> Iterator[Wrong]:
    yield from (Wrong(str(words)) for words in form.non_field_errors())
    for bound in form:
        yield from (Wrong(words, "" if bound.is_hidden else target_of(bound)) for words in words_for(bound))


def words_for(bound: BoundField) -> list[str]:
    """What is wrong with one field; where Django would only say "this field", the field is named."""
    return [_named(bound, error) for error in bound.errors.as_data()]


def _named(bound: BoundField, error: ValidationError) -> str:
    if not any(error.message == kind.default_error_messages.get(error.code or "") for kind in BARE[error.code or ""]):
        return "".join(error.messages)
    widget = bound.field.widget
    typed = isinstance(widget, Textarea) or (isinstance(widget, Input) and widget.input_type not in CHOSEN)
    return (gettext("Fill in “%(label)s”.") if typed else gettext("Choose “%(label)s”.")) % {"label": bound.label}


def target_of(bound: BoundField) -> str:
    """The id of the control that takes the focus; of a group of choices the first."""
    if isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or str(bound.auto_id)
