"""The small process in which a stranger's file is parsed: bounded in memory and time, without secrets, without Django.

Started as ``python -m kinds <extension> <source> <target>`` beside this package; prints one JSON line.
"""

import contextlib
import json
import resource
import sys
from pathlib import Path
from typing import Final

from .refused import RefusedError
from .table import inspector_of

BOUNDS: Final = {
    resource.RLIMIT_DATA: 480 << 20,
    resource.RLIMIT_AS: 1 << 30,
    resource.RLIMIT_FSIZE: 200 << 20,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_CPU: 9,
}


def bind() -> None:
    """Take less than the machine would give; a system that knows a bound not goes without it."""
    for kind, most in BOUNDS.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def verdict(extension: str, source: Path, target: Path) -> str:
    """The code of the refusal, or nothing."""
    try:
        inspector_of(extension)(source, target, extension)
    except RefusedError as refused:
        return refused.code
    except (MemoryError, RecursionError):
        return "bomb"
    except Exception as error:  # noqa: BLE001 - a parser may fail in any way on a stranger's bytes
        print(f"{type(error).__name__}", file=sys.stderr)  # noqa: T201 - the type alone: a message may quote the file
        return "damaged"
    return ""


if __name__ == "__main__":
    bind()
    code = verdict(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    print(json.dumps({"refused": code}))  # noqa: T201 - this line is the answer
