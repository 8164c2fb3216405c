"""Pages and components in a real browser: nothing to find for axe, nothing wider than a phone, in both languages."""

import pytest

from tests.factories.enterprises import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.ui.gallery")]


@pytest.mark.parametrize("path", ["/", "/accessibility/", "/nowhere/"])
def test_public_page_is_usable_by_everybody(visitor, path):
    assert not (faults := visitor.check(path)), "\n".join(faults)


@pytest.mark.parametrize("path", ["/gallery/", "/gallery/?wrong=1"])
def test_every_component_is_usable_by_everybody(visitor, path):
    faults = visitor.check(path, name=f"gallery{'-wrong' * ('wrong' in path)}")

    assert not faults, "\n".join(faults)


def test_work_page_is_usable_by_everybody(visitor):
    visitor.sign_in(PersonFactory(name="王小明"))

    assert not (faults := visitor.check("/", name="work")), "\n".join(faults)
