"""``make bench``: what the pages cost on the demonstration's data; prints a table and writes results.md beside this file."""

from benchmarks.measure import Page, measure, table
from benchmarks.results import said, write_section
from benchmarks.scratch import portal


def pages() -> list[Page]:
    """The pages people look at all day, and the empty frame to compare them with."""
    from issues.models import Issue  # noqa: PLC0415

    handled = Issue.objects.filter(stage="handling", orders__unit__code="tax").order_by("pk").first()
    closed = Issue.objects.filter(stage="closed").order_by("-round", "pk").first()
    return [
        Page("nothing (base template)", "desk1", "/nothing/"),
        Page("start page, desk", "desk1", "/"),
        Page("start page, leader", "leader1", "/"),
        Page("desk pool", "desk1", "/issues/"),
        Page("desk, all issues", "desk1", "/issues/?view=all"),
        Page("desk, search of two characters", "desk1", "/issues/?q=贷款"),
        Page("unit board", "tax.liaison", "/issues/"),
        Page("unit, all issues", "tax.head", "/issues/?view=all"),
        Page("leader's list", "leader1", "/issues/"),
        Page("main leader's list", "leader.main", "/issues/"),
        Page("inspection, overdue", "inspect1", "/issues/?view=overdue"),
        Page("calls to make", "caller1", "/issues/"),
        Page("firm's page", "firm1", "/issues/"),
        *[
            Page(f"issue page, {name}", "desk1", issue.get_absolute_url())
            for name, issue in (("handled", handled), ("closed", closed))
            if issue
        ],
    ]


def main() -> None:
    """Fill, measure, write."""
    with portal():
        from django.core.management import call_command, get_commands  # noqa: PLC0415
        from django.test import override_settings  # noqa: PLC0415

        from issues.models import Issue  # noqa: PLC0415

        if "demo_data" not in get_commands():
            raise SystemExit("There is no demonstration data to measure.")
        call_command("demo_data", verbosity=0)
        with override_settings(ROOT_URLCONF="benchmarks.urls"):
            found = table(measure(pages()))
        size = f"{Issue.objects.count()} issues"
    body = f"{said(size)}\n\n{found}"
    write_section("Pages on the demonstration's data", body)
    print(body)  # noqa: T201


if __name__ == "__main__":
    main()
