"""The demonstration, loaded once for all tests that only look at it."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from issues.models import Category
from liaison.demo.load import load_demo
from liaison.demo.timeline import ENDS_AT


def add_categories() -> None:
    """The categories of the migration; a test that really commits ends with empty tables, these among them."""
    with (Path(settings.BASE_DIR) / "issues" / "data" / "categories.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            names = {"name": row["name_zh"], "name_en": row["name_en"], "examples": row["examples_zh"]}
            Category.objects.get_or_create(code=row["code"], defaults=names)


@pytest.fixture(autouse=True)
def categories(request):
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        add_categories()


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """All of it, in a transaction that is rolled back when the module is done."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            add_categories()
            load_demo(lambda _words: None, now=ENDS_AT)
            yield
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
