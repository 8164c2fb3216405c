"""What a message about an issue says: ids become words when it is read, for the person who reads it."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.utils.translation import gettext as _

from issues import rungs
from issues.enums import Stage
from issues.models import Concern, Issue, Summons, SupervisionOrder
from issues.permissions import is_staff_side, may_know_firm, represented_ids
from issues.search import mask
from liaison.accounts.models import User
from liaison.notifications.models import Notification
from liaison.parameters.models import parameter
from liaison.ui.moments import words_of, words_when_shown

PREFIX: Final = "issue_"
INTERNAL: Final = frozenset({"order", "summons"})
"What a message that is for staff alone is about."


def explain(rows: Sequence[Notification]) -> dict[int, dict[str, Any]]:
    """Words for many messages; one whose issue its reader may not see (any more) is left out."""
    found: dict[int, dict[str, Any]] = {}
    by_reader: dict[User, list[Notification]] = {}
    for row in rows:
        by_reader.setdefault(row.recipient, []).append(row)
    reopen_days = parameter("issues.reopen_days")
    for reader, mine in by_reader.items():
        issues = _visible(reader, {int(row.context["issue"]) for row in mine})
        internal = _internal(reader, mine)
        for row in mine:
            issue = issues.get(int(row.context["issue"]))
            if issue and (INTERNAL.isdisjoint(row.context) or row.pk in internal):
                found[row.pk] = {**_words(issue, reader), "reopen_days": reopen_days, **internal.get(row.pk, {})}
    about_rungs = [row for row in rows if row.pk in found and "step" in row.context]
    return found | rungs.explain(about_rungs, {row.pk: found.pop(row.pk) for row in about_rungs})


def _internal(reader: User, rows: list[Notification]) -> dict[int, dict[str, Any]]:
    """Words about supervision orders and summonses, for whoever reads the issue as staff; a firm's person never."""
    found: dict[int, dict[str, Any]] = {}
    for name, model in (("order", SupervisionOrder), ("summons", Summons)):
        asked = {row.pk: int(row.context[name]) for row in rows if name in row.context}
        if not asked:
            continue
        things = model.objects.visible_to(reader).select_related("unit").in_bulk(asked.values())
        found |= {pk: _about(things[thing]) for pk, thing in asked.items() if thing in things}
    return found


def _about(thing: SupervisionOrder | Summons) -> dict[str, Any]:
    words = {"order_due": words_of(thing.due_at), "order_unit": str(thing.unit), "url": thing.get_absolute_url()}
    return {**words, "order": str(thing)} if isinstance(thing, SupervisionOrder) else words


def _visible(reader: User, pks: set[int]) -> dict[int, Issue]:
    """A list may have tens of thousands of lines: only what cannot be told without is read with its orders and people."""
    concerns = Concern.objects.filter(issue=OuterRef("pk"))
    rows = Issue.objects.visible_to(reader).filter(pk__in=pks)
    issues = list(rows.annotate(names_somebody=Exists(concerns)).prefetch_related("enterprise", "lead_unit"))
    asked = [issue for issue in issues if issue.sensitive or not _reads_as_staff(issue, reader)]
    prefetch_related_objects(asked, "orders", "concerns", "callbacks")
    return {issue.pk: issue for issue in issues}


def _reads_as_staff(issue: Issue, reader: User) -> bool:
    """Whoever sees an issue that was sent, and is not of its firm, sees it as staff; of others this says nothing."""
    return issue.stage != Stage.DRAFT and issue.enterprise_id not in represented_ids(reader)


def _words(issue: Issue, reader: User) -> dict[str, Any]:
    return {
        "number": issue.number,
        "is_staff": _reads_as_staff(issue, reader) or is_staff_side(issue, reader),
        "title": issue.title if may_know_firm(issue, reader) else mask(issue.title, issue),
        "unit": str(issue.lead_unit or _("the desk")),
        "due": words_when_shown(issue.due_at) if issue.due_at else "–",
        "day": words_when_shown(issue.recheck_on, "day") if issue.recheck_on else "–",
        "url": issue.get_absolute_url(),
        "sensitive": issue.sensitive,
        "guarded": issue.names_somebody,  # type: ignore[attr-defined]  # annotated above
        "why": _why(issue, reader),
    }


def _why(issue: Issue, reader: User) -> str:
    if issue.enterprise_id in represented_ids(reader):
        return _("You represent the enterprise whose issue this is.")
    return _("Your duties make you responsible for this issue, or you stand in for somebody whose duties do.")
