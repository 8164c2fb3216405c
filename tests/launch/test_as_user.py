"""An ordinary user starts the portal as root does."""

import pytest

from tests.launch.portal import Portal

pytestmark = [pytest.mark.launch, pytest.mark.slow]


def test_an_ordinary_user_starts_and_stops_the_portal(ordinary_user, open_folder):
    portal = Portal(open_folder / "var", before=ordinary_user, extra={"HOME": str(open_folder)}).start()

    portal.wait_for_page()

    assert portal.stop() == 0
    assert portal.nobody_left()
