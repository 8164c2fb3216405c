"""Reading data/*.toml."""

import tomllib
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent / "data"
Row = dict[str, Any]


def table(name: str) -> Row:
    """One file, by its name without the ending."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def issue_rows() -> list[Row]:
    """Every issue of every file, in the order of the files."""
    names = sorted(path.stem for path in (DATA / "issues").glob("*.toml"))
    return [row for name in names for row in table(f"issues/{name}")["issue"]]
