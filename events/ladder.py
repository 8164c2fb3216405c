"""What the ladder asks of meetings: whether they still wait, and who is told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, cast

from events.actions.step import write_event
from events.enums import Timed
from events.models import Occasion, Topic
from events.timing import SUBJECT, wanted
from liaison.accounts.models import Duty, User
from liaison.accounts.queries import holders
from liaison.accounts.rights import RIGHTS, Right
from liaison.clocks.enums import Told
from liaison.clocks.kinds import Firing, Titled, Unheard, key_of
from liaison.clocks.models import Clock
from liaison.notifications.actions import Notice, notify_all

FIRST: Final = frozenset({Told.HANDLER, Told.LIAISON, Told.DESK})
"Told of a rung: of minutes event staff, of a draft reply the unit's liaison officers."
ABOVE: Final = frozenset({Told.HEAD, Told.INSPECTOR, Told.LEADER, Told.MAIN_LEADER})
"Told of a rung: the head of the unit, too. What a rung orders besides (supervision, bulletin) is for issues alone."


class OccasionSubjects:
    """Meetings as the ladder sees them (liaison.clocks.kinds.Subjects)."""

    def lock(self, pks: Collection[int]) -> Mapping[int, object]:
        """Meetings that no act holds."""
        rows = Occasion.objects.filter(pk__in=pks).select_for_update(no_key=True, skip_locked=True, of=("self",))
        return {occasion.pk: occasion for occasion in rows.select_related("series")}

    def hold(self, pks: Collection[int]) -> None:
        """In the order of their keys."""
        list(Occasion.objects.filter(pk__in=pks).select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))

    def holds(self, firing: Firing, subject: object) -> bool:
        """Whether the minutes, or the draft reply, are still owed."""
        occasion = cast("Occasion", subject)
        return firing.step.forced or firing.clock.key in {each.key for each in wanted(occasion, firing.step.due_at)}

    def fire(self, firings: Sequence[tuple[Firing, object]], now: datetime) -> Mapping[int, int]:
        """One line of the story and the messages of each rung."""
        told: dict[int, int] = {}
        for firing, subject in firings:
            occasion = cast("Occasion", subject)
            write_event("rung", occasion, None, now, level=firing.step.level, clock=firing.clock.kind, part=firing.clock.part)
            told[firing.step.pk] = sum(notify_all([_notice(firing, occasion, firing.step.rung.told)], now=now))
        return told

    def unheard(self, rungs: Sequence[tuple[Unheard, object]], now: datetime) -> None:
        """The people of the next rung up."""
        notify_all([_notice(each.firing, cast("Occasion", subject), each.above.told, "up") for each, subject in rungs], now=now)

    def moved(self, clocks: Sequence[Clock], now: datetime) -> None:
        """Nothing of it is copied."""

    def titles(self, clocks: Iterable[Clock], reader: User) -> Mapping[int, Titled]:
        """The meeting, where the reader may see it."""
        some = [clock for clock in clocks if clock.subject_kind == SUBJECT]
        rows = Occasion.objects.visible_to(reader).filter(pk__in={clock.subject_id for clock in some})
        occasions = {occasion.pk: occasion for occasion in rows.select_related("series")}
        return {
            clock.pk: Titled(str(occasions[clock.subject_id]), occasions[clock.subject_id].get_absolute_url())
            for clock in some
            if clock.subject_id in occasions
        }


def people_of(clock: Clock, roles: Collection[str]) -> list[User]:
    """Roles of the ladder as people of a meeting."""
    units = [clock.unit_id] if clock.unit_id else []
    found: list[User] = []
    if FIRST & set(roles):
        found += holders(RIGHTS[Right.MANAGE_MEETINGS]) if clock.kind == Timed.MINUTES else holders([Duty.LIAISON], units)
    if ABOVE & set(roles):
        found += holders([Duty.HEAD], units)
    return list({user.pk: user for user in found}.values())


def _notice(firing: Firing, occasion: Occasion, roles: Collection[str], suffix: str = "") -> Notice:
    clock = firing.clock
    minutes = clock.kind == Timed.MINUTES
    context = {"occasion": occasion.pk, "due": clock.due_at.isoformat()}
    if not minutes and Topic.objects.filter(pk=clock.part).exists():
        context["topic"] = clock.part
    kind = "event_minutes_due" if minutes else "event_topic_due"
    key = f"{key_of(firing.step)}:{suffix}" if suffix else key_of(firing.step)
    return Notice(kind, key, people_of(clock, roles), context)
