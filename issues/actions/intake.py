"""How a matter gets in: drafts, submission, correction, officials named."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from enterprises.models import Enterprise
from issues import notices
from issues.actions.files import File, attach
from issues.actions.step import begin, finish
from issues.enums import Channel, Urgency
from issues.models import MAX_FILES, Category, Concern, Issue, NumberSeries
from issues.search import index
from liaison.accounts.models import Unit, User
from liaison.accounts.rights import Right, hats_of
from liaison.notifications.actions import notify
from liaison.parameters.models import parameter
from liaison.workdays import ZONE

SERIES = "issue"


class DailyCapReached(Exception):  # noqa: N818 - an answer to the firm, not a fault
    """The firm has sent as many issues today as it may."""


class FirmNotOpen(Exception):  # noqa: N818 - an answer to the firm, not a fault
    """The firm is not verified (any more), so it raises no issues."""

    def __init__(self, enterprise: Enterprise) -> None:
        super().__init__(enterprise.status)
        self.enterprise = enterprise


class TooManyFiles(Exception):  # noqa: N818 - an answer to the firm, not a fault
    """The draft would have more files than an issue may have."""


@dataclass(frozen=True)
class Matter:
    """What a form holds of an issue, complete or not."""

    title: str = ""
    body: str = ""
    category: Category | None = None
    nature: str = ""
    urgency: str = Urgency.NORMAL
    sensitive: bool = False
    concerns_text: str = ""
    channel: str = Channel.WEB
    leader: User | None = None

    @classmethod
    def of(cls, draft: Issue) -> "Matter":
        """What a draft holds already."""
        return cls(**{name: getattr(draft, name) for name in MATTER_FIELDS})

    def once_key(self, enterprise: Enterprise, by: User, day: str) -> str:
        """A key for forms that were posted without one: the same content by the same person on the same day."""
        parts = (enterprise.pk, by.pk, day, self.title, self.body)
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def key_of_form(word: str, enterprise: Enterprise, by: User) -> str:
    """The key of a form that carries a word of its own; somebody else's form with the same word has another key."""
    return hashlib.sha256(repr((enterprise.pk, by.pk, word)).encode()).hexdigest()


@transaction.atomic
def start_draft(
    enterprise: Enterprise,
    matter: Matter,
    *,
    by: User,
    now: datetime,
    for_firm_by_unit: Unit | None = None,
    once_key: str | None = None,
) -> Issue:
    """Keep what was typed so far under an address that nobody can guess."""
    issue = Issue(enterprise=enterprise, created_by=by, entered_by_unit=for_firm_by_unit, created_at=now, once_key=once_key)
    _fill(issue, matter)
    issue.save()
    return issue


def draft_of_form(
    enterprise: Enterprise, matter: Matter, *, by: User, now: datetime, once_key: str, for_firm_by_unit: Unit | None = None
) -> Issue:
    """The draft that this very form began, or the issue it has become; the first post begins it, all others find it."""
    if (known := Issue.objects.filter(once_key=once_key).first()) is not None:
        return known
    with suppress(IntegrityError):
        return start_draft(enterprise, matter, by=by, now=now, for_firm_by_unit=for_firm_by_unit, once_key=once_key)
    return Issue.objects.get(once_key=once_key)


@transaction.atomic
def save_draft(draft: Issue, matter: Matter, *, by: User, now: datetime) -> Issue:
    """Keep the newest version of a draft."""
    draft = begin("submit", draft, by, now)
    _fill(draft, matter)
    draft.save(update_fields=MATTER_FIELDS)
    return draft


@transaction.atomic
def change_files(draft: Issue, *, add: Iterable[File] = (), remove: Iterable[int] = (), by: User, now: datetime) -> None:
    """Put files into a draft and take others out; a file that is there already is not put in again."""
    draft = begin("submit", draft, by, now)
    known = {(file.name, file.sha256) for file in draft.attachments.exclude(pk__in=list(remove))}
    new = {(file.name, file.sha256): file for file in add if (file.name, file.sha256) not in known}
    if len(known) + len(new) > MAX_FILES:
        raise TooManyFiles
    draft.attachments.filter(pk__in=list(remove)).delete()
    attach(draft, new.values(), by=by, now=now)


@transaction.atomic
def discard_draft(draft: Issue, *, by: User, now: datetime) -> None:
    """Throw a draft away, files included."""
    begin("submit", draft, by, now).delete()


@transaction.atomic
def submit_issue(issue: Issue, *, by: User, now: datetime, once_key: str | None = None) -> Issue:
    """Send a draft: it gets its number, the desk and the firm are told."""
    issue = begin("submit", issue, by, now)
    day = now.astimezone(ZONE)
    # Two drafts of one firm must not pass the cap together: the firm's row is the lock. (no_key: whoever just began
    # another draft of the firm holds a key share on that row, and two of them would wait for each other for ever.)
    firm = Enterprise.objects.select_for_update(no_key=True).get(pk=issue.enterprise_id)
    if not firm.is_open:
        raise FirmNotOpen(firm)
    own = issue.entered_by_unit_id is None  # what staff enter for the firm, a promise of a meeting, is not held back
    if own and not hats_of(by).may(Right.TRIAGE_ISSUES) and _sent_on(issue.enterprise, day) >= parameter("issues.daily_cap"):
        raise DailyCapReached
    issue.once_key = once_key
    issue.year, issue.serial = day.year, NumberSeries.take(SERIES, day.year)
    issue.number = f"{settings.ISSUE_NUMBER_PREFIX}〔{issue.year}〕{issue.serial}号"
    issue.submitted_at = now
    index(issue)
    fields = ["once_key", "year", "serial", "number", "submitted_at", "search_text", "search_all"]
    _name_officials(issue, _officials_in(issue.concerns_text))
    event = finish("submit", issue, by, now, fields=fields, channel=issue.channel)
    notify(notices.to_desk(event, "submitted"), now=now)
    notify(notices.to_firm(event, "entered_for_you" if issue.entered_by_unit_id else "received"), now=now)
    if issue.leader_id:
        notify(notices.to_addressee(event, "direct_line"), now=now)
    return issue


def _sent_on(enterprise: Enterprise, day: datetime) -> int:
    start = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return Issue.objects.filter(enterprise=enterprise, submitted_at__gte=start, entered_by_unit=None).count()


@transaction.atomic
def correct_issue(issue: Issue, *, by: User, now: datetime, title: str, body: str, version: int | None = None) -> Issue:
    """The firm puts right what was written (by itself or for it); the old words stay in the story."""
    issue = begin("correct", issue, by, now, version)
    old_title, old_body = issue.title, issue.body
    issue.title, issue.body = title, body
    index(issue)
    event = finish(
        "correct", issue, by, now, fields=["title", "body", "search_text", "search_all"], old_title=old_title, old_body=old_body
    )
    notify(notices.to_desk(event, "corrected"), now=now)
    return issue


@transaction.atomic
def name_officials(issue: Issue, officials: Iterable[User], *, by: User, now: datetime) -> None:
    """Set which officials the issue concerns; it disappears from their sight and their people's."""
    issue = begin("name-officials", issue, by, now)
    officials = list(officials)
    finish("name-officials", issue, by, now, officials=len(officials))
    issue.concerns.all().delete()
    _name_officials(issue, officials)


def _name_officials(issue: Issue, officials: Iterable[User]) -> None:
    Concern.objects.bulk_create([Concern(issue=issue, official=user) for user in officials], ignore_conflicts=True)


def _officials_in(text: str) -> list[User]:
    """Officials whose full name stands in what the firm wrote."""
    if not text.strip():
        return []
    staff = User.objects.filter(postings__isnull=False).distinct()
    return [user for user in staff if user.name and user.name in text]


MATTER_FIELDS = ("title", "body", "category", "nature", "urgency", "sensitive", "concerns_text", "channel", "leader")


def _fill(issue: Issue, matter: Matter) -> None:
    for name in MATTER_FIELDS:
        setattr(issue, name, getattr(matter, name))
