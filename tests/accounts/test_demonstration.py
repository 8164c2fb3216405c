"""Accounts of the demonstration never serve in production (R22)."""

import pytest
from django.db import OperationalError

from liaison.accounts import demonstration
from liaison.accounts.demonstration import PASSWORD, check_demonstration_accounts, refuse_demonstration_accounts
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _production(settings, monkeypatch):
    settings.DEMO = False
    monkeypatch.setattr(demonstration.connections, "close_all", lambda: None)  # the test's own connection stays


def test_the_start_is_refused_with_one_sentence(capsys):
    person("desk1", password=PASSWORD)
    with pytest.raises(SystemExit):
        refuse_demonstration_accounts()
    assert "desk1" in capsys.readouterr().err
    assert [error.id for error in check_demonstration_accounts()] == ["liaison.E001"]


@pytest.mark.parametrize(
    "fields",
    [
        {"username": "desk1"},
        {"username": "li", "password": PASSWORD},
        {"username": "desk1", "password": PASSWORD, "is_active": False},
    ],
)
def test_a_harmless_account_does_not_hinder(fields):
    person(**fields)
    refuse_demonstration_accounts()
    assert check_demonstration_accounts() == []


def test_the_demonstration_itself_starts(settings):
    settings.DEMO = True
    person("desk1", password=PASSWORD)
    refuse_demonstration_accounts()


def test_a_database_that_is_away_does_not_end_the_process(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(demonstration, "account_left", away)
    refuse_demonstration_accounts()
