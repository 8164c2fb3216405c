"""What a rung does besides telling: urging notes are drafted; supervision orders and summonses are opened."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from issues.models import Issue, Urging
from liaison.clocks.enums import Act
from liaison.clocks.kinds import Firing, kind_of
from liaison.ui.moments import words_of

Fired = tuple[Firing, Issue]


def do_acts(fired: Sequence[Fired], now: datetime) -> None:
    """All acts of a batch, kind by kind."""
    for act, do in ACTS.items():
        wanted = [(firing, issue) for firing, issue in fired if act in firing.step.rung.acts]
        if wanted:
            do(wanted, now)


def draft_urgings(fired: Sequence[Fired], now: datetime) -> None:
    """A draft for each unit that is late (the desk does not urge itself), in the portal's first language: it is a document."""
    with translation.override(settings.LANGUAGE_CODE):
        drafts = [_draft(firing, issue, now) for firing, issue in fired if firing.clock.unit_id]
    Urging.objects.bulk_create(drafts, ignore_conflicts=True)


def _draft(firing: Firing, issue: Issue, now: datetime) -> Urging:
    clock = firing.clock
    assert clock.unit_id is not None
    text = _("%(number)s: the %(kind)s was due on %(due)s and is still open. Please deal with it and say what stands in the way.")
    values = {"number": issue.number, "kind": kind_of(clock.kind).label, "due": words_of(clock.due_at)}
    return Urging(
        issue=issue, unit_id=clock.unit_id, clock_id=clock.pk, step_id=firing.step.pk, text=text % values, drafted_at=now
    )


ACTS: Final[Mapping[str, Callable[[Sequence[Fired], datetime], None]]] = {Act.URGE: draft_urgings}
"Who is named in the weekly bulletin is asked of the steps: those of rungs that say so."
