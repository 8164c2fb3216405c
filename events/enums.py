"""Words of meetings."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What sort of occasion it is."""

    BREAKFAST = "breakfast", _("Breakfast meeting")
    SYMPOSIUM = "symposium", _("Symposium")
    TRAINING = "training", _("Training")
    BRIEFING = "briefing", _("Policy briefing")
    INVESTMENT = "investment", _("Investment promotion")
    IDEALS = "ideals", _("Ideals education")
    BANKS = "banks", _("Bank–government–enterprise session")
    SUPERVISORS = "supervisors", _("Supervisors' meeting")


class Action(TextChoices):
    """The six actions (沿商兴区六大行动)."""

    POLITICS = "politics", _("Guidance in ideals and politics")
    FRIENDS = "friends", _("Friendship between government and business")
    TALKS = "talks", _("Consultation between government and enterprises")
    HELP = "help", _("Helping enterprises out of difficulties")
    ABILITY = "ability", _("Building abilities")
    ENVIRONMENT = "environment", _("Improving the business environment")


class Access(TextChoices):
    """Who may see an occasion, and who may come."""

    PUBLIC = "public", pgettext_lazy("occasion", "Public")
    INVITED = "invited", pgettext_lazy("occasion", "By invitation")
    INTERNAL = "internal", pgettext_lazy("occasion", "Internal")


class Stage(TextChoices):
    """Where an occasion stands."""

    PLANNED = "planned", pgettext_lazy("occasion", "Planned")
    PUBLISHED = "published", pgettext_lazy("occasion", "Published")
    HELD = "held", pgettext_lazy("occasion", "Held, minutes to come")
    MINUTED = "minuted", pgettext_lazy("occasion", "Minutes approved")
    CLOSED = "closed", pgettext_lazy("occasion", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("occasion", "Cancelled")


class InvitationState(TextChoices):
    """Where an invitation stands."""

    APPLIED = "applied", pgettext_lazy("invitation", "Application to be decided")
    PENDING = "pending", pgettext_lazy("invitation", "Not answered")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Coming")
    DECLINED = "declined", pgettext_lazy("invitation", "Not coming")
    WAITING = "waiting", pgettext_lazy("invitation", "On the waiting list")
    OFFERED = "offered", pgettext_lazy("invitation", "A place is held")
    LAPSED = "lapsed", pgettext_lazy("invitation", "Offer run out")
    REVOKED = "revoked", pgettext_lazy("invitation", "Taken back")
    REFUSED = "refused", pgettext_lazy("invitation", "Application declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Application withdrawn")


class Source(TextChoices):
    """How a firm came to be invited."""

    NAME = "name", pgettext_lazy("invitation", "By name")
    APPLICATION = "application", pgettext_lazy("invitation", "By application")
    CHAMBER = "chamber", pgettext_lazy("invitation", "Proposed by a chamber")
    ROTATION = "rotation", pgettext_lazy("invitation", "By fair rotation")
    WALK_IN = "walk_in", pgettext_lazy("invitation", "Came without an invitation")


class Substitute(TextChoices):
    """Whether somebody else comes in the invited person's place."""

    NONE = "none", pgettext_lazy("substitute", "The person invited")
    NAMED = "named", pgettext_lazy("substitute", "Substitute")
    ASKED = "asked", pgettext_lazy("substitute", "Substitute, to be approved")
    DECLINED = "declined", pgettext_lazy("substitute", "Substitute not accepted")


class Presence(TextChoices):
    """Who of the leadership presides, as planned and as it came."""

    PLANNED = "planned", pgettext_lazy("presiding", "Planned")
    REPLACED = "replaced", pgettext_lazy("presiding", "Replaced")
    ACTUAL = "actual", pgettext_lazy("presiding", "Presided")


class PresidingRole(TextChoices):
    """As what a leader takes part."""

    HOST = "host", pgettext_lazy("presiding", "Host")
    LEADER = "leader", pgettext_lazy("presiding", "Leader present")


class TopicState(TextChoices):
    """How far a topic that a firm proposed is."""

    PROPOSED = "proposed", pgettext_lazy("topic", "Proposed")
    ASSIGNED = "assigned", pgettext_lazy("topic", "With a unit for a draft reply")
    DRAFTED = "drafted", pgettext_lazy("topic", "Draft reply written")
    SET_ASIDE = "set_aside", pgettext_lazy("topic", "Not for this meeting")
    WITHDRAWN = "withdrawn", pgettext_lazy("topic", "Withdrawn")


class PointKind(TextChoices):
    """What became of a point in the meeting itself."""

    ANSWERED = "answered", pgettext_lazy("point", "Answered on the spot")
    TAKEN = "taken", pgettext_lazy("point", "Taken away")
    SUGGESTION = "suggestion", pgettext_lazy("point", "Suggestion")
    POLICY = "policy", pgettext_lazy("point", "Policy question")


class Timed(TextChoices):
    """What the clocks of a meeting wait for."""

    MINUTES = "minutes", pgettext_lazy("clock", "Minutes of the meeting")
    DRAFT = "draft_reply", pgettext_lazy("clock", "Draft reply to a topic")


BEFORE: Final = frozenset({Stage.PLANNED, Stage.PUBLISHED})
"Stages in which an occasion is still to come."
AFTER: Final = frozenset({Stage.HELD, Stage.MINUTED, Stage.CLOSED})
TAKES_A_PLACE: Final = frozenset({InvitationState.ACCEPTED, InvitationState.OFFERED})
"States that count against the capacity."
LIVE: Final = frozenset(
    {
        InvitationState.PENDING,
        InvitationState.ACCEPTED,
        InvitationState.WAITING,
        InvitationState.OFFERED,
        InvitationState.APPLIED,
    }
)
"Invitations that still mean something: their people are told when an occasion moves or is cancelled."
INVITED: Final = LIVE - {InvitationState.APPLIED} | {InvitationState.DECLINED, InvitationState.LAPSED}
"Invitations that were sent and not taken back: they count for the rotation."
VOID: Final = frozenset({InvitationState.REVOKED, InvitationState.REFUSED, InvitationState.WITHDRAWN})
"Invitations that mean nothing any more; the firm may be invited, or apply, anew."
WITH_MINUTES: Final = frozenset({Kind.BREAKFAST, Kind.SYMPOSIUM, Kind.BANKS})
"Kinds whose minutes are owed before they can be closed."
