"""Drives the loop over HTTP as outside programs do: addresses and field names only."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from issues.models import Issue
from tests.factories.issues import District


class Driver:
    """Posts steps as members of the cast."""

    def __init__(self, district: District, issue: Issue) -> None:
        self.district, self.issue = district, issue

    def client(self, by: str) -> Client:
        client = Client()
        client.force_login(self.district[by], backend="liaison.accounts.backends.SignInBackend")
        return client

    def get(self, by: str, page: str = "") -> HttpResponse:
        return self.client(by).get(f"{self.issue.get_absolute_url()}{page}{'/' if page else ''}")

    def post(self, by: str, page: str, **fields: Any) -> HttpResponse:
        return self.client(by).post(f"{self.issue.get_absolute_url()}{page}/", fields)

    def take(self, by: str, page: str, **fields: Any) -> str:
        """Post a step that must work; returns the stage it led to."""
        answer = self.post(by, page, **fields)
        assert answer.status_code == 302, (answer.status_code, answer.content.decode()[:3000])
        self.issue.refresh_from_db()
        return self.issue.stage
