"""``make reset``: forget all data of the demonstration; refused while it runs."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from liaison.launch.bootstrap import ROOT
from liaison.launch.errors import LaunchError
from liaison.launch.folders import short_socket_folder, unusable_folder
from liaison.launch.identity import distant_home
from liaison.launch.instance import Instance
from liaison.launch.plan import data_folder

KEPT = {"run.lock", "children.lock"}  # they are held at this moment


def reset(var: Path) -> None:
    """Empty the data folder and the places outside that belong to it."""
    if not var.exists():
        return
    instance = Instance(var)
    try:
        instance.wait_for_leftovers()
        for path in var.iterdir():
            if path.name not in KEPT:
                _remove(path)
        for path in (
            distant_home(var / "postgres"),
            *(short_socket_folder(var / name / "run") for name in ("postgres", "redis")),
        ):
            _remove(path)
    except OSError as error:
        raise unusable_folder(var, error) from error
    finally:
        instance.release()


def elsewhere(var: Path) -> list[Path]:
    """Return the places outside the data folder that may belong to it."""
    sockets = [short_socket_folder(var / name / "run") for name in ("postgres", "redis")]
    return [distant_home(var / "postgres"), *sockets]


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def main() -> int:
    """Return 0 when everything is gone."""
    try:
        reset(data_folder(ROOT, os.environ))
    except LaunchError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    print("The next `make run` starts from nothing. / 下次 `make run` 将从头开始。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
