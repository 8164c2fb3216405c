"""The first version of the calendar, from the published holidays: for the migration, and wherever tables were emptied."""

from datetime import UTC, datetime
from typing import Any, Final

from liaison.workdays.drafts import Draft, statutory_draft
from liaison.workdays.statutory import SOURCE
from liaison.workdays.stored import pairs_of, week_pairs

WHY: Final = f"{SOURCE}节假日通知"


def create_first(versions: type[Any], days: type[Any]) -> None:
    """Make version 1 unless there is one; two at once make one."""
    if versions.objects.exists():
        return
    draft = statutory_draft()
    fields = {"why": WHY, "saved_at": datetime.now(UTC), "zone": draft.zone.key, "week": week_pairs(draft.week)}
    version, made = versions.objects.get_or_create(number=1, defaults={**fields, "published": sorted(draft.published)})
    if made:
        days.objects.bulk_create(day_rows(days, version, draft), batch_size=1000)


def day_rows(days: type[Any], version: Any, draft: Draft) -> list[Any]:
    """The exceptions of a draft as rows of one version."""
    return [
        days(
            version=version,
            day=day,
            segments=pairs_of(each.segments),
            name_zh=each.name.chinese,
            name_en=each.name.english,
            source=each.source.value,
        )
        for day, each in sorted(draft.days.items())
    ]
