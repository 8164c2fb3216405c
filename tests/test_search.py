"""Search by pairs of neighbours, on the real server."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enterprises.models import Enterprise
from liaison.search import is_searchable, query, tokens
from tests.factories.enterprises import EnterpriseFactory


def test_tokens_are_pairs_and_whole_words():
    assert tokens("A股上市 ISO9001") == "'a':1 '股上':2 '上市':3 '市':4 'iso9001':5"


def test_texts_stand_apart():
    assert tokens("贷款", "利率") == "'贷款':1 '款':2 '利率':4 '率':5"


FOUND = [
    ("自贡市虹旭金属有限责任公司", "虹旭"),
    ("自贡市虹旭金属有限责任公司", "虹旭金属"),
    ("自贡市虹旭金属有限责任公司", "公"),
    ("自贡市虹旭金属有限责任公司", "司"),
    ("自贡市虹旭金属有限责任公司", "金属 自贡"),
    ("𠮷野家餐饮", "𠮷野"),
    ("𠮷野家餐饮", "𠮷"),
    ("沿企诉〔2022〕36号", "沿企诉〔2022〕36号"),
    ("沿企诉〔2022〕36号", "2022"),
    ("ＡＢＣ公司１２３", "abc公司123"),
    ("股 x", "股"),
    ('O\'Neil \\ "quoted" 公司', "o'neil"),
    ("Düsseldorf Straße", "düsseldorf"),
    ("贷款,利率", "贷款,利率"),
    ("用A股融资", "A股融"),
]
MISSED = [
    ("贷款。利率", "款利"),
    ("自贡市虹旭金属", "金旭"),
    ("贷款 利率", "贷款利率"),
    ("iso9001", "iso"),
    ("公司", ""),
    ("公司", "'&|!()"),
]


def _finds(text, typed):
    EnterpriseFactory(name=text)
    return Enterprise.objects.matching(typed).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "typed"), FOUND)
def test_finds(text, typed):
    assert _finds(text, typed)


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "typed"), MISSED)
def test_does_not_find(text, typed):
    assert not _finds(text, typed)


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60))
def test_any_text_finds_itself_and_breaks_nothing(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [tokens(text), query(text).get_source_expressions()[-1].value])
        assert cursor.fetchone()[0] == is_searchable(text)


@pytest.mark.django_db
def test_two_characters_go_through_the_index():
    EnterpriseFactory.create_batch(3)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "enterprise_search" in Enterprise.objects.matching("虹旭").order_by().explain()


def test_a_long_text_is_bounded():
    assert all(int(part.rsplit(":", 1)[1]) <= 16383 for part in tokens("企业" * 20_000).split()[-3:])
