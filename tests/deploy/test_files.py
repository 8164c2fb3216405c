"""The files of deploy/ are looked at by the programs that will read them, where these are at hand."""

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from liaison.launch.bootstrap import ROOT
from liaison.launch.plan import QUEUES
from liaison.launch.postgres import Postgres

DEPLOY = ROOT / "deploy"
PATH = f"{os.environ['PATH']}:/usr/sbin:/sbin"
SETTING = re.compile(r'env_(?:text|bool|int|list|database|redis)\(\s*"(\w+)"')


def program(name):
    found = shutil.which(name, path=PATH)
    return pytest.mark.skipif(found is None, reason=f"no {name} on this machine")


def run(*argv, **more):
    return subprocess.run(argv, capture_output=True, text=True, check=False, env={**os.environ, "PATH": PATH}, **more)


@program("systemd-analyze")
def test_systemd_understands_the_units(tmp_path):
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    shutil.copy("/bin/true", python)
    for unit in (DEPLOY / "systemd").iterdir():
        text = unit.read_text().replace("/opt/liaison/deploy", str(DEPLOY)).replace("/opt/liaison/.venv", str(python.parents[1]))
        (tmp_path / unit.name.replace("@.", "@8001.")).write_text(text)
        (tmp_path / unit.name).write_text(text)
    units = sorted(str(path) for path in tmp_path.iterdir() if path.is_file() and "@." not in path.name)

    done = run("systemd-analyze", "verify", "--man=no", *units)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def certificate(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "liaison.example.org")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(datetime.now(UTC)).not_valid_after(datetime.now(UTC) + timedelta(days=1))
    (tmp_path / "fullchain.pem").write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    (tmp_path / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@program("nginx")
@pytest.mark.parametrize("upstream", ["upstream.conf", "upstream.compose.conf"])
def test_nginx_understands_its_files(tmp_path, certificate, upstream):
    site = (DEPLOY / "nginx" / "liaison.conf").read_text().replace("/etc/liaison/tls", str(tmp_path))
    (tmp_path / "site.conf").write_text(site)
    (tmp_path / "upstream.conf").write_text((DEPLOY / "nginx" / upstream).read_text().replace("server web:", "server 127.0.0.1:"))
    main = f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ access_log off; include {tmp_path}/*.conf; }}"
    (tmp_path / "nginx.main").write_text(main)

    done = run("nginx", "-t", "-q", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.main"))

    assert done.returncode == 0, done.stderr


def test_compose_runs_two_of_each_on_one_database_and_one_broker():
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    services = compose["services"]

    assert {name: service["deploy"]["replicas"] for name, service in services.items() if "deploy" in service} == {
        "web": 2,
        "worker-mail": 2,
        "worker-fast": 2,
        "worker-slow": 2,
    }
    commands = {name: service["command"] for name, service in services.items() if name.startswith("worker-")}
    assert {name: command[command.index("-Q") + 1] for name, command in commands.items()} == {
        f"worker-{queue}": queue for queue in QUEUES
    }
    assert "deploy" not in services["beat"]
    for service in services.values():
        for named in service.get("depends_on", {}):
            assert named in services
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in compose["volumes"] or source == "./deploy/tls" or (ROOT / source).exists()


@program("docker")
def test_docker_understands_the_compose_file():
    if run("docker", "compose", "version").returncode != 0:
        pytest.skip("no docker compose on this machine")
    names = re.findall(r"\$\{(\w+):\?\}", (ROOT / "compose.yaml").read_text())
    environment = {**os.environ, **dict.fromkeys(names, "x")}
    done = subprocess.run(["docker", "compose", "config", "-q"], cwd=ROOT, env=environment, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr


@pytest.fixture
def database(tmp_path):
    server = Postgres(tmp_path / "pg", tmp_path / "pg.log", throw_away=True)
    server.start()
    yield server
    server.stop()


def test_a_backup_can_be_restored(tmp_path, database):
    data, target = tmp_path / "data", tmp_path / "backups"
    (data / "files").mkdir(parents=True)
    (data / "files" / "a.pdf").write_text("content")
    database.run("psql", "-d", "portal", "-c", "CREATE TABLE kept AS SELECT '甲' AS x")
    path = f"{database.programs}:{PATH}"
    environment = {"PATH": path, "DATABASE_URL": database.url, "LIAISON_DATA_DIR": str(data)}

    done = subprocess.run([DEPLOY / "backup", target], env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    database.run("createdb", "again")
    assert database.run("pg_restore", "--no-owner", "--dbname=again", done.stdout.strip()).returncode == 0
    assert database.run("psql", "-d", "again", "-tAc", "SELECT x FROM kept").stdout.strip() == "甲"
    archive = next(target.glob("*.files.tar.gz"))
    assert "files/a.pdf" in run("tar", "-tzf", str(archive)).stdout
    assert archive.stat().st_mode & 0o077 == 0


def test_a_backup_shows_nobody_the_password(tmp_path):
    """The arguments of a program can be read by everybody on the machine."""
    programs = tmp_path / "bin"
    programs.mkdir()
    said = tmp_path / "said"
    (programs / "pg_dump").write_text(
        f'#!/bin/sh\necho "$@" > {said}; echo "$PGPASSWORD" >> {said}\n'
        'for each; do case "$each" in --file=*) : > "${each#--file=}";; esac; done\n'
    )
    (programs / "pg_dump").chmod(0o700)
    environment = {
        "PATH": f"{programs}:{PATH}",
        "DATABASE_URL": "postgresql://liaison:p%40ss%2Fw:rd@127.0.0.1:5432/liaison?sslmode=require",
        "LIAISON_DATA_DIR": str(tmp_path / "data"),
    }
    subprocess.run([DEPLOY / "backup", tmp_path / "backups"], env=environment, check=True, capture_output=True)
    arguments, password = said.read_text().splitlines()
    assert "--dbname=postgresql://liaison@127.0.0.1:5432/liaison?sslmode=require" in arguments
    assert (password, "p%40ss" in arguments) == ("p@ss/w:rd", False)


def settings_read():
    return "".join((ROOT / "liaison" / "settings" / name).read_text() for name in ("base.py", "sms.py"))


def test_the_guide_explains_every_setting():
    guide = "".join((ROOT / "docs" / name).read_text() for name in ("deployment.md", "delivery.md"))
    names = set(SETTING.findall(settings_read()))

    assert sorted(name for name in names if f"`{name}`" not in guide) == []


def test_the_example_names_only_settings_that_exist():
    names = set(SETTING.findall(settings_read()))
    example = re.findall(r"^(\w+)=", (DEPLOY / "liaison.env.example").read_text(), re.MULTILINE)

    assert set(example) <= names


def test_no_word_of_a_machine_in_what_is_shipped():
    shipped = [path for path in (*DEPLOY.rglob("*"), *(ROOT / "docs").rglob("*.md"), ROOT / "Makefile") if path.is_file()]

    assert [str(path) for path in shipped if re.search(r"/(tmp|work)/\w", Path(path).read_text())] == []
