"""Find the words that go through gettext, in Python and in templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

# name of the function → which arguments are context, text and plural
PLACES: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
FUNCTIONS = PLACES | {f"{name}_lazy": places for name, places in PLACES.items() if name != "_"} | {"gettext_noop": PLACES["_"]}
CALL_IN_TEMPLATE = re.compile(r"(?<![A-Za-z0-9_])(?:n?p?gettext|_)\(")


class UnreadableError(Exception):
    """A file that cannot be read, or words put together at run time, which cannot be translated."""


@dataclass(frozen=True, order=True)
class Message:
    """One thing to translate."""

    text: str
    context: str | None = None
    plural: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes two messages the same for gettext."""
        return (self.text, self.context or "")


def messages_of(path: Path) -> Iterator[Message]:
    """Yield the messages of one file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from of_module(source, str(path))
    else:
        yield from of_template(source, str(path))


def of_module(source: str, name: str = "module") -> Iterator[Message]:
    """Yield the messages of a Python module."""
    try:
        tree = ast.parse(source, name)
    except SyntaxError as error:
        message = f"{name}:{error.lineno}: not valid Python"
        raise UnreadableError(message) from error
    yield from _of_tree(tree, name)


def of_template(source: str, name: str = "template") -> Iterator[Message]:
    """Yield what Django's own preparation of a template for gettext lays bare."""
    prepared = templatize(source, origin=name)
    for match in CALL_IN_TEMPLATE.finditer(prepared):
        yield from _of_tree(_call_at(prepared, match.start(), name), name)


def _call_at(prepared: str, start: int, name: str) -> ast.AST:
    for close in re.finditer(r"\)", prepared[start:]):
        try:
            return ast.parse(prepared[start : start + close.end()])
        except SyntaxError:
            continue  # a bracket inside the text
    message = f"{name}: a translation that does not end"
    raise UnreadableError(message)


def _of_tree(tree: ast.AST, name: str) -> Iterator[Message]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (places := FUNCTIONS.get(_called(node.func))):
            yield _message(node, places, name)


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _message(call: ast.Call, places: tuple[int | None, int, int | None], name: str) -> Message:
    context, text, plural = (None if place is None else _argument(call, place, name) for place in places)
    return Message(text or "", context, plural)


def _argument(call: ast.Call, place: int, name: str) -> str:
    value = _constant(call.args[place]) if place < len(call.args) else None
    if value is None:
        message = f"{name}:{call.lineno}: only a constant text can be translated"
        raise UnreadableError(message)
    return value


def _constant(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _constant(node.left), _constant(node.right)
        return None if left is None or right is None else left + right
    return None
