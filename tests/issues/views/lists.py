"""Reading a list of issues as a visitor does."""

from html import unescape
from re import DOTALL, findall

from django.test import Client

from issues.models import Issue
from tests.factories.issues import District

URL = "/issues/"


def page(d: District, username: str, *, language: str = "en", **asked: str):
    client = Client(headers={"accept-language": language})
    client.force_login(d[username])
    return client.get(URL, asked)


def numbers(response) -> list[str]:
    """The addresses of the issues in the table, in order."""
    table = "".join(findall(r"<tbody>.*?</tbody>", response.content.decode(), DOTALL))
    return findall(r'href="/issues/(\d{4}-\d+)/"', table)


def listed(d: District, username: str, **asked: str) -> list[str]:
    response = page(d, username, **asked)
    assert response.status_code == 200
    return numbers(response)


def words(response) -> str:
    return unescape(response.content.decode())


def visible(d: District, username: str) -> set[str]:
    return {issue.address for issue in Issue.objects.visible_to(d[username]).filter(submitted_at__isnull=False)}
