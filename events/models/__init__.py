"""Everything stored about meetings."""

from events.models.checkin import CheckIn, Result
from events.models.event import OccasionEvent
from events.models.feed import FeedKey
from events.models.invitation import Invitation, InvitationQuerySet
from events.models.occasion import Occasion, OccasionFile, OccasionQuerySet, Presiding, ProgrammeItem, Series
from events.models.reminder import Reminder
from events.models.rotation import RotationDraw, RotationRule

__all__ = [
    "CheckIn",
    "FeedKey",
    "Invitation",
    "InvitationQuerySet",
    "Occasion",
    "OccasionEvent",
    "OccasionFile",
    "OccasionQuerySet",
    "Presiding",
    "ProgrammeItem",
    "Reminder",
    "Result",
    "RotationDraw",
    "RotationRule",
    "Series",
]
