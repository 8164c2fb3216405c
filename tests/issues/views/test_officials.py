"""The desk names the officials whom an issue concerns: boxes under their units."""

import pytest

from tests.factories.issues import make_district, submitted

pytestmark = pytest.mark.django_db


def test_officials_stand_under_their_units_with_their_duties(client):
    district = make_district()
    issue = submitted(district, concerns_text="税务局王某")
    client.force_login(district["desk1"])

    page = client.get(f"{issue.get_absolute_url()}officials/").content.decode()

    head = district["tax.head"]
    group = page[page.index(f'aria-label="{head.postings.get().unit}"') :]
    assert f"{head.name} · " in group[: group.index("</div></div>")]
    assert "税务局王某" in page


def test_whom_the_desk_names_does_not_see_it_any_more(client):
    district = make_district()
    issue = submitted(district)
    client.force_login(district["desk1"])

    answer = client.post(f"{issue.get_absolute_url()}officials/", {"officials": ["inspect1", "tax.head"]})

    assert answer.status_code == 302
    client.force_login(district["inspect1"])
    assert client.get(issue.get_absolute_url()).status_code == 404


def test_an_unknown_official_is_refused_beside_the_field(client):
    district = make_district()
    issue = submitted(district)
    client.force_login(district["desk1"])

    answer = client.post(f"{issue.get_absolute_url()}officials/", {"officials": ["nobody"]})

    assert answer.status_code == 400
    assert not issue.concerns.exists()
