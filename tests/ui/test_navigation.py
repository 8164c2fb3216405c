"""Who sees which page in the header, and the seams through which apps add theirs."""

import pytest
from django.test import RequestFactory

from liaison.ui import home, navigation
from liaison.ui.navigation import Link, Place, Standing
from tests.factories.enterprises import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_registries(monkeypatch):
    monkeypatch.setattr(navigation, "_links", [])
    monkeypatch.setattr(navigation, "_standings", [])
    monkeypatch.setattr(home, "_sources", [])


def request_of(path="/", user=None):
    request = RequestFactory().get(path)
    request.user = user
    return request


def urls(request, place=Place.MAIN):
    return [link.url for link in navigation.links_for(request, place)]


def test_visitor_sees_public_pages_only():
    navigation.register(Link("首页", "home", public=True), Link("语言", "set_language"))

    assert urls(request_of()) == ["/"]
    assert urls(request_of(user=PersonFactory())) == ["/", "/i18n/setlang/"]


def test_page_is_shown_by_right():
    navigation.register(Link("首页", "home", shown=lambda _user, hats: hats.is_staff))

    assert urls(request_of(user=PersonFactory())) == []


def test_page_that_does_not_exist_is_left_out():
    navigation.register(Link("政策", "policies:list", public=True))

    assert urls(request_of()) == []


def test_same_page_stands_once_and_order_is_kept():
    late, early = Link("乙", "accessibility", order=9, public=True), Link("甲", "home", order=1, public=True)
    navigation.register(late, early)
    navigation.register(late)

    assert urls(request_of()) == ["/", "/accessibility/"]


@pytest.mark.parametrize(
    ("path", "here"), [("/accessibility/", ["", "page"]), ("/accessibility/more/", ["", "true"]), ("/", ["page", ""])]
)
def test_page_one_is_on_is_marked(path, here):
    navigation.register(Link("甲", "home", order=1, public=True), Link("乙", "accessibility", order=2, public=True))

    assert [link.here for link in navigation.links_for(request_of(path), Place.MAIN)] == here


def test_count_is_asked_for_people_only():
    navigation.register(Link("消息", "home", public=True, count=lambda _user: 120))

    assert [link.count for link in navigation.links_for(request_of(), Place.MAIN)] == [0]
    assert [link.count for link in navigation.links_for(request_of(user=PersonFactory()), Place.MAIN)] == [120]


def test_standing_says_for_whom_one_acts(client):
    navigation.register_standing(lambda request: Standing(f"代表 {request.user}的企业", "/mine/", "切换"))
    client.force_login(PersonFactory(name="王小明"))

    assert "代表 王小明的企业" in client.get("/").text


def test_cards_of_all_apps_stand_in_their_order(client):
    entry = home.Entry("路灯坏了", "/issues/2022-36/", light="red", remaining="超期 1 个工作日")
    home.register(lambda _user: [home.Card("乙", order=2, empty="没有")])
    home.register(lambda _user: [home.Card("甲", [entry], 1, "/issues/", order=1)])
    client.force_login(PersonFactory())

    text = client.get("/").text

    assert text.index("甲") < text.index("路灯坏了") < text.index("乙") < text.index("没有")


def test_frame_costs_few_queries(client, django_assert_max_num_queries):
    client.force_login(PersonFactory())
    client.get("/")

    with django_assert_max_num_queries(6):
        client.get("/")
