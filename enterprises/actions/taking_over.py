"""Writing checked rows of an import."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from enterprises.enums import EventKind, Status, Verdict
from enterprises.models import Enterprise, EnterpriseEvent, ImportRow, Label
from enterprises.tables import recorded
from liaison.accounts.models import Unit, User

Links = Mapping[str, Unit]


def take_over(batch: list[ImportRow], *, by: User, now: datetime) -> None:
    """Write a batch. A row whose enterprise has changed since the check is left alone and says so."""
    codes = [row.credit_code for row in batch]
    locked = (
        Enterprise.objects.select_for_update(no_key=True, of=("self",)).select_related("town", "park").prefetch_related("labels")
    )
    known = {enterprise.credit_code: enterprise for enterprise in locked.filter(credit_code__in=codes).order_by("pk")}
    units = {unit.code: unit for unit in Unit.objects.all()}
    labels = {label.name: label for label in Label.objects.all()}
    created, told = [], []
    for row in batch:
        enterprise = known.get(row.credit_code)
        if not _still_holds(row, enterprise):
            row.verdict = Verdict.ERROR
            row.errors = [{"column": "credit_code", "problem": "moved", "params": {}}]
            continue
        row.applied = True
        if enterprise is None:
            created.append((row, _new(row, units, by, now)))
        else:
            _change(enterprise, row, units, labels)
            told.append(
                EnterpriseEvent(enterprise=enterprise, kind=EventKind.IMPORTED, actor=by, at=now, detail={"changes": row.changes})
            )
    Enterprise.objects.bulk_create([enterprise for _row, enterprise in created])
    Enterprise.labels.through.objects.bulk_create(
        Enterprise.labels.through(enterprise=enterprise, label=labels[name])
        for row, enterprise in created
        for name in row.values.get("labels", [])
    )
    told += [EnterpriseEvent(enterprise=enterprise, kind=EventKind.IMPORTED, actor=by, at=now) for _row, enterprise in created]
    EnterpriseEvent.objects.bulk_create(told)
    ImportRow.objects.bulk_update(batch, ["applied", "verdict", "errors"])


def _still_holds(row: ImportRow, enterprise: Enterprise | None) -> bool:
    """Whether what the check found is still so."""
    if row.verdict == Verdict.CREATE or enterprise is None:
        return row.verdict == Verdict.CREATE and enterprise is None
    now = recorded(enterprise)
    return all(now[name] == before for name, (before, _after) in row.changes.items())


def _new(row: ImportRow, units: Links, by: User, now: datetime) -> Enterprise:
    """The desk vouches for its list: what it imports is verified."""
    enterprise = Enterprise(status=Status.VERIFIED, applied_by=by, applied_at=now, verified_at=now)
    _write(enterprise, {name: value for name, value in row.values.items() if name != "labels"}, units)
    enterprise.derive()
    return enterprise


def _change(enterprise: Enterprise, row: ImportRow, units: Links, labels: Mapping[str, Label]) -> None:
    after = {name: new for name, (_old, new) in row.changes.items()}
    names = after.pop("labels", None)
    _write(enterprise, after, units)
    if after:
        enterprise.save(update_fields=list(after))
    if names is not None:
        enterprise.labels.set([labels[name] for name in names if name in labels])


def _write(enterprise: Enterprise, values: Mapping[str, Any], units: Links) -> None:
    for name, value in values.items():
        field: Any = Enterprise._meta.get_field(name)  # noqa: SLF001
        setattr(enterprise, name, units.get(value) if name in {"town", "park"} else field.to_python(value))
