"""Everything stored about meetings."""

from events.models.checkin import CheckIn, Result
from events.models.event import OccasionEvent
from events.models.feed import FeedKey
from events.models.invitation import Invitation, InvitationQuerySet
from events.models.minutes import Paragraph, Revision
from events.models.occasion import Occasion, OccasionFile, OccasionQuerySet, Presiding, ProgrammeItem, Series
from events.models.point import Consent, Point, PointQuerySet
from events.models.reminder import Reminder
from events.models.rotation import RotationDraw, RotationRule
from events.models.topic import AgendaItem, Topic, TopicQuerySet

__all__ = [
    "AgendaItem",
    "CheckIn",
    "Consent",
    "FeedKey",
    "Invitation",
    "InvitationQuerySet",
    "Occasion",
    "OccasionEvent",
    "OccasionFile",
    "OccasionQuerySet",
    "Paragraph",
    "Point",
    "PointQuerySet",
    "Presiding",
    "ProgrammeItem",
    "Reminder",
    "Result",
    "Revision",
    "RotationDraw",
    "RotationRule",
    "Series",
    "Topic",
    "TopicQuerySet",
]
