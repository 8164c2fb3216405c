"""What an issue is found by: pairs of neighbours in number, title, text and firm; the firm only for those who may know it."""

from django.db.models import Q

from issues.models import Issue
from issues.permissions import represented_ids
from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of
from liaison.search import is_searchable, query, tokens

HIDDEN = "〔企业〕"


def index(issue: Issue) -> None:
    """Set both search columns; the caller saves them."""
    firm = issue.enterprise
    plain = (issue.number or "", f"{issue.year}-{issue.serial}", issue.title, issue.body)
    hidden = tuple(mask(text, issue) for text in plain) if issue.sensitive else plain
    issue.search_text = tokens(*hidden)
    issue.search_all = tokens(*plain, firm.name, firm.credit_code)


def mask(text: str, issue: Issue) -> str:
    """The text without the words that give the firm away."""
    firm = issue.enterprise
    words = {firm.name, firm.credit_code, firm.legal_representative, firm.contact_name, firm.contact_phone}
    for word in sorted(words, key=len, reverse=True):
        if len(word) > 1:
            text = text.replace(word, HIDDEN)
    return text


def found_by(text: str, user: User) -> Q:
    """Issues that ``user`` finds by ``text``: a sensitive one never by its firm, unless one may know it anyway."""
    if not is_searchable(text):
        return Q(pk=None)
    wanted = query(text)
    if hats_of(user).may(Right.TRIAGE_ISSUES):
        return Q(search_all=wanted)
    known = Q(sensitive=False) | Q(enterprise__in=represented_ids(user))
    return (known & Q(search_all=wanted)) | Q(sensitive=True, search_text=wanted)
