"""What the firm is shown before it sends: issues of its own that say the same, and words that give it away."""

import re
from typing import Final

from django.conf import settings

from enterprises.models import Enterprise
from issues.models import Issue
from liaison.accounts.models import User
from liaison.search import pairs

COMPARED: Final = 100
"Open issues of one firm that are looked at, the newest first."
SHOWN: Final = 3
ALIKE_TITLE, ALIKE_TEXT = 0.6, 0.4
SHORTEST: Final = 2
REGION: Final = re.compile(r"^(?:四川|自贡|[\u4e00-\u9fff]{2,3}[省市区县])")
LEGAL_FORM: Final = re.compile(r"(?:有限|股份|责任|集团|公司|合伙|企业|商行|经营部|[((]).*$")


def likely_duplicates(draft: Issue, user: User) -> list[Issue]:
    """Open issues of the same firm with much the same words, the most alike first."""
    title, text = pairs(draft.title), pairs(draft.title, draft.body)
    rows = Issue.objects.visible_to(user).open().filter(enterprise=draft.enterprise_id).exclude(pk=draft.pk)
    rows = rows.select_related("category").defer("search_text", "search_all").order_by("-submitted_at", "-pk")[:COMPARED]
    scored = [
        (max(overlap(title, pairs(row.title)) / ALIKE_TITLE, overlap(text, pairs(row.title, row.body)) / ALIKE_TEXT), row)
        for row in rows
    ]
    return [row for score, row in sorted(scored, key=lambda each: -each[0]) if score >= 1][:SHOWN]


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter text stands in the longer one."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def giveaways(issue: Issue) -> list[str]:
    """Words of a sensitive issue's text by which the units would know the firm."""
    if not issue.sensitive:
        return []
    text = f"{issue.title}\n{issue.body}".casefold()
    return [word for word in telling_words(issue.enterprise) if word.casefold() in text]


def telling_words(firm: Enterprise) -> list[str]:
    """The firm's names and numbers, the longest first; of its name also the part that is its own."""
    words = {firm.name, own_name(firm.name), firm.credit_code, firm.legal_representative, firm.contact_name, firm.contact_phone}
    return sorted((word for word in words if len(word) >= SHORTEST), key=lambda word: (-len(word), word))


def own_name(name: str) -> str:
    """``水木`` of 四川水木阳光农业有限公司: without the place before it and the trade and legal form behind it."""
    rest = LEGAL_FORM.sub("", name)
    while (shorter := REGION.sub("", rest.removeprefix(settings.DISTRICT_NAME))) != rest and len(shorter) >= SHORTEST:
        rest = shorter
    return rest[:SHORTEST]
