"""Addresses and days at the edge of what a database keeps."""

import pytest

from liaison.accounts.models import Duty
from tests.people import official

pytestmark = pytest.mark.django_db


def test_a_name_with_a_nul_is_not_there(client):
    client.force_login(official(Duty.SECURITY_ADMIN), backend="liaison.accounts.backends.SignInBackend")

    assert client.get("/people/a%00b/").status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_record_is_read_until_any_day(client, day):
    client.force_login(official(Duty.AUDIT_ADMIN), backend="liaison.accounts.backends.SignInBackend")

    assert client.get("/audit/", {"last": day}).status_code == 200
    assert client.get("/audit/", {"first": day}).status_code == 200
