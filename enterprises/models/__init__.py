"""Tables of the enterprises' room."""

from enterprises.models.chamber import Chamber, ChamberMembership
from enterprises.models.enterprise import Enterprise, Label
from enterprises.models.event import EnterpriseEvent
from enterprises.models.importing import ImportRow, ImportRun
from enterprises.models.licence import Licence
from enterprises.models.people import Invitation, Representative

__all__ = [
    "Chamber",
    "ChamberMembership",
    "Enterprise",
    "EnterpriseEvent",
    "ImportRow",
    "ImportRun",
    "Invitation",
    "Label",
    "Licence",
    "Representative",
]
