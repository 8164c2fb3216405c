"""What makes a start impossible is said in one sentence."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

from liaison.launch.bootstrap import ROOT
from tests.launch.portal import Portal, one_sentence

pytestmark = pytest.mark.launch


def test_a_busy_port(tmp_path):
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        done = Portal(tmp_path / "var", port=other.getsockname()[1]).refused()

    one_sentence(done)
    assert "in use" in done.stderr
    assert not (tmp_path / "var" / "postgres").exists()


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none(tmp_path, port):
    one_sentence(Portal(tmp_path / "var", extra={"PORT": port}).refused())


def test_a_data_folder_that_is_a_file(tmp_path):
    (tmp_path / "var").write_text("x")

    one_sentence(Portal(tmp_path / "var").refused())


def test_data_of_another_postgresql(tmp_path):
    cluster = tmp_path / "var" / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("15\n")

    done = Portal(tmp_path / "var").refused()

    one_sentence(done)
    assert "PostgreSQL 15" in done.stderr


def test_data_that_is_damaged(tmp_path):
    cluster = tmp_path / "var" / "postgres" / "cluster"
    cluster.mkdir(parents=True, mode=0o700)
    (cluster / "PG_VERSION").write_text("18\n")

    done = Portal(tmp_path / "var").refused()

    one_sentence(done)
    assert "damaged" in done.stderr


def test_a_database_elsewhere_that_does_not_answer(tmp_path):
    nowhere = {"DATABASE_URL": "postgresql://portal:x@127.0.0.1:1/portal", "REDIS_URL": "redis://127.0.0.1:1/0"}

    done = Portal(tmp_path / "var", extra=nowhere).refused()

    one_sentence(done)
    assert not (tmp_path / "var" / "postgres").exists()


def test_real_data_on_embedded_servers(tmp_path):
    done = Portal(tmp_path / "var", extra={"LIAISON_DEMO": "0"}).refused()

    one_sentence(done)
    assert "LIAISON_ONE_MACHINE" in done.stderr


def namespaces_allowed() -> bool:
    argv = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return shutil.which("unshare") is not None and subprocess.run(argv, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not namespaces_allowed(), reason="a small disk cannot be mounted here")
@pytest.mark.parametrize("options", ["size=20m", "ro"])
def test_a_full_disk_and_a_disk_for_reading_only(tmp_path, options):
    var = tmp_path / "var"
    var.mkdir()
    portal = Portal(var)
    start = f"mount -t tmpfs -o {options} tmpfs '{var}' && exec '{sys.executable}' -m liaison.launch.run"
    argv = ["unshare", "-rm", "sh", "-c", start]
    done = subprocess.run(argv, cwd=ROOT, env=portal.environment(), capture_output=True, text=True, check=False)

    one_sentence(done)
    assert ("full" if "size" in options else "cannot be used") in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_data_folder_of_somebody_else(tmp_path, ordinary_user):
    var = tmp_path / "var"
    var.mkdir(mode=0o700)

    one_sentence(Portal(var, before=ordinary_user).refused())
