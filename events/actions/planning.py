"""Occasions planned, published, moved, cancelled, held, closed, and planned again."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max

from events import notices
from events.actions.seats import offer_places
from events.actions.step import begin, finish, local_words, write_event
from events.enums import Presence, PresidingRole, Stage
from events.models import Occasion, Presiding, ProgrammeItem, Series
from events.permissions import manages
from events.timing import keep_clocks
from events.workflow import OCCASION_FLOW
from liaison.accounts.models import Unit, User
from liaison.notifications.actions import notify, notify_all
from liaison.workdays import portal
from liaison.workflow import StepNotOpen

ADDRESS_LENGTH: Final = 40
PLANNED_FIELDS: Final = (
    "series", "kind", "action", "access", "title", "summary", "starts_at", "ends_at", "place", "capacity", "reply_by",
    "host_unit", "by_application", "asks_diet", "asks_plate", "principal_only", "booklets",
)  # fmt: skip
EDITED_FIELDS: Final = tuple(name for name in PLANNED_FIELDS if name not in {"series", "kind", "starts_at", "ends_at"})
SHOWN_IN_CALENDARS: Final = ("place", "title")


@dataclass(frozen=True)
class Item:
    """A point of the programme."""

    title: str
    minutes: int
    speaker: str = ""


@dataclass(frozen=True)
class Plan:
    """What a form holds of an occasion."""

    kind: str
    action: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    host_unit: Unit
    reply_by: datetime
    series: Series | None = None
    access: str = "invited"
    summary: str = ""
    capacity: int | None = None
    by_application: bool = False
    asks_diet: bool = False
    asks_plate: bool = False
    principal_only: bool = False
    booklets: int = 0
    co_units: Sequence[Unit] = ()
    host: User | None = None
    leaders: Sequence[User] = ()
    programme: Sequence[Item] = field(default_factory=tuple)


class AddressTaken(Exception):  # noqa: N818 - an answer to event staff, not a fault
    """Another occasion has this address."""


@transaction.atomic
def plan_occasion(plan: Plan, *, by: User, now: datetime, slug: str = "", cloned_from: Occasion | None = None) -> Occasion:
    """Put an occasion into the books; only event staff and who presides see it until it is published."""
    if not manages(by):
        raise PermissionDenied
    occasion = Occasion(slug=slug or _address(plan), planned_by=by, planned_at=now, changed_at=now, cloned_from=cloned_from)
    for name in PLANNED_FIELDS:
        setattr(occasion, name, getattr(plan, name))
    try:
        with transaction.atomic():
            occasion.save()
    except IntegrityError:
        if not Occasion.objects.filter(slug=occasion.slug).exists():
            raise
        raise AddressTaken from None
    _set_around(occasion, plan)
    write_event("plan", occasion, by, now)
    return occasion


@transaction.atomic
def edit_occasion(occasion: Occasion, *, by: User, now: datetime, plan: Plan, version: int | None = None) -> Occasion:
    """Change what is not its time; a new place or title goes into the calendars of whoever is invited, too."""
    occasion = begin("edit", occasion, by, now, version)
    known = occasion.stage == Stage.PUBLISHED
    moved = known and any(getattr(occasion, name) != getattr(plan, name) for name in SHOWN_IN_CALENDARS)
    fields = EDITED_FIELDS if known else PLANNED_FIELDS
    for name in fields:
        setattr(occasion, name, getattr(plan, name))
    before = {user.pk: user for user in notices.presiding_of(occasion)}
    _set_around(occasion, plan)
    after = {user.pk: user for user in notices.presiding_of(occasion)}
    ended = [user for pk, user in before.items() if pk not in after]
    event = finish("edit", occasion, by, now, fields=fields, moved=moved or (known and bool(ended)))
    offer_places(occasion, now)
    if known:
        notify(notices.to_leaders(event, "presiding", [user for pk, user in after.items() if pk not in before]), now=now)
        notify(notices.to_leaders(event, "presiding_ended", ended), now=now)
    if moved:
        notify_all(notices.to_all_invited(event, notices.live(occasion), "moved"), now=now)
        notify(notices.to_leaders(event, "presiding_moved", [user for pk, user in after.items() if pk in before]), now=now)
    return occasion


@transaction.atomic
def publish_occasion(occasion: Occasion, *, by: User, now: datetime, version: int | None = None) -> Occasion:
    """Show it to whom it is for; one of a series gets its number."""
    occasion = begin("publish", occasion, by, now, version)
    occasion.published_at = now
    if occasion.series_id and occasion.number is None:
        # The series' row is the lock for its numbers.
        series = Series.objects.select_for_update(no_key=True).get(pk=occasion.series_id)
        last: int | None = series.occasions.aggregate(last=Max("number"))["last"]
        occasion.number = (last or 0) + 1
    event = finish("publish", occasion, by, now, fields=["published_at", "number"])
    notify(notices.to_presiding(event, "presiding"), now=now)
    return occasion


@transaction.atomic
def reschedule_occasion(
    occasion: Occasion,
    *,
    by: User,
    now: datetime,
    starts_at: datetime,
    ends_at: datetime,
    reply_by: datetime,
    place: str,
    reason: str,
    version: int | None = None,
) -> Occasion:
    """Move it: everybody invited is told, calendars move their entry, reminders of the old time are void."""
    occasion = begin("reschedule", occasion, by, now, version)
    old = {"before": local_words(occasion.starts_at), "place_before": occasion.place}
    occasion.starts_at, occasion.ends_at, occasion.reply_by, occasion.place = starts_at, ends_at, reply_by, place
    fields = ["starts_at", "ends_at", "reply_by", "place"]
    event = finish("reschedule", occasion, by, now, fields=fields, moved=True, text=reason, **old, after=local_words(starts_at))
    _keep_offers_before(occasion)
    notify_all(notices.to_all_invited(event, notices.live(occasion), "moved"), now=now)
    notify(notices.to_presiding(event, "presiding_moved"), now=now)
    return occasion


def _keep_offers_before(occasion: Occasion) -> None:
    """A place is not held beyond the beginning."""
    rows = occasion.invitations.filter(state="offered", held_until__gt=occasion.starts_at)
    rows.update(held_until=occasion.starts_at)


@transaction.atomic
def cancel_occasion(occasion: Occasion, *, by: User, now: datetime, reason: str, version: int | None = None) -> Occasion:
    """Call it off: everybody invited is told, and calendars take it out."""
    portal.hold()
    occasion = begin("cancel", occasion, by, now, version)
    known = occasion.stage == Stage.PUBLISHED
    occasion.reason = reason
    event = finish("cancel", occasion, by, now, fields=["reason"], moved=True, text=reason)
    keep_clocks(occasion, now, by)
    if known:
        notify_all(notices.to_all_invited(event, notices.live(occasion), "cancelled"), now=now)
        notify(notices.to_presiding(event, "presiding_cancelled"), now=now)
    return occasion


@transaction.atomic
def replace_presiding(
    occasion: Occasion, *, by: User, now: datetime, leader: User, replacement: User, reason: str, version: int | None = None
) -> Occasion:
    """Somebody else presides than was planned; both stay in the books."""
    occasion = begin("replace", occasion, by, now, version)
    old = occasion.presiding.exclude(state=Presence.REPLACED).filter(leader=leader).first()
    if old is None:  # somebody has just replaced them
        raise StepNotOpen(OCCASION_FLOW["replace"], occasion)
    role = old.role
    old.state, old.replaced_by = Presence.REPLACED, replacement
    old.save(update_fields=["state", "replaced_by"])
    state = Presence.ACTUAL if occasion.is_over else Presence.PLANNED
    Presiding.objects.update_or_create(
        occasion=occasion, leader=replacement, defaults={"role": role, "state": state, "replaced_by": None}
    )
    event = finish("replace", occasion, by, now, text=reason, moved=True, leader=leader.pk, replacement=replacement.pk)
    if occasion.stage == Stage.PUBLISHED:
        notify(notices.to_leaders(event, "presiding", [replacement]), now=now)
        notify(notices.to_leaders(event, "presiding_ended", [leader]), now=now)
    return occasion


@transaction.atomic
def hold_occasion(
    occasion: Occasion, *, by: User, now: datetime, booklets: int | None = None, text: str = "", version: int | None = None
) -> Occasion:
    """It took place: who was planned to preside did, unless somebody replaced them."""
    portal.hold()
    occasion = begin("hold", occasion, by, now, version)
    occasion.booklets = occasion.booklets if booklets is None else booklets
    occasion.presiding.filter(state=Presence.PLANNED).update(state=Presence.ACTUAL)
    finish("hold", occasion, by, now, fields=["booklets"], text=text)
    keep_clocks(occasion, now, by)
    return occasion


@transaction.atomic
def close_occasion(occasion: Occasion, *, by: User, now: datetime, version: int | None = None) -> Occasion:
    """Nothing more is to be done about it."""
    portal.hold()
    occasion = begin("close", occasion, by, now, version)
    finish("close", occasion, by, now)
    keep_clocks(occasion, now, by)
    return occasion


@transaction.atomic
def clone_occasion(occasion: Occasion, *, by: User, now: datetime, starts_at: datetime, version: int | None = None) -> Occasion:
    """Plan the next one like this: same words, places, people and programme at another time."""
    occasion = begin("clone", occasion, by, now, version)
    ahead = starts_at - occasion.starts_at
    plan = plan_of(occasion, starts_at=starts_at, ends_at=occasion.ends_at + ahead, reply_by=occasion.reply_by + ahead)
    copy = plan_occasion(plan, by=by, now=now, cloned_from=occasion)
    write_event("clone", occasion, by, now, into=copy.slug)
    return copy


def plan_of(occasion: Occasion, **changes: Any) -> Plan:
    """What stands in the books, as a form holds it."""
    values: dict[str, Any] = {name: getattr(occasion, name) for name in PLANNED_FIELDS}
    present = [row for row in occasion.presiding.select_related("leader") if row.state != Presence.REPLACED]
    values |= {
        "co_units": list(occasion.co_units.all()),
        "host": next((row.leader for row in present if row.role == PresidingRole.HOST), None),
        "leaders": [row.leader for row in present if row.role == PresidingRole.LEADER],
        "programme": [Item(row.title, row.minutes, row.speaker) for row in occasion.programme.all()],
    }
    return Plan(**{**values, **changes})


def _set_around(occasion: Occasion, plan: Plan) -> None:
    """Units, leaders and programme of an occasion that is still to come."""
    occasion.co_units.set(plan.co_units)
    wanted = {leader.pk: PresidingRole.LEADER for leader in plan.leaders}
    if plan.host is not None:
        wanted[plan.host.pk] = PresidingRole.HOST
    occasion.presiding.filter(state=Presence.PLANNED).delete()
    for pk, role in wanted.items():
        Presiding.objects.update_or_create(
            occasion=occasion, leader_id=pk, defaults={"role": role, "state": Presence.PLANNED, "replaced_by": None}
        )
    occasion.programme.all().delete()
    ProgrammeItem.objects.bulk_create(_items(occasion, plan.programme))


def _items(occasion: Occasion, programme: Iterable[Item]) -> Iterable[ProgrammeItem]:
    for position, item in enumerate(programme, 1):
        yield ProgrammeItem(occasion=occasion, position=position, minutes=item.minutes, title=item.title, speaker=item.speaker)


def _address(plan: Plan) -> str:
    """``breakfast-2026-12-01``, with a number behind it where that is taken."""
    words = unicodedata.normalize("NFKD", plan.series.code if plan.series else plan.kind)
    stem = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:ADDRESS_LENGTH]
    stem = f"{stem}-{local_words(plan.starts_at)[:10]}"
    taken = set(Occasion.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)
