"""Children: they end with their parent, and what dies is started again, ever more slowly."""

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from liaison.launch import instance as instance_module
from liaison.launch.bootstrap import ROOT
from liaison.launch.errors import LaunchError
from liaison.launch.folders import own_folder, secret
from liaison.launch.instance import Instance
from liaison.launch.processes import Child, Command, wait_until
from liaison.launch.watch import LONGEST_DELAY, Watched

PARENT = """
import os, sys, time
from pathlib import Path
from liaison.launch.processes import Child, Command
child = Child(Command("sleeper", ["sleep", "600"], dict(os.environ), Path("."), Path(sys.argv[1])))
print(child.pid, flush=True)
time.sleep(600)
"""


def command(tmp_path, *argv, **more):
    return Command("child", argv, dict(os.environ), tmp_path, tmp_path / "log", **more)


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_child_ends_when_its_parent_is_killed(tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path / "log")], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    child = int(parent.stdout.readline())

    parent.kill()
    parent.wait()

    assert wait_until(lambda: gone(child), 10)


def test_a_child_that_does_not_listen_is_ended_with_its_group(tmp_path):
    script = "trap '' TERM; sleep 600 & echo $! > inner; wait; wait; sleep 600"
    child = Child(command(tmp_path, "sh", "-c", script, grace_seconds=0.5))
    assert wait_until(lambda: (tmp_path / "inner").exists() and (tmp_path / "inner").read_text().strip(), 10)

    child.stop()

    assert wait_until(lambda: gone(int((tmp_path / "inner").read_text())), 10)


def test_ctrl_c_does_not_reach_the_children(tmp_path):
    child = Child(command(tmp_path, "sleep", "600"))

    assert os.getpgid(child.pid) != os.getpgid(0)
    child.stop()


# what a fork runs on the way is where Python drops the exceptions of a signal's handler
IN_THE_FORK = """
import os, signal, sys
from pathlib import Path
from liaison.launch.processes import Child, Command, wait_until
from liaison.launch.stopping import Stop, wish
wish.listen()
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))
child = Child(Command("sleeper", ["sleep", "600"], dict(os.environ), Path("."), Path(sys.argv[1])))
try:
    wait_until(lambda: False, 10)
except Stop:
    child.stop()
    print("stopped")
"""


def test_a_stop_asked_for_while_a_child_starts_is_heeded(tmp_path):
    argv = [sys.executable, "-c", IN_THE_FORK, str(tmp_path / "log")]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert done.stdout == "stopped\n", done.stderr


class Fragile:
    """A service that never lives."""

    name = "fragile"

    def __init__(self):
        self.starts = 0

    def start(self):
        self.starts += 1

    def alive(self):
        return False

    def stop(self):
        pass


def test_restarts_come_ever_more_slowly():
    service, said = Fragile(), []
    watched = Watched(service)
    for tenth in range(6000):  # ten minutes
        watched.look(tenth / 10, lambda english, _chinese: said.append(english))

    assert 5 < service.starts < 30
    assert f"in {LONGEST_DELAY:g} s" in said[-1] or f"in {LONGEST_DELAY:g} s" in said[-2]


def test_a_leftover_that_does_not_end_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(instance_module, "PATIENCE_SECONDS", 1.0)
    earlier = Instance(tmp_path / "var")
    earlier.wait_for_leftovers()
    stubborn = Child(command(tmp_path, "sh", "-c", "trap '' TERM; sleep 600", inherited=(earlier.children_lock,)))
    earlier.record(stubborn.pid)
    earlier.release()

    later = Instance(tmp_path / "var")
    later.wait_for_leftovers()

    assert wait_until(lambda: not stubborn.alive(), 5)
    later.release()


def test_a_number_that_belongs_to_somebody_else_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(instance_module, "PATIENCE_SECONDS", 0.3)
    one = Instance(tmp_path / "var")
    innocent = Child(command(tmp_path, "sleep", "600"))
    one.list.write_text(f'{{"{innocent.pid}": "1"}}')
    with (tmp_path / "var" / "children.lock").open() as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(LaunchError):
            one.wait_for_leftovers()

    assert innocent.alive()
    innocent.stop()
    one.release()


def test_a_second_supervisor_is_refused(tmp_path):
    one = Instance(tmp_path / "var")
    with pytest.raises(LaunchError, match="already running"):
        Instance(tmp_path / "var")
    one.release()


def test_a_secret_is_invented_once_and_is_private(tmp_path):
    value = secret(tmp_path / "key")

    assert secret(tmp_path / "key") == value
    assert len(value) >= 50
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_a_folder_that_others_can_open_is_not_used_for_sockets(tmp_path):
    trap = tmp_path / "trap"
    trap.mkdir()
    trap.chmod(0o777)

    with pytest.raises(LaunchError, match="somebody else"):
        own_folder(trap)


def test_the_signal_of_a_stop_is_the_one_of_the_command(tmp_path):
    child = Child(command(tmp_path, "sleep", "600", stop_signal=signal.SIGINT))
    child.stop()

    assert child.popen.returncode == -signal.SIGINT
