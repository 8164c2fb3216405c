"""Issues and all that belongs to them."""

from issues.models.answer import Answer, Milestone
from issues.models.category import Category
from issues.models.concern import Concern
from issues.models.evaluation import CallBack, Evaluation
from issues.models.event import IssueEvent, Opening
from issues.models.issue import MAX_BODY, MAX_FILES, MAX_TITLE, SUBJECT, Issue, IssueQuerySet, NumberSeries
from issues.models.message import Attachment, Message
from issues.models.order import Order, Petition
from issues.models.supervision import Directive, Summons, SupervisionAnswer, SupervisionOrder
from issues.models.urging import Urging

__all__ = [
    "MAX_BODY",
    "MAX_FILES",
    "MAX_TITLE",
    "SUBJECT",
    "Answer",
    "Attachment",
    "CallBack",
    "Category",
    "Concern",
    "Directive",
    "Evaluation",
    "Issue",
    "IssueEvent",
    "IssueQuerySet",
    "Message",
    "Milestone",
    "NumberSeries",
    "Opening",
    "Order",
    "Petition",
    "Summons",
    "SupervisionAnswer",
    "SupervisionOrder",
    "Urging",
]
