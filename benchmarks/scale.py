"""``python -m benchmarks.scale --issues 1000 100000``: the same pages at several sizes, and how much slower they get."""

import argparse
from dataclasses import replace
from time import perf_counter

from benchmarks.measure import Measured, Page, measure
from benchmarks.scratch import portal

DEEP = 25_000
"Page 1,000 of 25 rows; in smaller districts the middle."
SLOWER = 4 / 3
SLOWER_WORD = "**slower**"
FIRMS = 10
"Issues of one firm."
NEWEST = "-submitted_at"


def pages(count: int) -> list[Page]:
    """The lists, their first and a far page, searches for rare and frequent words, one issue."""
    deep = _cursor(count)
    return [
        Page("nothing (base template)", "desk1", "/nothing/"),
        Page("start page", "desk1", "/"),
        Page("desk pool", "desk1", "/issues/"),
        Page("desk, to admit", "desk1", "/issues/?view=to-admit"),
        Page("desk, all open", "desk1", "/issues/?view=open"),
        Page("desk, all, page 1", "desk1", "/issues/?view=all"),
        Page("desk, all, page 1,000", "desk1", f"/issues/?view=all&after={deep}"),
        Page("desk, overdue", "desk1", "/issues/?view=overdue"),
        Page("desk, search frequent word", "desk1", "/issues/?q=贷款"),
        Page("desk, search word in one of 200", "desk1", "/issues/?q=用工"),
        Page("desk, search number", "desk1", f"/issues/?q=2024-{count // 2}"),
        Page("desk, search firm", "desk1", f"/issues/?q=企业第{count // FIRMS // 2}号"),
        Page("unit board", "big.liaison", "/issues/"),
        Page("unit, all, page 1", "big.head", "/issues/?view=all"),
        Page("unit, all, page 1,000", "big.head", f"/issues/?view=all&after={deep}"),
        Page("unit, search", "big.head", "/issues/?q=贷款"),
        Page("small unit, all", "small.head", "/issues/?view=all"),
        Page("handler's orders", "big.handler", "/issues/?view=mine"),
        Page("leader's list", "leader1", "/issues/"),
        Page("leader, all", "leader1", "/issues/?view=all"),
        Page("main leader's list", "leader.main", "/issues/"),
        Page("calls to make", "caller1", "/issues/"),
        Page("firm's page", "firm1", "/issues/"),
        Page("issue page", "desk1", f"/issues/2024-{count // 2}/"),
    ]


def _cursor(count: int) -> str:
    """Where the list of all issues was left after a thousand pages."""
    from issues.models import Issue  # noqa: PLC0415
    from liaison.ui.paging import keyset_page  # noqa: PLC0415

    place = min(DEEP, count // 2)
    row = Issue.objects.filter(submitted_at__isnull=False).order_by("-submitted_at", "-pk")[place]
    return keyset_page(
        Issue.objects.filter(submitted_at__gte=row.submitted_at).only("submitted_at"), {}, by=NEWEST, size=place
    ).after


def main() -> None:
    """Fill, measure, fill more, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issues", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--events", type=int, default=10, help="events of each issue")
    parser.add_argument("--times", type=int, default=30, help="how often each page is asked for")
    asked = parser.parse_args()
    with portal():
        from django.test import override_settings  # noqa: PLC0415

        from benchmarks.fill import fill, make_cast  # noqa: PLC0415

        make_cast()
        found: dict[int, list[Measured]] = {}
        with override_settings(ROOT_URLCONF="benchmarks.urls"):
            for count in asked.issues:
                start = perf_counter()
                fill(count, asked.events)
                print(f"{count:,} issues filled in {perf_counter() - start:.0f} s", flush=True)  # noqa: T201
                found[count] = [replace(m, page=replace(m.page, url="")) for m in measure(pages(count), asked.times)]
    print(compared(found))  # noqa: T201


def compared(found: dict[int, list[Measured]]) -> str:
    """Times side by side; a page that works longer by more than a third is marked."""
    lines = ["| page | queries | " + " | ".join(f"{size:,}: median / p95 / processor ms" for size in found) + " | last : first |"]
    lines += ["| --- | ---: | " + " | ".join("---:" for _size in found) + " | ---: |"]
    for row in zip(*found.values(), strict=True):
        times = " | ".join(f"{m.median:.1f} / {m.p95:.1f} / {m.busy:.1f}" for m in row)
        ratio = row[-1].busy / row[0].busy
        counted = "–".join(str(n) for n in sorted({m.queries for m in row}))
        lines.append(f"| {row[0].page.name} | {counted} | {times} | {ratio:.2f}{f' {SLOWER_WORD}' if ratio > SLOWER else ''} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
