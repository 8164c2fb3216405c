"""The start page, the refusals, and the frame around every page."""

import pytest

pytestmark = pytest.mark.django_db


def test_start_page_is_public(client):
    response = client.get("/")

    assert response.status_code == 200
    assert 'data-page="home-start"' in response.text
