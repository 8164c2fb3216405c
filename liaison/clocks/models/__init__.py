"""What a limit is made of, and what is done when it runs out."""

from liaison.clocks.models.clocks import Clock, ClockEvent, ClockQuerySet, Key, Pause
from liaison.clocks.models.rules import LEVELS, LONGEST, UNITS, LimitRule, RuleSet, Rung
from liaison.clocks.models.steps import Step

__all__ = [
    "LEVELS",
    "LONGEST",
    "UNITS",
    "Clock",
    "ClockEvent",
    "ClockQuerySet",
    "Key",
    "LimitRule",
    "Pause",
    "RuleSet",
    "Rung",
    "Step",
]
