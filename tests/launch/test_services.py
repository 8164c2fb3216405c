"""The embedded servers: wherever they lie, whoever starts them, however they were killed."""

import os
import shutil
import signal
import subprocess
import threading
import time

import psycopg2
import pytest
from redis import AuthenticationError
from redis import Redis as RedisClient

from liaison.launch.folders import SOCKET_PATH_LIMIT
from liaison.launch.identity import Identity
from liaison.launch.postgres import Postgres
from liaison.launch.redis import Redis

pytestmark = pytest.mark.launch


@pytest.fixture
def servers():
    """Servers that are stopped after the test, and what they left outside is removed."""
    started = []
    yield started
    for server in started:
        server.stop()
        for left in (getattr(server, "place", server.home), getattr(server, "sockets", None) or server.socket.parent):
            shutil.rmtree(left, ignore_errors=True)


@pytest.fixture
def postgres(servers, tmp_path):
    server = Postgres(tmp_path / "pg", tmp_path / "pg.log", throw_away=True)
    servers.append(server)
    server.start()
    return server


def ask(server, question):
    connection = psycopg2.connect(server.url)
    with connection, connection.cursor() as cursor:
        cursor.execute(question)
        answer = cursor.fetchone()
    connection.close()
    return answer[0]


def test_postgresql_speaks_utf8_without_the_locales_of_the_machine(postgres):
    assert ask(postgres, "SELECT upper('é') || char_length('𠮷')") == "É1"
    assert ask(postgres, "SHOW listen_addresses") == ""


def test_postgresql_wants_its_password(postgres):
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(postgres.url.replace(postgres.password, "guess"))


def test_a_folder_with_a_long_chinese_name_gets_a_short_socket(servers, tmp_path):
    home = tmp_path / ("很长的 目录" * 8) / "pg"
    postgres, redis = Postgres(home, tmp_path / "pg.log", throw_away=True), Redis(home.parent / "redis", tmp_path / "redis.log")
    servers += [postgres, redis]

    postgres.start()
    redis.start()

    assert ask(postgres, "SELECT 1") == 1
    assert redis.answers()
    assert max(len(os.fsencode(path)) for path in (postgres.sockets, redis.socket)) < SOCKET_PATH_LIMIT
    assert postgres.sockets.stat().st_mode & 0o077 == 0


def test_data_survives_a_killed_server(servers, tmp_path):
    postgres = Postgres(tmp_path / "pg", tmp_path / "pg.log")
    servers.append(postgres)
    postgres.start()
    ask(postgres, "CREATE TABLE kept AS SELECT 7 AS x; SELECT 1")
    os.kill(postgres.child.pid, signal.SIGKILL)
    postgres.child.popen.wait()

    postgres.start()

    assert ask(postgres, "SELECT x FROM kept") == 7


def test_a_dead_server_that_is_still_a_zombie_is_waited_for(postgres):
    postgres.stop()
    zombie = subprocess.Popen(["true"])
    (postgres.cluster / "postmaster.pid").write_text(f"{zombie.pid}\n{postgres.cluster}\n{int(time.time())}\n5432\n\n\n0 0\n")
    reaper = threading.Timer(2, zombie.wait)
    reaper.start()

    postgres.start()

    assert ask(postgres, "SELECT 1") == 1
    reaper.join()


def test_a_first_start_that_was_killed_begins_anew(servers, tmp_path):
    server = Postgres(tmp_path / "pg", tmp_path / "pg.log", throw_away=True)
    servers.append(server)
    (server.place / "cluster.new").mkdir()
    (server.place / "cluster.new" / "PG_VERSION").write_text("18")

    server.start()

    assert ask(server, "SELECT 1") == 1


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="only for root")
def test_root_without_user_namespaces_becomes_nobody(servers, tmp_path):
    server = Postgres(tmp_path / "pg", tmp_path / "pg.log", throw_away=True, who=Identity.DROPPED)
    servers.append(server)

    server.start()

    assert ask(server, "SELECT 1") == 1
    assert server.cluster.stat().st_uid != 0


def test_redis_keeps_what_it_acknowledged_and_wants_its_password(servers, tmp_path):
    redis = Redis(tmp_path / "redis", tmp_path / "redis.log")
    servers.append(redis)
    redis.start()
    client = RedisClient(unix_socket_path=str(redis.socket), password=redis.password)
    client.set("kept", "7")
    time.sleep(1.2)  # appendfsync everysec
    os.kill(redis.child.pid, signal.SIGKILL)
    redis.child.popen.wait()

    redis.start()

    assert client.get("kept") == b"7"
    with pytest.raises(AuthenticationError):
        RedisClient(unix_socket_path=str(redis.socket)).get("kept")
