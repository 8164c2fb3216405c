"""What was taken away becomes issues; the chain is read in both directions; what is published."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from events.actions.answering import Guest, accept_invitation
from events.actions.points import change_point, give_consent
from events.actions.promises import JoinedElsewhere, Promise, take_up
from events.chain import last_of_series, lines_of, promises_of_last
from events.merging import Part
from events.models import Consent, Occasion, OccasionEvent, Point
from events.publication import published as public_text
from issues.actions.intake import DailyCapReached, FirmNotOpen, start_draft, submit_issue
from issues.models import Category, Issue
from issues.related import related_to
from liaison.accounts.models import Duty, Posting
from liaison.workflow import NotYourStep
from tests.factories.events import STARTS, invited, planned, published
from tests.factories.issues import MONDAY, matter, submitted
from tests.factories.record import AFTERWARDS, approved, held, invitation, raised, said

LATER = AFTERWARDS + timedelta(minutes=5)


def promise(point: Point, **changes) -> Promise:
    return Promise(**{"point": point, "title": "续贷", "category": Category.objects.get(code="01"), "nature": "help", **changes})


def taken_up(district, point: Point, by: str = "desk1", **changes) -> Issue:
    values = {"lead_unit": district.units["tax"], "co_units": [district.units["env"]], **changes}
    return take_up(point.occasion, by=district[by], now=LATER, promises=[promise(point, **values)])[0]


def entered_in(district, **changes) -> Issue:
    """An issue that the desk took down while the meeting ran."""
    now, by = STARTS + timedelta(minutes=20), district["desk1"]
    about, desk = matter(channel="breakfast", **changes), district.units["desk"]
    return submit_issue(start_draft(district.firm, about, by=by, now=now, for_firm_by_unit=desk), by=by, now=now)


def test_a_point_is_joined_to_the_issue_that_was_entered_in_the_meeting(district):
    point = raised(district, held(district))
    entered = entered_in(district, title="续贷")

    joined = take_up(point.occasion, by=district["desk1"], now=LATER, promises=[promise(point, existing=entered)])

    point.refresh_from_db()
    assert (joined, point.issue, Issue.objects.count()) == ([entered], entered, 1)


def test_an_issue_is_joined_to_one_point_and_only_of_its_firm(district):
    occasion = held(district)
    first, second = raised(district, occasion), raised(district, occasion)
    entered = entered_in(district)
    by_web = submitted(district, now=STARTS + timedelta(minutes=20), title="网上提交")
    take_up(occasion, by=district["desk1"], now=LATER, promises=[promise(first, existing=entered)])

    for other in (entered, by_web):
        with pytest.raises(JoinedElsewhere):
            take_up(occasion, by=district["desk1"], now=LATER, promises=[promise(second, existing=other)])


@time_machine.travel(LATER, tick=False)
def test_the_page_offers_what_was_entered_and_asks_nothing_more(district):
    point = raised(district, held(district))
    entered = entered_in(district)
    client = Client()
    client.force_login(district["desk1"], backend="liaison.accounts.backends.SignInBackend")

    answer = client.post(
        reverse("events:promises", args=[point.occasion.slug]), {"p1-include": "on", "p1-existing": entered.number}
    )

    point.refresh_from_db()
    assert (answer.status_code, point.issue) == (302, entered)


def both_duties(district):
    """Somebody of the desk who manages meetings as well."""
    Posting.objects.create(user=district["desk2"], unit=district.units["desk"], duty=Duty.EVENT_STAFF, from_on=MONDAY.date())
    return district["desk2"]


def test_the_desk_makes_issues_that_are_with_their_units_at_once(district):
    point = raised(district, held(district))

    issue = taken_up(district, point)

    point.refresh_from_db()
    assert point.issue == issue
    assert (issue.stage, issue.channel, issue.enterprise, issue.lead_unit) == (
        "dispatched",
        "breakfast",
        district.firm,
        district.units["tax"],
    )
    assert sorted(issue.orders.values_list("unit__code", "role")) == [("env", "co"), ("tax", "lead")]
    assert issue.orders.get(role="lead").limit_amount == 7
    assert issue.body.startswith("希望协调银行办理续贷。")


def test_event_staff_put_them_into_the_desks_pool(district):
    point = raised(district, held(district, kind="symposium", series=None))

    issue = taken_up(district, point, by="events1")

    assert (issue.stage, issue.channel, issue.entered_by_unit) == ("submitted", "meeting", district.units["desk"])


def test_nobody_else_takes_up(district):
    with pytest.raises(NotYourStep):
        taken_up(district, raised(district, held(district)), by="tax.head")


def test_taken_up_twice_it_is_one_issue(district):
    point = raised(district, held(district))

    first, again = taken_up(district, point), taken_up(district, point)

    assert first == again
    assert Issue.objects.count() == 1


def test_all_or_none(district):
    occasion = held(district)
    one = raised(district, occasion)
    two = raised(district, occasion, enterprise=district.other_firm)
    type(district.firm).objects.filter(pk=district.other_firm.pk).update(status="suspended")

    with pytest.raises(FirmNotOpen):
        take_up(occasion, by=district["events1"], now=LATER, promises=[promise(one), promise(two)])

    assert Issue.objects.count() == 0


def test_a_promise_is_not_held_back_by_what_the_firm_sent_itself(district, monkeypatch):
    monkeypatch.setattr("issues.actions.intake._sent_on", lambda *_each: 1000)

    with pytest.raises(DailyCapReached):
        submitted(district, now=LATER)
    assert taken_up(district, raised(district, held(district)), by="events1").stage == "submitted"


def test_what_has_become_an_issue_stays_taken_away(district):
    point = raised(district, held(district))
    taken_up(district, point)

    changed = change_point(point, by=district["events1"], now=LATER, said=said(district, kind="suggestion", text="改过的"))

    assert (changed.kind, changed.text) == ("taken", "改过的")


@time_machine.travel(LATER, tick=False)
def test_one_page_confirms_all(district, client):
    occasion = held(district)
    raised(district, occasion)
    raised(district, occasion, text="第二件事")
    raised(district, occasion, kind="suggestion")
    client.force_login(both_duties(district))
    page = reverse("events:promises", args=[occasion.slug])
    form = {
        f"p{n}-{name}": value
        for n in (1, 2)
        for name, value in {"include": "on", "title": f"事{n}", "category": "01", "nature": "help", "urgency": "normal"}.items()
    }
    units = {"p1-lead_unit": "tax", "p2-lead_unit": "env", "p2-co_units": ["tax"], "p2-limit": 5}

    assert client.get(page).status_code == 200
    assert client.post(page, form).status_code == 400
    assert client.post(page, {}).status_code == 400
    codes = [client.post(page, {**form, **units}).status_code for _n in range(2)]

    assert codes == [302, 302]
    found = Issue.objects.order_by("pk").values_list("title", "stage", "lead_unit__code")
    assert list(found) == [("事1", "dispatched", "tax"), ("事2", "dispatched", "env")]
    assert Issue.objects.get(title="事2").orders.get(role="lead").limit_amount == 5


# --- the chain ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "number", "link"),
    [
        ("desk1", True, True),
        ("tax.handler", True, True),
        ("firm1", True, True),
        ("events1", True, False),
        ("leader.main", True, True),
    ],
)
def test_from_the_point_to_the_issue(district, client, who, number, link):
    point = raised(district, held(district))
    issue = taken_up(district, point)
    client.force_login(district[who])

    with time_machine.travel(LATER, tick=False):
        page = client.get(reverse("events:points", args=[point.occasion.slug])).text

    assert (issue.number in page, f'href="{issue.get_absolute_url()}"' in page) == (number, link)


def test_of_a_sensitive_issue_nobody_learns_who_may_not_read_it(district):
    point = raised(district, held(district))
    issue = taken_up(district, point)
    Issue.objects.filter(pk=issue.pk).update(sensitive=True)
    points = Point.objects.filter(pk=point.pk).with_all()

    assert lines_of(points, district["events1"], LATER, whole=True)[0].number == ""
    assert lines_of(points, district["firm1"], LATER, whole=False)[0].number == issue.number


def test_from_the_issue_to_the_point(district, client):
    point = raised(district, held(district))
    issue = taken_up(district, point)
    client.force_login(district["tax.head"])

    with time_machine.travel(LATER, tick=False):
        page = client.get(issue.get_absolute_url()).text

    assert f'href="{point.get_absolute_url()}"' in page
    assert [bool(each.url) for each in related_to(issue, district["firm1"])] == [True]
    assert [bool(each.url) for each in related_to(issue, district["stranger"])] == [False]
    assert related_to(submitted(district), district["firm1"]) == []


def test_the_next_one_opens_with_what_was_promised(district, client):
    issue = taken_up(district, raised(district, held(district)))
    coming = published(
        district,
        now=LATER,
        starts_at=STARTS + timedelta(days=30),
        ends_at=STARTS + timedelta(days=31),
        reply_by=STARTS + timedelta(days=20),
    )

    last = promises_of_last(coming, district["leader.main"], LATER)
    assert last is not None
    assert [line.number for line in last[1]] == [issue.number]
    client.force_login(district["events1"])
    with time_machine.travel(LATER, tick=False):
        assert issue.number in client.get(coming.get_absolute_url()).text
        assert issue.number in client.get(reverse("events:agenda", args=[coming.slug])).text
    client.force_login(district["tax.head"])
    with time_machine.travel(LATER, tick=False):
        assert issue.number not in client.get(coming.get_absolute_url()).text


def test_the_first_of_a_series_has_no_last(district):
    assert last_of_series(planned(district)) is None
    assert promises_of_last(planned(district, series=None), district["events1"], MONDAY) is None


# --- publication --------------------------------------------------------------------------------------
def published_minutes(district) -> Occasion:
    occasion = held(district)
    point = raised(district, occasion)
    text = f"{district.firm.name}孙辉提出续贷。"
    approved(district, occasion, Part(f"p{point.pk}", text, publish=True), Part("f00000001", "内部安排"))
    return Occasion.objects.get(pk=occasion.pk)


def test_a_firm_is_named_only_with_its_consent_and_only_as_long(district):
    occasion = published_minutes(district)
    row = invitation(occasion)
    page = reverse("events:published", args=[occasion.slug])
    texts = []

    texts.append(Client().get(page).text)
    give_consent(row, by=None, now=LATER, given=True)
    texts.append(Client().get(page).text)
    give_consent(row, by=None, now=LATER, given=False)
    texts.append(Client().get(page).text)

    assert [(district.firm.name in text, "孙辉" in text, "内部安排" in text) for text in texts] == [
        (False, False, False),
        (True, True, False),
        (False, False, False),
    ]


def test_nothing_is_public_before_approval(district):
    occasion = held(district)
    raised(district, occasion)

    assert Client().get(reverse("events:published", args=[occasion.slug])).status_code == 404
    assert public_text(occasion) == []


def test_a_firm_that_is_only_named_in_anothers_paragraph_is_hidden_too(district):
    occasion = held(district)
    approved(district, occasion, Part("f00000001", f"与{district.firm.name}对接。", publish=True))

    assert district.firm.name not in public_text(occasion)[0].text


@time_machine.travel(LATER, tick=False)
def test_consent_is_given_by_link_and_by_representatives(district, client):
    occasion = published_minutes(district)
    page = reverse("invitation-record", args=[invitation(occasion).token])

    assert Client().get(page).status_code == 200
    assert Client().post(page, {"act": "consent"}).status_code == 302
    assert (Consent.objects.get().given, Consent.objects.get().by) == (True, None)
    client.force_login(district["firm1"])
    assert [client.post(page, {"act": "no-consent"}).status_code for _n in range(2)] == [302, 302]
    assert (Consent.objects.get().given, Consent.objects.get().by) == (False, district["firm1"])
    assert OccasionEvent.objects.filter(kind="no-consent").count() == 1
    assert client.post(page, {"act": "x"}).status_code == 400


def test_who_was_not_there_is_not_asked(district):
    occasion = published(district)
    row = invited(district, occasion)[0]

    with time_machine.travel(MONDAY, tick=False):
        assert Client().post(reverse("invitation-record", args=[row.token]), {"act": "consent"}).status_code == 404
        accept_invitation(row, by=None, now=MONDAY, guest=Guest("孙辉"))
        assert Client().post(reverse("invitation-record", args=[row.token]), {"act": "consent"}).status_code == 404
