"""What clocks are about, as one reader may know it; of any number of clocks with one question to each app."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from liaison.accounts.models import User
from liaison.clocks.forecast import Planned
from liaison.clocks.kinds import Titled, subject_codes, subjects_of
from liaison.clocks.models import Clock

Named = tuple[Planned, Titled]


def titles_of(clocks: Iterable[Clock], reader: User) -> dict[int, Titled]:
    """By the clock's key; what the reader may not see is not there."""
    by_subject: dict[str, list[Clock]] = defaultdict(list)
    for clock in clocks:
        by_subject[clock.subject_kind].append(clock)
    found: dict[int, Titled] = {}
    for code in by_subject.keys() & set(subject_codes()):
        found.update(subjects_of(code).titles(by_subject[code], reader))
    return found


def named(rows: Sequence[Planned], reader: User) -> list[Named]:
    """The rows whose matter the reader may see, with its words."""
    titles = titles_of({row.clock.pk: row.clock for row in rows}.values(), reader)
    return [(row, titles[row.clock.pk]) for row in rows if row.clock.pk in titles]
