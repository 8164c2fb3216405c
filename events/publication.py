"""What the public reads of the minutes: approved paragraphs marked for it; a firm is named only with its consent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from enterprises.models import Enterprise
from events.models import Consent, Occasion, Paragraph, Point, Revision

SHORTEST: Final = 2
"A name of one sign is no name that could be taken out of a text."


@dataclass(frozen=True)
class Published:
    """One paragraph as the public reads it."""

    firm: str
    "Who raised it; a firm without consent is “a firm”; empty of what no firm raised."
    text: str


def approved_revision(occasion: Occasion) -> Revision | None:
    """The minutes that the host approved last; a correction that waits for approval is not public."""
    return occasion.revisions.approved().first()


def published(occasion: Occasion) -> list[Published]:
    """Paragraphs that are public now: consent withdrawn takes effect at once, everywhere in the text."""
    revision = approved_revision(occasion)
    if revision is None:
        return []
    rows = revision.paragraphs.filter(publish=True).exclude(text="").select_related("point__enterprise")
    found = list(rows)
    return _told(found, occasion) if found else []


def _told(rows: Iterable[Paragraph], occasion: Occasion) -> list[Published]:
    named = set(Consent.objects.filter(occasion=occasion, given=True).values_list("enterprise_id", flat=True))
    hidden = _words_of(occasion, named)
    someone = _("a firm")
    return [Published(_firm(row.point, named, someone), masked(row.text, hidden, someone)) for row in rows]


def _firm(point: Point | None, named: set[int], someone: str) -> str:
    if point is None or point.enterprise is None:
        return ""
    return point.enterprise.name if point.enterprise_id in named else someone


def _words_of(occasion: Occasion, named: set[int]) -> Mapping[str, None]:
    """All that gives away a firm that was there or spoke, and does not want to be named; longest first."""
    firms: dict[int, Enterprise] = {}
    words: set[str] = set()
    for invitation in occasion.invitations.exclude(enterprise__in=named).select_related("enterprise"):
        firms[invitation.enterprise_id] = invitation.enterprise
        words.add(invitation.guest_name)
    for point in occasion.points.filter(enterprise__isnull=False).exclude(enterprise__in=named).select_related("enterprise"):
        assert point.enterprise is not None  # filtered
        firms[point.enterprise.pk] = point.enterprise
        words.add(point.speaker)
    for firm in firms.values():
        words |= {firm.name, firm.credit_code, firm.legal_representative, firm.contact_name, firm.contact_phone}
    return dict.fromkeys(sorted((word for word in words if len(word) >= SHORTEST), key=len, reverse=True))


def masked(text: str, hidden: Iterable[str], someone: str) -> str:
    """The text without these words."""
    for word in hidden:
        text = text.replace(word, someone)
    return text
