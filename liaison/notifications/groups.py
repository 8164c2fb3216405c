"""Setting up the group robots of units; the record names the robot, never its address or secret."""

from django.db import transaction

from liaison.accounts.models import Unit, User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.notifications.models import Robot


@transaction.atomic
def add_robot(unit: Unit, *, provider: str, url: str, secret: str, by: User) -> Robot:
    """A robot for the unit's group."""
    robot = Robot(unit=unit, provider=provider)
    robot.keep(url, secret)
    robot.save(force_insert=True)
    _record(robot, by, {"added": True})
    return robot


@transaction.atomic
def change_robot(robot: Robot, *, url: str, secret: str, active: bool, by: User) -> None:
    """Switch it on or off; a new address comes with its own secret."""
    robot = Robot.objects.select_for_update(no_key=True, of=("self",)).get(pk=robot.pk)
    if url or secret:
        robot.keep(url or robot.url, secret or ("" if url else robot.secret))
    robot.active = active
    robot.save()
    _record(robot, by, {"active": active, "address": bool(url), "secret": bool(secret)})


@transaction.atomic
def remove_robot(robot: Robot, *, by: User) -> None:
    """Its address and secret are gone; what it has said stays in the ledger."""
    _record(robot, by, {"removed": True})
    robot.delete()


def _record(robot: Robot, by: User, detail: dict[str, bool]) -> None:
    record(AuditTag.REFERENCE_CHANGED, by=by, subject=f"robot {robot.unit.code} {robot.provider}", detail=detail)
