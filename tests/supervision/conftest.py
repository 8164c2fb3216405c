import pytest

from tests.factories.issues import District, make_district


@pytest.fixture
def district(db) -> District:
    return make_district()
