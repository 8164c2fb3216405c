"""Which firms came, as far as is known, and who came for them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q

from events.enums import AFTER, INVITED, InvitationState
from events.models import CheckIn, Invitation, Occasion
from liaison.workdays import ZONE


@dataclass(frozen=True)
class Attendance:
    """Who came and who did not."""

    came: Sequence[Invitation]
    absent: Sequence[Invitation]


def attendance_of(occasion: Occasion) -> Attendance:
    """Firms that were let in at the door; where nobody looked at the door, those that had said they come."""
    inside = set(occasion.checkins.all().inside().values_list("invitation_id", flat=True))
    asked = Q(state__in=sorted(INVITED)) | Q(pk__in=inside)  # staff may let in who had only applied
    rows = list(occasion.invitations.filter(asked).select_related("enterprise").order_by("pk"))
    came = [row for row in rows if (row.pk in inside if inside else row.state == InvitationState.ACCEPTED)]
    here = {row.pk for row in came}
    return Attendance(came, [row for row in rows if row.pk not in here])


def taken_part(people: Collection[int], begins: date, ends: date) -> Mapping[int, int]:
    """Ids of people → at how many occasions of these days, both included, they were the guest of a firm they acted for then."""
    days = [datetime.combine(day, time(), ZONE) for day in (begins, ends + timedelta(days=1))]
    acting = Q(enterprise__representatives__user__in=people, enterprise__representatives__since__lte=F("occasion__starts_at"))
    still = Q(enterprise__representatives__ended_at=None) | Q(enterprise__representatives__ended_at__gt=F("occasion__starts_at"))
    rows = Invitation.objects.filter(
        acting & still,
        state__in=sorted(INVITED),
        guest_name=F("enterprise__representatives__user__name"),
        occasion__stage__in=sorted(AFTER),
        occasion__starts_at__gte=days[0],
        occasion__starts_at__lt=days[1],
    )
    guests = list(rows.order_by().values_list("enterprise__representatives__user", "occasion", "pk", "state"))
    seen = CheckIn.objects.filter(occasion__in={occasion for _guest, occasion, _pk, _state in guests}).inside()
    inside = dict(seen.values_list("invitation_id", "occasion_id"))
    looked = set(inside.values())
    came = {
        (guest, occasion)
        for guest, occasion, pk, state in guests
        if (pk in inside if occasion in looked else state == InvitationState.ACCEPTED)
    }
    return Counter(guest for guest, _occasion in came)
