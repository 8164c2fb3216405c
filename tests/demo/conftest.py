"""The demonstration, loaded once for all tests that only look at it."""

import pytest
from django.db import transaction

from liaison.demo.load import load_demo


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """All of it, in a transaction that is rolled back when the module is done."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            load_demo(lambda _words: None)
            yield
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
