"""Loading a slice of the demonstration."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from issues.models import Issue
from liaison.accounts.models import User
from liaison.demo.load import Told, load_demo
from liaison.demo.timeline import ENDS_AT
from tests.demo.snapshot import snapshot

SLICE = {
    "loan-of-the-article",
    "training-subsidy-rejected",
    "power-rationing",
    "named-official",
    "draft-recruit",
    "litigation-refused",
    "breakfast-02",
    "banks-02",
}


def quiet(_words: str) -> None:
    pass


def chosen(told: Told) -> bool:
    return told.key in SLICE


def test_two_loads_are_equal(db):
    with transaction.atomic():
        load_demo(quiet, chosen, now=ENDS_AT)
        first = snapshot()
        transaction.set_rollback(True)
    load_demo(quiet, chosen, now=ENDS_AT)

    assert snapshot() == first


def test_a_second_run_changes_nothing(db):
    load_demo(quiet, lambda told: told.key == "litigation-refused", now=ENDS_AT)
    before = snapshot()

    assert load_demo(quiet, now=ENDS_AT) is False
    assert snapshot() == before


def test_nothing_is_loaded_outside_a_demonstration(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("demo_data", stdout=StringIO())
    assert not User.objects.exists()


def test_a_load_that_breaks_leaves_nothing(db):
    def breaks(_told: Told) -> bool:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        load_demo(quiet, breaks, now=ENDS_AT)
    assert not User.objects.exists()
    assert not Issue.objects.exists()
