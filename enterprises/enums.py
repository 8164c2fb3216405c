"""Closed lists of the enterprises' room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """How far an enterprise's registration is."""

    APPLIED = "applied", _("Waiting for verification")
    VERIFIED = "verified", pgettext_lazy("enterprise", "Verified")
    REFUSED = "refused", _("Registration refused")
    SUSPENDED = "suspended", pgettext_lazy("enterprise", "Suspended")
    CLOSED = "closed", pgettext_lazy("enterprise", "Closed")


class Section(models.TextChoices):
    """Sections of GB/T 4754-2017."""

    A = "A", _("Agriculture, forestry, animal husbandry and fishery")
    B = "B", _("Mining")
    C = "C", _("Manufacturing")
    D = "D", _("Electricity, heat, gas and water supply")
    E = "E", _("Construction")
    F = "F", _("Wholesale and retail")
    G = "G", _("Transport, storage and post")
    H = "H", _("Hotels and catering")
    I = "I", _("Information transmission, software and IT services")  # noqa: E741 - the standard's own letter
    J = "J", _("Finance")
    K = "K", _("Real estate")
    L = "L", _("Leasing and business services")
    M = "M", _("Research and technical services")
    N = "N", _("Water, environment and public facilities")
    O = "O", _("Residents' services, repair and others")  # noqa: E741 - the standard's own letter
    P = "P", _("Education")
    Q = "Q", _("Health and social work")
    R = "R", _("Culture, sports and entertainment")
    S = "S", _("Public administration, social security and organisations")
    T = "T", _("International organisations")


class Size(models.TextChoices):
    """Size classes of the statistical table of 2017; blank: the table does not say."""

    LARGE = "large", _("Large")
    MEDIUM = "medium", _("Medium")
    SMALL = "small", _("Small")
    MICRO = "micro", _("Micro")


class Ownership(models.TextChoices):
    """Who owns the enterprise."""

    PRIVATE = "private", _("Private")
    STATE = "state", _("State-owned")
    COLLECTIVE = "collective", _("Collective")
    FOREIGN = "foreign", _("Foreign")
    HMT = "hmt", _("Hong Kong, Macao, Taiwan")
    MIXED = "mixed", _("Mixed")
    COOPERATIVE = "cooperative", _("Farmers' cooperative")
    INDIVIDUAL = "individual", _("Individual business")


class Role(models.TextChoices):
    """What a person may do for the enterprise."""

    MANAGER = "manager", _("Manager")
    STAFF = "staff", _("Colleague")


class ChamberKind(models.TextChoices):
    """What sort of chamber it is."""

    DISTRICT = "district", _("General chamber")
    TRADE = "trade", _("Trade association")
    TOWN = "town", _("Chamber of a town")
    PARK = "park", _("Union of a park")
    HOMETOWN = "hometown", _("Chamber of fellow countrymen")


class EventKind(models.TextChoices):
    """What happened to an enterprise."""

    APPLIED = "applied", _("Registration applied for")
    VERIFIED = "verified", pgettext_lazy("enterprise", "Verified")
    REFUSED = "refused", _("Registration refused")
    SUSPENDED = "suspended", pgettext_lazy("enterprise", "Suspended")
    REOPENED = "reopened", pgettext_lazy("enterprise", "Reopened")
    CLOSED = "closed", pgettext_lazy("enterprise", "Closed")
    EDITED = "edited", _("Data changed")
    RENAME_ASKED = "rename_asked", _("Change of name asked for")
    RENAMED = "renamed", _("Change of name confirmed")
    RENAME_DECLINED = "rename_declined", _("Change of name declined")
    SIZE_SET = "size_set", _("Size class set")
    INVITED = "invited", _("Colleague invited")
    INVITATION_REVOKED = "invitation_revoked", _("Invitation taken back")
    JOINED = "joined", _("Colleague joined")
    REMOVED = "removed", _("Colleague removed")
    ROLE_CHANGED = "role_changed", _("Role changed")
    CHAMBER_JOINED = "chamber_joined", _("Joined a chamber")
    CHAMBER_LEFT = "chamber_left", _("Left a chamber")
    IMPORTED = "imported", _("Taken over from a list")


class RunState(models.TextChoices):
    """How far an import is."""

    WAITING = "waiting", _("Waiting to be checked")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    CONFIRMED = "confirmed", _("Waiting to be taken over")
    APPLYING = "applying", _("Being taken over")
    DONE = "done", _("Taken over")
    UNREADABLE = "unreadable", _("Not readable")
    DISCARDED = "discarded", _("Discarded")


class Verdict(models.TextChoices):
    """What an imported row means."""

    CREATE = "create", _("New")
    UPDATE = "update", _("Changed")
    SAME = "same", _("Unchanged")
    ERROR = "error", _("Faulty")
