"""``make test``: the whole suite; tests that cannot run are named loudly, and are a failure where CI=true."""

from __future__ import annotations

import os
import subprocess
import sys

from liaison.launch.bootstrap import ROOT
from liaison.launch.chromium import chromium

PARALLEL = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
"Files are handed out in the order of tests/conftest.py, the long ones first, and not those with many tests first."
NO_BROWSER = ["-m", "not browser"]


def main() -> int:
    """Return pytest's verdict; arguments are handed to pytest."""
    browser = chromium()
    # importing liaison chose the settings of production; tests/conftest.py chooses its own
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"LIAISON_CHROMIUM": browser} if browser else {}
    chosen = [] if browser else NO_BROWSER
    verdict = pytest([*PARALLEL, *chosen, *sys.argv[1:]], environment).returncode
    if browser is None:
        print(left_out(environment), flush=True)
        return verdict or (1 if os.environ.get("CI") == "true" else 0)
    return verdict


def pytest(arguments: list[str], environment: dict[str, str], *, capture: bool = False) -> subprocess.CompletedProcess[str]:
    """Run pytest in the repository."""
    argv = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(argv, cwd=ROOT, env=environment, capture_output=capture, text=True, check=False)


def left_out(environment: dict[str, str]) -> str:
    """Return the list of the tests that did not run for want of a browser."""
    listed = pytest(["--collect-only", "-q", "-m", "browser"], environment, capture=True).stdout
    tests = [line for line in listed.splitlines() if "::" in line]
    rule = "!" * 100
    said = f"{len(tests)} BROWSER TESTS WERE LEFT OUT: no Chromium was found and none could be installed."
    chinese = f"未运行 {len(tests)} 项浏览器测试:未找到 Chromium,也无法安装。"
    return "\n".join([rule, said, chinese, *tests, rule])


if __name__ == "__main__":
    sys.exit(main())
