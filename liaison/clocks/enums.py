"""The words of clocks and of the ladder."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(models.TextChoices):
    """How a clock ended; written once."""

    RUNNING = "", _("Running")
    MET = "met", _("In time")
    MISSED = "missed", _("Missed")
    VOID = "void", _("Without object")


class PauseReason(models.TextChoices):
    """Why a clock may stand still."""

    FIRM = "firm", _("Waiting for the firm")
    PROCEDURE = "procedure", _("Legal procedure")
    WITHDRAWAL = "withdrawal", _("Withdrawal being confirmed")


class Because(models.TextChoices):
    """Why a due moment changed."""

    PAUSED = "paused", _("Paused")
    RESUMED = "resumed", _("Resumed")
    EXTENDED = "extended", _("More time given")
    LIMIT = "limit", _("Limit changed")
    CALENDAR = "calendar", _("Working calendar changed")


class Light(models.TextChoices):
    """How near the end is; never shown by colour alone."""

    BLUE = "blue", _("Notice")
    YELLOW = "yellow", _("Warning")
    RED = "red", _("Overdue")


class Basis(models.TextChoices):
    """From what the moment of a rung is reckoned."""

    SHARE = "share", _("percent of the limit")
    AFTER = "after", _("working days after the due moment")


class Condition(models.TextChoices):
    """What must hold besides the moment."""

    ALWAYS = "", _("in any case")
    NO_CONTACT = "no_contact", _("no contact recorded")


class Told(models.TextChoices):
    """Who is told by a rung; whoever it is in the matter at hand is asked of its app."""

    HANDLER = "handler", _("Handler")
    LIAISON = "liaison", _("Liaison")
    DEPUTY = "deputy", _("Deputy head")
    HEAD = "head", _("Head")
    DESK = "desk", _("Desk")
    INSPECTOR = "inspector", _("Inspection office")
    LEADER = "leader", _("Leader in charge")
    MAIN_LEADER = "main_leader", _("Main leaders")
    FIRM = "firm", _("The enterprise")
    CALLER = "caller", _("Callers")


class Act(models.TextChoices):
    """What a rung does besides telling."""

    URGE = "urge", _("urging note")
    SUPERVISION_ORDER = "order", _("supervision order")
    BULLETIN = "bulletin", _("named in the weekly bulletin")
    SUMMON = "summon", _("summons")


class StepState(models.TextChoices):
    """What became of a planned rung."""

    PLANNED = "planned", pgettext_lazy("rung", "Planned")
    FIRED = "fired", _("Reached")
    SUPERSEDED = "superseded", _("Superseded by a higher rung")
    SPARED = "spared", _("Spared: its condition did not hold")
    CANCELLED = "cancelled", _("Cancelled: the clock ended or has a new date")
