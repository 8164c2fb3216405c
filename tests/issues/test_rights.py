"""Who may see what: predicate and queryset agree for the whole cast and every stage (S01)."""

import pytest

from issues.actions.intake import start_draft
from issues.models import Concern, Issue
from issues.permissions import may_view
from issues.readers import readers_of
from issues.search import found_by
from liaison.accounts.models import User
from tests.factories.issues import MONDAY, District, matter, submitted, walk

PATHS = {
    "submitted": [],
    "admitted": ["admit"],
    "dispatched": ["admit", "dispatch"],
    "handling": ["admit", "dispatch", "accept"],
    "answered": ["admit", "dispatch-alone", "accept", "answer", "sign-off"],
    "callback": ["admit", "dispatch-alone", "accept", "answer", "sign-off", "evaluate-badly"],
    "redo": ["admit", "dispatch-alone", "accept", "answer", "sign-off", "evaluate-badly", "call-back-redo"],
}


def who_sees(district: District, issue: Issue) -> set[str]:
    return {name for name in district.people if may_view(Issue.objects.get(pk=issue.pk), district[name])}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_may_view_equals_visible_to(district, path):
    issue = walk(district, submitted(district), *path)

    listed = {name for name in district.people if Issue.objects.visible_to(district[name]).filter(pk=issue.pk).exists()}

    assert listed == who_sees(district, issue)


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_the_page_who_may_see_this_names_exactly_those(district, path):
    issue = walk(district, submitted(district), *path)

    named = {user.username for group in readers_of(issue) for user in group.people}

    assert named == who_sees(district, issue)


def test_administrators_and_strangers_see_nothing(district):
    issue = walk(district, submitted(district), "admit", "dispatch", "accept")

    assert not who_sees(district, issue) & {"admin.system", "admin.security", "admin.audit", "stranger", "firm2", "finance.head"}


@pytest.mark.parametrize(
    ("official", "hidden"),
    [
        ("tax.handler", {"tax.handler"}),
        ("tax.head", {"tax.head", "tax.handler", "tax.liaison"}),
        ("leader1", {"leader1", "tax.head", "tax.handler", "tax.liaison", "env.head", "env.handler", "env.liaison"}),
        ("desk1", {"desk1"}),
    ],
)
def test_a_named_official_and_their_people_do_not_see_it(district, official, hidden):
    issue = walk(district, submitted(district), "admit", "dispatch", "accept")
    before = who_sees(district, issue)
    Concern.objects.create(issue=issue, official=district[official])

    after = who_sees(district, issue)

    assert before - after == hidden & before
    assert "firm1" in after
    for name in hidden:
        assert not Issue.objects.visible_to(district[name]).exists()


def test_officials_named_by_the_firm_are_recognised_at_once(district):
    User.objects.filter(username="desk1").update(name="王建国")
    issue = submitted(district, concerns_text="反映专班王建国推诿")

    assert "desk1" not in who_sees(district, issue)
    assert "desk2" in who_sees(district, issue)


def test_a_sensitive_issue_is_not_found_by_its_firm(district):
    walk(
        district,
        submitted(district, sensitive=True, body="水木阳光需要帮助,四川水木阳光农业有限公司。"),
        "admit",
        "dispatch-alone",
    )

    def found(name: str, text: str) -> int:
        user = district[name]
        return Issue.objects.visible_to(user).filter(found_by(text, user)).count()

    assert [found(name, "四川水木阳光农业有限公司") for name in ("desk1", "firm1", "tax.head", "leader1", "inspect1")] == [
        1,
        1,
        0,
        0,
        0,
    ]
    assert found("tax.head", "帮助") == 1


def test_a_staff_draft_is_its_authors_alone(district):
    start_draft(district.firm, matter(), by=district["desk1"], now=MONDAY, for_firm_by_unit=district.units["desk"])

    assert {name for name in district.people if Issue.objects.visible_to(district[name]).exists()} == {"desk1"}


def test_who_is_above_whom_is_asked_only_where_an_official_is_named(district, django_assert_num_queries):
    """Every recipient of a notice is asked about, while the issue is locked."""
    issue = Issue.objects.prefetch_related("concerns", "orders", "callbacks").get(pk=submitted(district).pk)
    officer = district["desk1"]
    with django_assert_num_queries(2):  # whom the person represents, and their duties
        assert may_view(issue, officer)
