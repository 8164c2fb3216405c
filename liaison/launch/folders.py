"""Private folders, short socket folders and free space."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
import stat
import tempfile
from pathlib import Path

from liaison.launch.errors import LaunchError

SOCKET_PATH_LIMIT = 90  # the kernel allows 107 bytes; the servers add suffixes
PLAIN_PATH = re.compile(r"[A-Za-z0-9._/-]+")  # anything else would need quoting in an address
LONGEST_SOCKET_NAME = "/.s.PGSQL.5432.lock"


def private_folder(path: Path) -> Path:
    """The folder, made when it is missing, open to its owner only."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.stat().st_uid == os.geteuid():
            path.chmod(0o700)
        probe = path / f".write-{secrets.token_hex(4)}"
        probe.write_text("ok")
        probe.unlink()
    except OSError as error:
        raise unusable_folder(path, error) from error
    return path


def unusable_folder(path: Path, error: OSError) -> LaunchError:
    """The sentence for a folder that cannot be written to."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return disk_full(path)
    return LaunchError(
        f"The data folder {path} cannot be used ({error.strerror}): make it writable for this user or remove it.",
        f"数据目录 {path} 无法使用({error.strerror}),请给当前用户写权限或删除该目录。",
    )


def disk_full(path: Path) -> LaunchError:
    """The sentence for a disk without space."""
    return LaunchError(
        f"The disk that holds {path} is full: free some space and start again.",
        f"{path} 所在的磁盘已满,请清理空间后重新启动。",
    )


def require_space(path: Path, megabytes: int) -> None:
    """Refuse to start on a disk that would be full in the middle of the work."""
    if shutil.disk_usage(path).free < megabytes * 1024 * 1024:
        raise disk_full(path)


def socket_folder(path: Path) -> Path:
    """The folder itself, or a private one with a short plain name when a socket could not live there."""
    plain = PLAIN_PATH.fullmatch(str(path)) is not None
    if plain and len(os.fsencode(f"{path}{LONGEST_SOCKET_NAME}")) <= SOCKET_PATH_LIMIT:
        return private_folder(path)
    return own_folder(short_socket_folder(path))


def short_socket_folder(path: Path) -> Path:
    """Return the short name that stands for a folder."""
    name = hashlib.sha256(os.fsencode(f"{os.geteuid()}:{path}")).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"liaison-{name}"


def own_folder(path: Path, owner: int | None = None) -> Path:
    """A private folder in a place that everybody may write to: refused when somebody else laid it there."""
    expected = os.geteuid() if owner is None else owner
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        if owner is not None and path.lstat().st_uid == os.geteuid():
            os.chown(path, owner, owner)
        found = path.lstat()
    except OSError as error:
        raise unusable_folder(path, error) from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != expected or stat.S_IMODE(found.st_mode) & 0o077:
        raise LaunchError(
            f"The folder {path} belongs to somebody else: remove it or set TMPDIR to another folder.",
            f"目录 {path} 属于其他用户,请删除它或将 TMPDIR 设为其他目录。",
        )
    return path


def secret(path: Path) -> str:
    """The secret kept in the file, invented on the first start."""
    try:
        if path.exists():
            return path.read_text().strip()
        value = secrets.token_urlsafe(48)
        partial = path.with_suffix(".new")
        partial.touch(mode=0o600)
        partial.write_text(value)
        partial.replace(path)  # a start that is killed here leaves no half a secret
    except OSError as error:
        raise unusable_folder(path.parent, error) from error
    return value
