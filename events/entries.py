"""Occasions as entries of calendar files, in the portal's first language whoever asks: the same occasion gives the same bytes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from enterprises.permissions import roles_of
from events.calendars.entry import Entry, Person, Status
from events.calendars.files import MailPart, Method, cancel, mail_part, publish, request
from events.enums import InvitationState, Presence, Stage
from events.models import Invitation, Occasion, OccasionQuerySet, Presiding
from events.permissions import manages
from liaison.accounts.models import User
from liaison.accounts.rights import hats_of

REFRESH: Final = timedelta(hours=1)
KEPT: Final = timedelta(days=180)
"So long past occasions, cancelled ones too, stay in feeds."
MOST: Final = 2000
INTO_CALENDARS: Final = frozenset({InvitationState.PENDING, InvitationState.ACCEPTED, InvitationState.OFFERED})


def entry_of(occasion: Occasion, attendee: Person | None = None) -> Entry:
    """One occasion as calendars know it."""
    with translation.override(settings.LANGUAGE_CODE):
        return Entry(
            uid=occasion.uid,
            sequence=occasion.sequence,
            starts=occasion.starts_at,
            ends=occasion.ends_at,
            summary=str(occasion),
            url=f"{settings.PORTAL_URL}{occasion.get_absolute_url()}",
            organizer=Person(str(occasion.host_unit), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
            stamp=occasion.changed_at,
            description=occasion.summary,
            place=occasion.place,
            status=Status.CANCELLED if occasion.stage == Stage.CANCELLED else Status.CONFIRMED,
            attendee=attendee,
            categories=(str(occasion.get_kind_display()),),
        )


def mailed(occasion: Occasion, method: Method, name: str, email: str) -> MailPart:
    """The part of a mail to one person."""
    make = cancel if method == Method.CANCEL else request
    return mail_part(method, make(entry_of(occasion, Person(name, email))))


def feed_of(rows: Iterable[Occasion]) -> bytes:
    """A feed or a download."""
    with translation.override(settings.LANGUAGE_CODE):
        name = _("Meetings of %(district)s") % {"district": settings.DISTRICT_NAME}
    return publish([entry_of(row) for row in rows], name, REFRESH)


def public_ones(now: datetime) -> OccasionQuerySet:
    """What everybody may subscribe to."""
    return _recent(Occasion.objects.public(), now)


def own_ones(user: User, now: datetime) -> OccasionQuerySet:
    """What a person has to do with: their firms' invitations, what they preside over; event staff have to do with all."""
    rows = Occasion.objects.visible_to(user).exclude(stage=Stage.PLANNED)
    if not manages(user):
        invited = Invitation.objects.filter(enterprise__in=list(roles_of(user)), state__in=sorted(INTO_CALENDARS))
        presided = Presiding.objects.filter(leader__in=hats_of(user).owner_ids).exclude(state=Presence.REPLACED)
        rows = rows.filter(Q(pk__in=invited.values("occasion")) | Q(pk__in=presided.values("occasion")))
    return _recent(rows, now)


def _recent(rows: OccasionQuerySet, now: datetime) -> OccasionQuerySet:
    return rows.filter(ends_at__gte=now - KEPT).for_list().order_by("-starts_at", "-pk")[:MOST]
