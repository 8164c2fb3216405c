"""``python -m benchmarks.meetings``: pages of meetings with 20 and with 2,000 occasions, and how much slower they get."""

import argparse
import json
from dataclasses import replace
from itertools import cycle
from time import perf_counter
from uuid import uuid4

from benchmarks.measure import Measured, Page, measure, table
from benchmarks.results import said, write_section
from benchmarks.scale import SLOWER_WORD, compared
from benchmarks.scratch import portal

TITLE = "Pages of meetings"
UNQUIET = 1.2
PASSES = 3


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


def least(wanted: list[Page], times: int) -> list[Measured]:
    """Each page's cheapest of several passes, so that what others did for half a minute is not taken for the page's own work."""
    passes = [measure(wanted, max(times // PASSES, 1)) for _pass in range(PASSES)]
    return [min(row, key=lambda measured: measured.busy) for row in zip(*passes, strict=True)]


def refuse_unquiet(found: dict[int, list[Measured]]) -> None:
    """The empty page costs the same at every size; where it does not, others used the machine, and nothing is known."""
    costs = [measured[0].busy for measured in found.values()]
    if max(costs) > UNQUIET * min(costs):
        raise SystemExit(f"the machine was not quiet: the empty page took {costs} ms of processor time; measure again")


def main() -> None:
    """Fill, measure, fill more, compare; a page that works longer by more than a third makes it fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--occasions", type=int, nargs="+", default=[20, 2_000])
    parser.add_argument("--big", type=int, default=20_000, help="invitations to one more occasion, measured by itself")
    parser.add_argument("--times", type=int, default=30, help="how often each page is asked for")
    asked = parser.parse_args()
    with portal():
        from django.test import override_settings  # noqa: PLC0415

        from benchmarks.meetings_cast import EACH, fill, make_cast  # noqa: PLC0415

        make_cast()
        found: dict[int, list[Measured]] = {}
        with override_settings(ROOT_URLCONF="benchmarks.urls"):
            for count in asked.occasions:
                start = perf_counter()
                fill(count)
                print(f"{count:,} occasions, {count * EACH:,} invitations filled in {perf_counter() - start:.0f} s", flush=True)  # noqa: T201
                found[count] = [replace(m, page=replace(m.page, url="", body=None)) for m in least(pages(), asked.times)]
                print(table(found[count]), flush=True)  # noqa: T201
            fill(asked.occasions[-1], asked.big)
            many = table(measure(lists(), asked.times))
    refuse_unquiet(found)
    size = " and ".join(f"{count:,} occasions with {count * EACH:,} invitations" for count in asked.occasions)
    body = f"{said(size)}\n\n{compared(found)}\n\nWith the most occasions, and one of {asked.big:,} invitations:\n\n{many}"
    write_section(TITLE, body)
    print(body)  # noqa: T201
    if SLOWER_WORD in body:
        raise SystemExit("a page works longer by more than a third")


if __name__ == "__main__":
    main()
