"""What the components make of what they are given."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils.timezone import make_aware
from django.utils.translation import override

from liaison.ui.moments import words_of
from tests.markup import faults_of

AT = make_aware(datetime(2026, 11, 24, 17, 30))


def shown(source, path="/", **context):
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=False)
    return Template("{% load ui %}" + source).render(RequestContext(request, context))


@pytest.mark.parametrize(
    ("moment", "form", "chinese", "english"),
    [
        (AT, "full", "2026年11月24日(周二) 17:30", "Tue 24 Nov 2026, 17:30"),
        (AT, "day", "2026年11月24日(周二)", "Tue 24 Nov 2026"),
        (AT, "list", "11-24 17:30", "11-24 17:30"),
        (AT, "short", "11月24日 17:30", "24 Nov 17:30"),
        (date(2026, 11, 24), "full", "2026年11月24日(周二)", "Tue 24 Nov 2026"),
        (date(2025, 1, 2), "list", "2025-01-02", "2025-01-02"),
        (date(2025, 1, 2), "short", "2025年1月2日(周四)", "Thu 2 Jan 2025"),
    ],
)
def test_moments_are_written_as_the_office_writes_them(moment, form, chinese, english, time_machine):
    time_machine.move_to(AT)
    with override("zh-hans"):
        assert words_of(moment, form) == chinese
    with override("en"):
        assert words_of(moment, form) == english


def test_moment_is_readable_by_machines():
    assert shown("{{ at|when }}", at=AT).startswith('<time datetime="2026-11-24T17:30:00+08:00">')
    assert shown("{{ at|when:'day' }}", at=date(2026, 11, 24)).startswith('<time datetime="2026-11-24">')
    assert shown("{{ at|when }}", at=None) == "–"


@pytest.mark.parametrize(("value", "words"), [(0, "0"), (99, "99"), (100, "99+"), (None, "")])
def test_count_is_capped(value, words):
    assert shown("{{ n|capped }}", n=value) == words


def test_figures_have_thousands_apart():
    assert shown("{{ n|number }}", n=1234567) == "1,234,567"


@pytest.mark.parametrize(
    ("colour", "shape", "word"), [("blue", "●", "蓝·提示"), ("yellow", "▲", "黄·预警"), ("red", "■", "红·超期")]
)
def test_light_is_a_shape_and_a_word(colour, shape, word):
    text = shown("{% light colour '剩 2 个工作日' at %}", colour=colour, at=AT)

    assert shape in text
    assert word in text
    assert "剩 2 个工作日" in text
    assert "前" in text


def test_no_light_shows_nothing():
    assert shown("{% light '' %}") == ""


@pytest.mark.parametrize(
    "source",
    [
        "{% panel title=evil %}{{ evil }}{% endpanel %}",
        "{% notice title=evil %}{{ evil }}{% endnotice %}",
        "{% empty title=evil %}{{ evil }}{% endempty %}",
        "{% facts %}{% fact evil url=evil %}{{ evil }}{% endfact %}{% endfacts %}",
        "{% table caption=evil %}<tbody><tr>{% cell evil %}{{ evil }}{% endcell %}</tr></tbody>{% endtable %}",
        "{% timeline %}{% moment at=at title=evil who=evil %}{{ evil }}{% endmoment %}{% endtimeline %}",
        "{% badge evil %}{% light 'red' evil %}{% back_link evil evil %}",
        "{% summary_list rows %}",
    ],
)
def test_no_component_lets_markup_through(source):
    text = shown(source, evil="<script>\"'", at=AT, rows=[("<script>", "<script>", "<script>", "<script>")])

    assert "<script" not in text
    assert "&lt;script" in text


def test_markup_of_a_timeline_entry_stays_markup():
    text = shown("{% timeline %}{% moment at=at title='受理' %} <p>分类</p> {% endmoment %}{% endtimeline %}", at=AT)

    assert "<p>分类</p>" in text


def test_panel_counts_and_leads_to_all():
    text = shown("{% panel title='待受理' count=120 url='/issues/' %}{% endpanel %}")

    assert "99+" in text
    assert '<a class="panel-link" href="/issues/">查看全部</a>' in text


def test_summary_list_shows_nought_and_names_what_is_missing():
    text = shown("{% summary_list rows %}", rows=[("附件", 0), ("电话", "", "/change/")])

    assert "<dd>0</dd>" in text
    assert "未填写" in text
    assert 'href="/change/">更改<span class="visually-hidden"> 电话</span>' in text


def test_pager_keeps_the_filters():
    text = shown("{% pager page %}", path="/issues/?q=灯&before=x", page=SimpleNamespace(before="b", after="a"))

    assert 'rel="next" href="?q=%E7%81%AF&amp;after=a"' in text
    assert 'rel="prev" href="?q=%E7%81%AF&amp;before=b"' in text


def test_filters_can_be_cleared_once_they_are_used():
    assert "清除" not in shown("{% filters %}{% endfilters %}", path="/issues/")
    assert '<a class="btn btn-link" href="/issues/">清除</a>' in shown("{% filters %}{% endfilters %}", path="/issues/?q=1")


def test_address_of_a_page_that_is_not_installed_is_empty():
    assert shown("{% page_url 'home' as url %}{{ url }}") == "/"
    assert shown("{% page_url 'policies:list' as url %}{{ url }}") == ""


def test_markup_check_finds_what_is_wrong():
    page = '<main data-page="x"><h1>1</h1><h3 id="a" style="x">3</h3><p id="a"><a href="#b">b</p></main><title>t</title>'

    assert len(faults_of(page)) == 5


def test_frame_needs_no_request():
    text = Template("{% load ui %}{% main_navigation %}{% standing_strip %}").render(Context())

    assert 'href="/"' in text
