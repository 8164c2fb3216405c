"""manage.py beside a demonstration: it finds the servers and secrets of ``make run``, and only where nobody named others."""

from pathlib import Path

import pytest

from liaison.launch.beside import TOLD, adopt
from liaison.launch.bootstrap import ROOT
from liaison.launch.postgres import Postgres
from liaison.launch.redis import Redis


@pytest.fixture
def var(tmp_path) -> Path:
    """What a run has left behind."""
    Postgres(tmp_path / "postgres", tmp_path / "log")
    assert Redis(tmp_path / "redis", tmp_path / "log").password
    return tmp_path


def test_a_demonstration_lends_its_servers_and_its_secret(var):
    outside = {"LIAISON_VAR": str(var), "LANG": "C.UTF-8"}
    adopt(outside, ROOT)

    assert outside["DATABASE_URL"] == Postgres(var / "postgres", var / "log").url
    assert outside["REDIS_URL"] == Redis(var / "redis", var / "log").url
    assert outside["LIAISON_SECRET_KEY"] == (var / "secret-key").read_text()
    assert (outside["LIAISON_DEMO"], outside["LIAISON_DATA_DIR"], outside["LANG"]) == ("1", str(var / "data"), "C.UTF-8")


@pytest.mark.parametrize("name", [*TOLD, *(f"{name}_FILE" for name in TOLD)])
def test_whoever_names_another_portal_means_it(var, name):
    outside = {"LIAISON_VAR": str(var), name: "x"}
    adopt(outside, ROOT)

    assert outside == {"LIAISON_VAR": str(var), name: "x"}


def test_without_a_demonstration_nothing_is_made(tmp_path):
    outside = {"LIAISON_VAR": str(tmp_path)}
    adopt(outside, ROOT)

    assert outside == {"LIAISON_VAR": str(tmp_path)}
    assert list(tmp_path.iterdir()) == []
