"""Pages of the interface in a real browser."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("path", ["/", "/accessibility/"])
def test_public_page_is_usable_by_everybody(visitor, path):
    assert not (faults := visitor.check(path)), "\n".join(faults)
