"""results.md beside this file: one section for each measurement, the others kept when one is written anew."""

import os
import platform
import re
from datetime import date
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).parent / "results.md"


def said(what: str) -> str:
    """When and where it was measured, and how many processes wanted the cores in the last minutes."""
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[1]:.0f}"
    return f"Server time without network, {date.today():%F}, {what}, {machine}."  # noqa: DTZ011


def write_section(title: str, body: str) -> None:
    """Put the section in the place of the one with the same title, or at the end."""
    known = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    sections = [part for part in re.split(r"(?m)^(?=# )", known) if part.strip()]
    written = f"# {title}\n\n{body.strip()}\n"
    places = [place for place, part in enumerate(sections) if part.startswith(f"# {title}\n")]
    if places:
        sections[places[0]] = written
    else:
        sections.append(written)
    RESULTS.write_text("\n".join(part.strip() + "\n" for part in sections), encoding="utf-8")
