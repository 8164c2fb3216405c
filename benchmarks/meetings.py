"""``python -m benchmarks.meetings``: pages of meetings with 20 and with 2,000 occasions, and how much slower they get."""

import argparse
import json
from functools import partial
from itertools import cycle
from uuid import uuid4

from benchmarks.halves import Compared, Halves, table
from benchmarks.measure import Page, measure
from benchmarks.measure import table as measured
from benchmarks.results import said, write_section
from benchmarks.scale import SLOWER, SLOWER_WORD
from benchmarks.scratch import portal

TITLE = "Pages of meetings"
UNQUIET = 1.1


def pages() -> list[Page]:
    """Of a firm, of event staff, of who presides, of whoever holds the link."""
    from benchmarks.meetings_cast import TO_COME  # noqa: PLC0415
    from events.codes import code_text  # noqa: PLC0415
    from events.models import Invitation, Occasion  # noqa: PLC0415

    coming = Occasion.objects.filter(stage="published", slug__startswith="breakfast-").order_by("starts_at")
    occasion = coming.filter(access="public")[1]
    # the link of a firm that has not answered yet
    link = Invitation.objects.filter(occasion__in=coming, state="pending").order_by("pk")[0].get_absolute_url()
    at, guests = occasion.get_absolute_url(), cycle(occasion.invitations.filter(state="accepted").select_related("occasion"))
    month = f"{coming[TO_COME // 2].starts_at:%Y-%m}"

    def scan() -> str:
        return json.dumps({"scans": [{"nonce": str(uuid4()), "code": code_text(next(guests)), "gate": "A"}]})

    return [
        Page("nothing (base template)", "events1", "/nothing/"),
        Page("schedule, event staff", "events1", "/events/"),
        Page("schedule, firm", "firm1", "/events/"),
        Page("schedule, leader", "leader1", "/events/"),
        Page("schedule, search", "events1", "/events/?q=早餐"),
        Page("month, event staff", "events1", f"/events/?month={month}"),
        Page("occasion, event staff", "events1", at),
        Page("occasion, firm", "firm1", at),
        Page("occasion, host", "leader.main", at),
        Page("invitations", "events1", f"{at}invitations/"),
        Page("invitations, one state", "events1", f"{at}invitations/?state=accepted"),
        Page("at the door", "events1", f"{at}door/"),
        Page("at the door, search", "events1", f"{at}door/?q=企业"),
        Page("at the door, list for the device", "events1", f"{at}door/list/"),
        Page("at the door, live", "events1", f"{at}door/live/"),
        Page("at the door, a guest is let in", "events1", f"{at}door/scans/", scan),
        Page("reply by link", "firm1", link),
        Page("start page, event staff", "events1", "/"),
        Page("start page, firm", "firm1", "/"),
    ]


def lists() -> list[Page]:
    """What shows or counts more where there is more, and one occasion as big as they come."""
    from benchmarks.meetings_cast import BIG  # noqa: PLC0415
    from events.models import Occasion  # noqa: PLC0415

    closed = Occasion.objects.filter(stage="closed").order_by("starts_at")
    past = closed[closed.count() // 2]
    return [
        Page("a month of the past", "events1", f"/events/?month={past.starts_at:%Y-%m}"),
        Page("schedule, past", "events1", "/events/?when=past"),
        Page("figures of a year", "events1", "/events/figures/"),
        Page("figures of all years", "events1", "/events/figures/?year="),
        Page("occasion with 20,000 invitations", "events1", f"/events/{BIG}/"),
        Page("at the door, 20,000", "events1", f"/events/{BIG}/door/"),
        Page("at the door, 20,000, search", "events1", f"/events/{BIG}/door/?q=第199"),
        Page("invitations, 20,000", "events1", f"/events/{BIG}/invitations/"),
        Page("invitations, 20,000, search", "events1", f"/events/{BIG}/invitations/?q=第199"),
    ]


def main() -> None:
    """Fill, fill a copy further, ask both by turns; a page that works longer by more than a third makes it fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--occasions", type=int, nargs=2, default=[20, 2_000])
    parser.add_argument("--big", type=int, default=20_000, help="invitations to one more occasion, measured by itself")
    parser.add_argument("--times", type=int, default=30, help="how often each page is asked for")
    asked = parser.parse_args()
    few, many = asked.occasions
    with portal():
        from django.test import override_settings  # noqa: PLC0415

        from benchmarks.meetings_cast import CAST, EACH, fill, make_cast  # noqa: PLC0415

        make_cast()
        fill(few)
        with override_settings(ROOT_URLCONF="benchmarks.urls"):
            halves = Halves([*CAST, "firm1"], partial(fill, many))
            found = [halves.compare(pair, asked.times) for pair in halves.both(pages)]
            fill(many, asked.big)
            largest = measured(measure(lists(), asked.times))
            halves.turn(0)
    refuse_unquiet(found)
    size = " and ".join(f"{count:,} occasions with {count * EACH:,} invitations" for count in asked.occasions)
    rows = table(found, (f"{few:,}", f"{many:,}"), SLOWER)
    body = f"{said(size)}\n\n{rows}\n\nWith the most occasions, and one of {asked.big:,} invitations:\n\n{largest}"
    write_section(TITLE, body)
    print(body)  # noqa: T201
    if SLOWER_WORD in body:
        raise SystemExit("a page works longer by more than a third")


def refuse_unquiet(found: list[Compared]) -> None:
    """The empty page costs the same at every size; where it does not, others used the machine, and nothing is known."""
    if not 1 / UNQUIET < found[0].ratio < UNQUIET:
        raise SystemExit(f"the machine was not quiet: the empty page took {found[0].ratio:.2f} times as long; measure again")


if __name__ == "__main__":
    main()
