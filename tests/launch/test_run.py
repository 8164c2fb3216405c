"""The whole portal: starts, refuses a second one, recovers from every kill, leaves nobody behind."""

import os
import signal
import subprocess
import sys

import pytest

from liaison.launch.bootstrap import ROOT
from liaison.launch.processes import wait_until
from tests.launch.portal import Portal, one_sentence

pytestmark = [pytest.mark.launch, pytest.mark.slow]


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    portal = Portal(tmp_path_factory.mktemp("portal") / "var").start()
    yield portal
    if portal.process.poll() is None:
        portal.stop()


def test_it_says_where_it_is_and_who_may_sign_in(portal):
    assert f"Ready: http://127.0.0.1:{portal.port}/" in portal.said
    assert "liaison-demo" in portal.said
    assert "tax.handler" in portal.said
    assert "Traceback" not in portal.said


def test_its_data_is_for_its_owner_only(portal):
    for path in (portal.var, portal.var / "postgres", portal.var / "redis", portal.var / "secret-key"):
        assert path.stat().st_mode & 0o077 == 0


def test_a_second_one_is_refused(portal):
    done = portal.refused()

    one_sentence(done)
    assert "already running" in done.stderr


def test_reset_is_refused_while_it_runs(portal):
    argv = [sys.executable, "-m", "liaison.launch.reset"]
    done = subprocess.run(argv, cwd=ROOT, env=portal.environment(), capture_output=True, text=True, check=False)

    one_sentence(done)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("web", "gunicorn"),
        ("worker-mail", "-n mail@"),
        ("worker-fast", "-n fast@"),
        ("worker-slow", "-n slow@"),
        ("beat", " beat "),
        ("redis", "redis-server"),
        ("postgres", "postgres -D"),
    ],
)
def test_a_killed_part_runs_again(portal, name, words):
    os.kill(portal.pid_of(words), signal.SIGKILL)

    portal.wait_for(f"{name} runs again")
    portal.wait_for_page()


def test_it_stops_on_request_and_leaves_nobody(portal):
    assert portal.stop(signal.SIGTERM) == 0
    assert portal.nobody_left()


def test_ctrl_c_in_the_middle_of_the_start_leaves_nobody(portal):
    portal.start(until="Preparing the database")

    assert portal.stop(signal.SIGINT) == 0
    assert "Ready" not in portal.said
    assert portal.nobody_left()


def test_a_killed_supervisor_takes_its_children_along_and_the_next_start_recovers(portal):
    portal.start()
    portal.process.kill()
    portal.process.wait()

    portal.start()

    portal.wait_for_page()
    portal.process.kill()
    portal.process.wait()
    assert wait_until(portal.nobody_left, 20)
