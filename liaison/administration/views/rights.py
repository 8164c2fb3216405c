"""Who may see what, and why: the one table of rights in words. Everybody who is signed in may read it."""

from django.http import HttpResponse
from django.shortcuts import render

from liaison.accounts.http import SignedInRequest
from liaison.accounts.words import RIGHT_WORDS, table


def rights(request: SignedInRequest) -> HttpResponse:
    """The table."""
    rows = [(RIGHT_WORDS[right], granted) for right, granted in table()]
    return render(request, "accounts/rights.html", {"rows": rows})
