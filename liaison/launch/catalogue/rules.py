"""What is wrong with a catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import polib

from liaison.launch.catalogue.extract import Message

PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|\{(\w*)\}")


def faults(found: Iterable[Message], catalogue: polib.POFile) -> Iterator[str]:
    """Yield one line per fault, the most basic first."""
    wanted = {message.key: message for message in found}
    entries = {(entry.msgid, entry.msgctxt or ""): entry for entry in catalogue if not entry.obsolete}
    for key in sorted(wanted.keys() - entries.keys()):
        yield f"missing: {key[0]!r}"
    for key in sorted(entries.keys() - wanted.keys()):
        yield f"no longer used: {key[0]!r}"
    for entry in catalogue.obsolete_entries():
        yield f"obsolete: {entry.msgid!r}"
    for key in sorted(wanted.keys() & entries.keys()):
        yield from (f"{fault}: {key[0]!r}" for fault in _entry_faults(wanted[key], entries[key]))


def _entry_faults(message: Message, entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    if (message.plural or "") != entry.msgid_plural:
        yield "plural differs from the code"
    translations = list(entry.msgstr_plural.values()) if message.plural else [entry.msgstr]
    if not translations or not all(translations):
        yield "untranslated"
        return
    originals = [message.text, message.plural or message.text]
    for translation in translations:
        if _placeholders(translation) not in [_placeholders(original) for original in originals]:
            yield "placeholders differ"
        if not _formats(originals, translation):
            yield "not a valid format"
        if _edges(translation) != _edges(message.text):
            yield "line ends differ"


def _placeholders(text: str) -> set[str]:
    return {match.group() for match in PLACEHOLDER.finditer(text)}


def _formats(originals: list[str], translation: str) -> bool:
    if not any("%(" in original for original in originals):
        return True
    names = {name for original in originals for name, _ in PLACEHOLDER.findall(original)}
    try:
        _ = translation % dict.fromkeys(names, 1)
    except (ValueError, TypeError, KeyError):
        return False
    return True


def _edges(text: str) -> tuple[bool, bool]:
    return text.startswith("\n"), text.endswith("\n")
