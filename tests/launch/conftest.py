"""Fixtures of the launcher's tests."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from liaison.launch.bootstrap import ROOT

SOMEBODY = "65534"  # a user that every machine has: PostgreSQL asks for his name


@pytest.fixture
def ordinary_user() -> tuple[str, ...]:
    """What stands before a command so that an ordinary user runs it."""
    if os.geteuid() != 0:
        return ()
    # env: the first program after setpriv may still pass closed folders, those after it may not
    before = ("setpriv", f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups", "--", "env")
    argv = [*before, sys.executable, "-c", "import liaison, django"]
    if subprocess.run(argv, cwd=ROOT, capture_output=True, check=False).returncode != 0:
        pytest.skip("an ordinary user cannot reach this folder or this Python")
    return before


@pytest.fixture
def open_folder():
    """A folder that an ordinary user owns and can reach (pytest's own are closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="liaison-user-"))
    if os.geteuid() == 0:
        os.chown(folder, int(SOMEBODY), int(SOMEBODY))
    yield folder
    shutil.rmtree(folder)
