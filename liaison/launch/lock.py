"""Write the lock files anew: exact versions with hashes, and no address of any index."""

from __future__ import annotations

import subprocess
import sys

from liaison.launch import bootstrap

COMPILE = ["pip", "compile", "--quiet", "--universal", "--python-version=3.11", "--generate-hashes"]
COMPILE += ["--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header", "--upgrade"]
GROUPS = {"dev": ["embedded", "test", "check"], "demo": ["embedded"], "run": []}


def main() -> int:
    """The largest set first: the smaller ones take the same versions."""
    uv = bootstrap.VENV / "tools" / "bin" / "uv"
    environment = bootstrap.uv_environment()
    for name, groups in GROUPS.items():
        target = bootstrap.REQUIREMENTS / f"{name}.txt"
        argv = [str(uv), *COMPILE, "pyproject.toml", "-o", str(target)]
        argv += [part for group in groups for part in ("--group", group)]
        if name != "dev":
            argv += ["--constraint", str(bootstrap.REQUIREMENTS / "dev.txt")]
        if subprocess.run(argv, cwd=bootstrap.ROOT, env=environment, check=False).returncode != 0:
            return 1
    (bootstrap.ROOT / "package-lock.json").unlink(missing_ok=True)
    return bootstrap.npm("install", "--package-lock-only")


if __name__ == "__main__":
    sys.exit(main())
