"""S15: names are what strangers type; what is kept can be shown, stored and saved anywhere."""

import unicodedata

import pytest
from django.utils.http import content_disposition_header
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.files.names import LONGEST, clean_name, extension_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("营业执照.pdf", "营业执照.pdf"),
        ("C:\\fakepath\\账.PDF", "账.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\r\nSet-Cookie: x.txt", "a Set-Cookie_ x.txt"),
        ("photo\u202egpj.exe.pdf", "photogpj_exe.pdf"),
        ("invoice.exe.pdf", "invoice_exe.pdf"),
        ("报告.v1.2.pdf", "报告.v1.2.pdf"),
        ("page.html.txt", "page_html.txt"),
        ("e\u0301.txt", "é.txt"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("  two   spaces .txt", "two spaces.txt"),
        ("NUL.txt", "_NUL.txt"),
        ("\ufeff.pdf", "file.pdf"),
        (".txt", "file.txt"),
        ("", "file"),
        ("e\u200b\u0301.txt", "é.txt"),
        ("x.pdf.", "x.pdf"),
        ("...", "file"),
        ("\u2028\u2029", "file"),
        ("字" * 300 + ".pdf", "字" * (LONGEST - 5) + ".pdf"),
    ],
)
def test_name_is_cleaned(typed, kept):
    assert clean_name(typed) == kept


@settings(max_examples=1000)
@given(st.text(st.sampled_from(". _/\\:con1é\u0301\u200b\u202e字𠮷İＡ") | st.characters(), max_size=400))
def test_any_name_is_safe_afterwards(typed):
    name = clean_name(typed)

    assert 0 < len(name) <= LONGEST
    assert not set(name) & set('/\\<>:"|?*\r\n\0')
    assert not [sign for sign in name if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert clean_name(name) == name
    assert extension_of(name) == extension_of(name).lower()
    content_disposition_header(as_attachment=True, filename=name).encode("ascii")
    name.encode()
