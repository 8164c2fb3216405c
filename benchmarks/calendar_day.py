"""``python -m benchmarks.calendar_day``: a day is closed while many clocks run; how long preview and recomputation take."""

import argparse
import sys
import time
from datetime import timedelta

from benchmarks import ladder_cast
from benchmarks.scratch import portal


def main() -> None:
    """Print the seconds of both, and that every moved clock has its explanation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="clocks that run")
    asked = parser.parse_args()
    with portal():
        ladder_cast.fill(ladder_cast.make_district(), asked.count, level=0)
        for line in measure():
            sys.stdout.write(f"{line}\n")


def measure() -> list[str]:
    """Preview and save the closing of the next working day but one, a typhoon's."""
    from django.db import transaction  # noqa: PLC0415

    from liaison.accounts.models import User  # noqa: PLC0415 - Django is set up by now
    from liaison.clocks.models import Clock, ClockEvent  # noqa: PLC0415
    from liaison.moments import clock  # noqa: PLC0415
    from liaison.workdays import add_workdays, dependants  # noqa: PLC0415
    from liaison.workdays.actions.save import save_version  # noqa: PLC0415
    from liaison.workdays.calendar import Name  # noqa: PLC0415
    from liaison.workdays.drafts import Exceptional, Source  # noqa: PLC0415
    from liaison.workdays.models import CalendarVersion  # noqa: PLC0415

    newest = CalendarVersion.objects.in_force()
    draft, day = newest.draft(), add_workdays(clock.today(), 1)
    closed = draft.with_days([day], Exceptional((), Name("台风", "typhoon"), Source.LOCAL))
    # What the filler wrote is not what the calendar says: bring all clocks in line first, so that the day alone moves them.
    Clock.objects.update(started_at=clock.now() - timedelta(days=2))
    with transaction.atomic():
        dependants.move_all(newest, None, None, clock.now())
    editor = User.objects.earliest("pk")
    before, events = dict(Clock.objects.values_list("pk", "due_at")), ClockEvent.objects.count()
    began = time.monotonic()
    preview = dependants.preview_all(closed.calendar(), [day], editor)
    previewed = time.monotonic()
    _version, moved = save_version(closed, base=newest.number, why="台风停工", by=editor, now=clock.now())
    saved = time.monotonic()
    changed = sum(due != before[pk] for pk, due in Clock.objects.values_list("pk", "due_at"))
    explained = ClockEvent.objects.count() - events
    return [
        f"clocks that run      {len(before):8d}",
        f"preview              {previewed - began:8.1f} s, {preview.moved} would move",
        f"saved and moved      {saved - previewed:8.1f} s, {moved} moved",
        f"moved and explained  {changed:8d}, {explained}" + ("" if changed == explained == moved == preview.moved else "  WRONG"),
    ]


if __name__ == "__main__":
    main()
