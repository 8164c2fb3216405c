"""Batches, appointments, interests, certificates, reports."""

from supervision.models.account import Account
from supervision.models.appointment import Appointment, AppointmentQuerySet
from supervision.models.batch import Batch
from supervision.models.certificate import Certificate
from supervision.models.contact import Contact
from supervision.models.event import RegisterEvent
from supervision.models.interest import Interest
from supervision.models.report import SUBJECT, Report, ReportEvent, ReportPhoto, ReportQuerySet

__all__ = [
    "SUBJECT",
    "Account",
    "Appointment",
    "AppointmentQuerySet",
    "Batch",
    "Certificate",
    "Contact",
    "Interest",
    "RegisterEvent",
    "Report",
    "ReportEvent",
    "ReportPhoto",
    "ReportQuerySet",
]
