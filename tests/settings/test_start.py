"""An unsafe or missing value refuses to start, in a process of its own (R22)."""

import json
import os
import subprocess
import sys

import pytest

SAFE = {
    "DJANGO_SETTINGS_MODULE": "liaison.settings.base",
    "LIAISON_SECRET_KEY": "k3Y-9wQz7LmN2pRs5TuV8xYb1CdE4fGh6JiKoAqWsXeDcRfVtGb",
    "LIAISON_ALLOWED_HOSTS": "portal.example.cn",
    "LIAISON_PORTAL_URL": "https://portal.example.cn",
    "LIAISON_MAIL_FROM": "portal@example.cn",
    "LIAISON_MAIL_HOST": "mail.example.cn",
    "LIAISON_STAFF_SECOND_FACTOR": "1",
    "DATABASE_URL": "postgresql://portal:secret@db.example.cn/portal",
    "REDIS_URL": "rediss://:secret@redis.example.cn/0",
}


def start(tmp_path, *command, given="", **changes):
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "PYTHONPATH"}}
    wanted = kept | SAFE | {"LIAISON_DATA_DIR": str(tmp_path)} | changes
    environment = {name: value for name, value in wanted.items() if value is not None}
    command = command or ("-c", "import liaison.settings.base")
    return subprocess.run([sys.executable, *command], env=environment, input=given, capture_output=True, text=True, check=False)


CASES = [
    ("LIAISON_DEBUG", "1"),
    ("LIAISON_DEBUG", "maybe"),
    ("LIAISON_DEMO", "perhaps"),
    ("LIAISON_SECRET_KEY", None),
    ("LIAISON_SECRET_KEY", "short"),
    ("LIAISON_SECRET_KEY", "a" * 60),
    ("LIAISON_SECRET_KEY", "django-insecure-" + "k3Y-9wQz7LmN2pRs5TuV8xYb1CdE4fGh6JiKoAqWsXeDc"),
    ("LIAISON_ALLOWED_HOSTS", None),
    ("LIAISON_ALLOWED_HOSTS", "*"),
    ("LIAISON_ALLOWED_HOSTS", ""),
    ("LIAISON_ALLOWED_HOSTS", "other.example.cn"),
    ("LIAISON_PORTAL_URL", None),
    ("LIAISON_PORTAL_URL", "http://portal.example.cn"),
    ("LIAISON_DATA_DIR", None),
    ("LIAISON_MAIL_HOST", None),
    ("LIAISON_MAIL_FROM", None),
    ("LIAISON_MAIL_PORT", "99999"),
    ("DATABASE_URL", None),
    ("DATABASE_URL", "sqlite:///db"),
    ("REDIS_URL", None),
    ("REDIS_URL", "redis://redis.example.cn/0"),
    ("REDIS_URL", "memory://"),
    ("LIAISON_PROXIES", "-1"),
    ("LIAISON_SIGN_IN_FAILURES", "0"),
    ("LIAISON_SESSION_IDLE", "never"),
]
TRY_ALL = """
import importlib, json, os, sys
for changes in json.load(sys.stdin):
    safe = dict(os.environ)
    for name, value in changes.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})
    try:
        importlib.import_module("liaison.settings.base")
        print("started")
    except Exception as error:
        print(type(error).__name__, str(error).replace("\\n", " "))
    sys.modules.pop("liaison.settings.base", None)
    os.environ.clear()
    os.environ.update(safe)
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """One process tries all of them: a failed import leaves nothing behind."""
    done = start(tmp_path_factory.mktemp("data"), "-c", TRY_ALL, given=json.dumps([{name: value} for name, value in CASES]))
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{name}={value}"[:60] for name, value in CASES])
def test_an_unsafe_or_missing_value_is_refused_by_name(answers, number):
    """R22."""
    name, answer = CASES[number][0], answers[number]
    assert answer.startswith("ImproperlyConfigured ")
    assert name in answer


def test_attachments_that_others_can_read_are_refused(tmp_path):
    """R22."""
    (tmp_path / "files").mkdir(mode=0o755)
    (tmp_path / "files").chmod(0o755)
    assert "chmod" in start(tmp_path).stderr


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text(SAFE["LIAISON_SECRET_KEY"] + "\n", encoding="utf-8")
    done = start(tmp_path, LIAISON_SECRET_KEY=None, LIAISON_SECRET_KEY_FILE=str(tmp_path / "key"))
    assert done.returncode == 0, done.stderr


def test_safe_settings_pass_check_deploy_without_a_warning(tmp_path):
    """R22. (The database is the tests' own: one of the checks looks into it.)"""
    done = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", DATABASE_URL=os.environ["DATABASE_URL"])
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_production_hashes_with_argon2_and_asks_for_two_factors(tmp_path):
    wanted = "s.PASSWORD_HASHERS[0].rsplit('.')[-1], s.STAFF_SECOND_FACTOR, s.SESSION_COOKIE_NAME"
    question = f"from liaison.settings import base as s; print({wanted})"
    done = start(tmp_path, "-c", question, LIAISON_STAFF_SECOND_FACTOR=None)
    assert done.stdout.split() == ["Argon2PasswordHasher", "True", "__Host-session"]
