"""``python -m liaison.launch.catalogue update|check|compile``."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import polib

from liaison.launch.catalogue.areas import AREAS, LANGUAGES, area_of, catalogue, sources
from liaison.launch.catalogue.extract import Message, UnreadableError, messages_of
from liaison.launch.catalogue.rules import faults

PLURALS = {"zh_Hans": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
WIDTH = 120


def main() -> int:
    """Do what the word says; 1 when the catalogues are not in order."""
    commands: dict[str, Callable[[Path], int]] = {"update": update, "check": check, "compile": compile_all}
    wished = commands.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if wished is None:
        sys.stderr.write("Say update, check or compile.\n")
        return 2
    try:
        return wished(Path.cwd())
    except UnreadableError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def update(root: Path) -> int:
    """Bring every catalogue to exactly the words of the code; new Chinese ones wait for a translation."""
    for area, found in messages(root).items():
        for language in LANGUAGES:
            path = catalogue(root, area, language)
            entries = _entries(found, _read(path), language)
            if not entries and not path.exists():
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            renewed = polib.POFile(wrapwidth=WIDTH)
            renewed.metadata = _metadata(language)
            renewed.extend(entries)
            renewed.save(str(path))
            waiting = sum(not entry.translated() for entry in entries)
            print(f"{path.relative_to(root)}: {len(entries)} messages, {waiting} untranslated")
    return 0


def check(root: Path) -> int:
    """Say what is missing, unused, fuzzy, untranslated or broken."""
    said = [
        f"{area}/{language}: {fault}"
        for area, found in messages(root).items()
        for language in LANGUAGES
        for fault in faults(found, _read(catalogue(root, area, language)))
    ]
    said += [f"zh_Hans: translated differently in two areas: {text!r}" for text in _disagreements(root)]
    for line in said:
        print(line)
    print(f"Catalogues: {len(said)} faults." if said else "Catalogues: complete.")
    return 1 if said else 0


def compile_all(root: Path) -> int:
    """Write the binary catalogues that are older than their texts."""
    for area in AREAS:
        for language in LANGUAGES:
            source = catalogue(root, area, language)
            target = source.with_suffix(".mo")
            if source.exists() and (not target.exists() or target.stat().st_mtime <= source.stat().st_mtime):
                partial = target.with_suffix(".mo.new")
                _read(source).save_as_mofile(str(partial))
                partial.replace(target)
    return 0


def messages(root: Path) -> dict[str, list[Message]]:
    """Return the messages of every area, each once, in the order of the catalogue."""
    found: dict[str, dict[tuple[str, str], Message]] = defaultdict(dict)
    for path in sources(root):
        for message in messages_of(path):
            known = found[area_of(path.relative_to(root))].setdefault(message.key, message)
            if message.plural and not known.plural:
                found[area_of(path.relative_to(root))][message.key] = message
    return {area: [found[area][key] for key in sorted(found[area])] for area in AREAS}


def _read(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=WIDTH) if path.exists() else polib.POFile(wrapwidth=WIDTH)


def _entries(found: Iterable[Message], before: polib.POFile, language: str) -> list[polib.POEntry]:
    known = {(entry.msgid, entry.msgctxt or ""): entry for entry in before if not entry.obsolete}
    return [_entry(message, known.get(message.key), language) for message in found]


def _entry(message: Message, known: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context, msgid_plural=message.plural or "")
    if known is not None:
        entry.tcomment = known.tcomment
        entry.flags = [flag for flag in known.flags if flag == "fuzzy"]
    if "%(" in message.text + (message.plural or ""):
        entry.flags.append("python-format")
    old = dict(known.msgstr_plural) or {0: known.msgstr} if known is not None else {}
    if language == "en":
        old = {0: message.text, 1: message.plural or ""}
    if message.plural:
        entry.msgstr_plural = {number: old.get(number, "") for number in range(2 if language == "en" else 1)}
    else:
        entry.msgstr = old.get(0, "")
    return entry


def _metadata(language: str) -> dict[str, str]:
    return {
        "Project-Id-Version": "liaison",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }


def _disagreements(root: Path) -> list[str]:
    """Return what two areas say differently: at run time one of them would win for both."""
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for area in AREAS:
        for entry in _read(catalogue(root, area, "zh_Hans")):
            said[entry.msgid, entry.msgctxt or ""].add(entry.msgstr or entry.msgstr_plural.get(0, ""))
    return sorted(text for (text, _), ways in said.items() if len(ways) > 1)


if __name__ == "__main__":
    sys.exit(main())
