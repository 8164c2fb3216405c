"""The whole load, in one transaction: all of it or nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol

from django.conf import settings
from django.db import transaction

from issues.models import Category, Issue
from liaison.accounts.rights import nobody_moves
from liaison.clocks.actions.climbing import climb
from liaison.demo import cast, delivery, play, supervision
from liaison.demo.dating import Dating
from liaison.demo.firms import Registry
from liaison.demo.meetings import moments
from liaison.demo.occasions import meetings
from liaison.demo.open_stories import redated
from liaison.demo.scripts import stories

LADDER_SINCE: Final = timedelta(days=60)
Say = Callable[[str], None]


class Told(Protocol):
    """An issue or a meeting of the tables."""

    @property
    def key(self) -> str:
        """Its name there."""


class NotADemonstration(Exception):  # noqa: N818 - an answer to the administrator
    """This installation is not a demonstration."""


def is_loaded() -> bool:
    """Whether the demonstration's issues are there."""
    return Issue.objects.filter(once_key__startswith=play.ONCE).exists()


@transaction.atomic
def load_demo(say: Say, chosen: Callable[[Told], bool] = lambda _told: True, *, now: datetime) -> bool:
    """Load everything unless it is there, as it stands at ``now``; returns whether anything was done."""
    if not settings.DEMO:
        raise NotADemonstration
    if is_loaded():
        say("The demonstration data is there already.")
        return False
    dating = Dating.of_load(now)
    units = cast.load_units()
    cast.load_categories(units)
    users = cast.load_people(units, dating)
    say(f"{len(units)} units, {len(users)} people")
    registry = Registry(units, users, dating)
    firms = registry.load()
    say(f"{len(firms)} enterprises")
    categories = {category.code: category for category in Category.objects.all()}
    told = [story for story in redated(stories(), dating) if chosen(story)]
    met = [meeting for meeting in meetings(stories(), dating) if chosen(meeting)]
    with nobody_moves():
        world = play.World(units, users, firms, categories, pass_time=partial(_climb, since=now - LADDER_SINCE))
        happened = [*moments(world, met, now), *supervision.moments(world, dating, now)]
        steps = play.play(world, told, happened)
        climb(now)
    registry.suspend()
    say(f"{len(told)} issues, {len(met)} meetings, {steps} steps")
    say(f"{delivery.settle(now)} messages in the inboxes")
    return True


def _climb(moment: datetime, *, since: datetime) -> None:
    """What was late in the last weeks has been told of then. Before, the district had no ladder: nobody answers for old rungs."""
    if moment >= since:
        climb(moment)
