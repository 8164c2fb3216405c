"""The figures and their lists in a real browser: 360 and 1280 px, both languages, axe."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.events.test_figures import at_door, held
from tests.events.test_figures_said import closed, promised
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.issues import District, make_district

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def district(transactional_db) -> District:
    """Two breakfasts and a briefing; a promise that was kept, one that was not; somebody stayed away."""
    d, now = make_district(), timezone.now()
    first, second = (now - timedelta(days=days) for days in (60, 30))
    breakfast = held(d, first, d.firm, *(EnterpriseFactory() for _ in range(4)), leaders=[d["leader1"]])
    at_door(d, breakfast, d.firm)
    held(d, second, d.firm)
    held(
        d, now - timedelta(days=20), EnterpriseFactory(), series=None, kind="briefing", action="help", title="宣讲", booklets=236
    )
    closed(d, promised(d, breakfast), second - timedelta(days=1))
    promised(d, breakfast)
    promised(d, breakfast, kind="answered")
    return d


def test_the_figures_and_their_lists(visitor, district):
    visitor.sign_in(district["events1"])
    pages = {"": "figures", "&show=points": "points", "&show=no_shows": "no-shows", "&show=booklets": "booklets"}

    faults = [
        fault for asked, name in pages.items() for fault in visitor.check(f"/events/figures/?year={asked}", name=f"fig-{name}")
    ]

    assert not faults, "\n".join(faults)
