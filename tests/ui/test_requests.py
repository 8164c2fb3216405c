"""Whatever charset a sender names, a request is read as UTF-8, or refused."""

import io

import pytest
from django.core.exceptions import BadRequest

from liaison.ui.requests import Utf8Request
from liaison.wsgi import application

STRANGE = ("base64", "idna", "punycode", "undefined", "unicode_escape", "utf-16", '"utf-7"', "gbk", "nonsense")


def request(content_type: str, *, method: str = "GET", body: bytes = b"") -> Utf8Request:
    environ = {
        "REQUEST_METHOD": method,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "QUERY_STRING": "q=%41%E4%BC%81",
        "wsgi.input": io.BytesIO(body),
    }
    return Utf8Request(environ)


def test_the_web_server_uses_it():
    assert application.request_class is Utf8Request


@pytest.mark.parametrize("name", ["charset", "charset*", "Charset "])
@pytest.mark.parametrize("charset", STRANGE)
def test_an_address_is_read_as_utf_8(charset, name):
    assert request(f"text/plain; {name}={charset}").GET["q"] == "A企"


@pytest.mark.parametrize("charset", STRANGE)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_form_in_another_charset_is_a_bad_request(charset, kind):
    asked = request(f"{kind}; charset={charset}", method="POST", body=b"text=a%41")

    with pytest.raises(BadRequest):
        _ = asked.POST


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", '; charset="UTF-8"', ";charset=utf8"])
def test_a_form_in_utf_8_is_read(charset):
    body = '--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n企业\r\n--b--\r\n'.encode()

    assert request(f"multipart/form-data; boundary=b{charset}", method="POST", body=body).POST["text"] == "企业"
