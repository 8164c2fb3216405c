"""The life of an occasion and of an invitation as two tables."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.enums import AFTER, BEFORE, WITH_MINUTES, InvitationState, Stage, Substitute
from events.guards import nothing_taken_away, nothing_to_approve, nothing_to_submit
from events.models import Invitation, Occasion
from events.permissions import answers_for, answers_or_manages, is_host, is_manager, manages_invitation, takes_up
from liaison.workflow import Flow, Step, Words

I = InvitationState  # noqa: E741 - as short as a column of a table
S = Stage


def at(*stages: str) -> frozenset[str]:
    """The stages a step starts from."""
    return frozenset(stages)


def has_begun(occasion: Occasion, now: datetime) -> Words | None:
    """What is for before only."""
    return _("The occasion has begun already.") if occasion.starts_at <= now else None


def not_begun(occasion: Occasion, now: datetime) -> Words | None:
    """What is for afterwards only."""
    return _("The occasion has not begun yet.") if occasion.starts_at > now else None


def owes_minutes(occasion: Occasion, _now: datetime) -> Words | None:
    """Kinds that are about what was said are closed after their minutes."""
    owed = occasion.stage == Stage.HELD and occasion.kind in WITH_MINUTES
    return _("The minutes have not been approved yet.") if owed else None


def over(invitation: Invitation, now: datetime) -> Words | None:
    """Nothing is answered about what is cancelled or has begun."""
    occasion = invitation.occasion
    if occasion.stage == Stage.CANCELLED:
        return _("The occasion has been cancelled.")
    if occasion.stage != Stage.PUBLISHED or occasion.starts_at <= now:
        return _("The occasion has begun already.")
    return None


def too_late(invitation: Invitation, now: datetime) -> Words | None:
    """Answers are taken until the deadline; a place that was offered later, as long as it is held."""
    if (why := over(invitation, now)) is not None:
        return why
    if invitation.state == I.OFFERED:
        assert invitation.held_until is not None  # a database constraint says so
        return _("The place is not held for you any more: its time ran out.") if invitation.held_until <= now else None
    return _("The time for answers is over. Please call the organisers.") if invitation.occasion.reply_by <= now else None


def not_asked(invitation: Invitation, now: datetime) -> Words | None:
    """Only a substitute that waits is decided on."""
    return over(invitation, now) or (None if invitation.substitute == Substitute.ASKED else "")


OCCASION_FLOW: Flow[Occasion] = Flow(
    Step("publish", at(S.PLANNED), (S.PUBLISHED,), is_manager, pgettext_lazy("occasion", "Publish"), unless=has_begun, told=True),
    Step("invite", at(S.PUBLISHED), (), is_manager, pgettext_lazy("occasion", "Invite by name"), unless=has_begun),
    Step("draw", at(S.PUBLISHED), (), is_manager, pgettext_lazy("occasion", "Invite by rotation"), unless=has_begun),
    Step("edit", BEFORE, (), is_manager, pgettext_lazy("occasion", "Change the details"), unless=has_begun),
    Step("reschedule", at(S.PUBLISHED), (), is_manager, pgettext_lazy("occasion", "Move"), unless=has_begun),
    Step("save-agenda", BEFORE, (), is_manager, pgettext_lazy("occasion", "Topics and agenda"), page="agenda", unless=has_begun),
    Step("hold", at(S.PUBLISHED), (S.HELD,), is_manager, pgettext_lazy("occasion", "Record that it was held"), unless=not_begun),
    Step(
        "approve",
        at(S.HELD, S.MINUTED),
        (S.MINUTED,),
        is_host,
        pgettext_lazy("minutes", "Approve the minutes"),
        unless=nothing_to_approve,
    ),
    Step(
        "return-minutes",
        at(S.HELD, S.MINUTED),
        (),
        is_host,
        pgettext_lazy("minutes", "Return the minutes"),
        unless=nothing_to_approve,
    ),
    Step(
        "record-point",
        at(S.PUBLISHED, S.HELD, S.MINUTED),
        (),
        is_manager,
        pgettext_lazy("minutes", "Points raised"),
        page="points",
        unless=not_begun,
    ),
    Step(
        "save-minutes", at(S.HELD, S.MINUTED), (), is_manager, pgettext_lazy("minutes", "Write the minutes"), page="minutes/edit"
    ),
    Step(
        "submit-minutes",
        at(S.HELD, S.MINUTED),
        (),
        is_manager,
        pgettext_lazy("minutes", "Submit the minutes to the host"),
        unless=nothing_to_submit,
    ),
    Step(
        "take-up",
        at(S.HELD, S.MINUTED),
        (),
        takes_up,
        pgettext_lazy("minutes", "Turn what was taken away into issues"),
        page="promises",
        unless=nothing_taken_away,
    ),
    Step("replace", at(S.PLANNED, S.PUBLISHED, S.HELD), (), is_manager, pgettext_lazy("occasion", "Change who presides")),
    Step(
        "close",
        at(S.HELD, S.MINUTED),
        (S.CLOSED,),
        is_manager,
        pgettext_lazy("occasion", "Close"),
        unless=owes_minutes,
        told=True,
    ),
    Step("clone", BEFORE | AFTER | {S.CANCELLED}, (), is_manager, pgettext_lazy("occasion", "Plan the next one like this")),
    Step("cancel", BEFORE, (S.CANCELLED,), is_manager, pgettext_lazy("occasion", "Cancel"), grave=True),
)
DOOR_FLOW: Flow[Occasion] = Flow(
    Step("door", AFTER | {S.PUBLISHED}, (), is_manager, pgettext_lazy("occasion", "At the door")),
)
"Whether guests can be checked in; after the meeting, too: a device may come back to the network late."
FILES_FLOW: Flow[Occasion] = Flow(
    Step("add-files", BEFORE | AFTER, (), is_manager, pgettext_lazy("occasion", "Add files"), page="files"),
    Step(
        "remove-file",
        BEFORE | AFTER | {S.CANCELLED},
        (),
        is_manager,
        pgettext_lazy("occasion", "Remove the file"),
        page="remove",
        grave=True,
    ),
)
"Papers of an occasion; a wrong one is taken away at any stage."
INVITATION_FLOW: Flow[Invitation] = Flow(
    Step(
        "accept",
        at(I.PENDING, I.DECLINED, I.OFFERED),
        (I.ACCEPTED, I.WAITING),
        answers_or_manages,
        pgettext_lazy("invitation", "We are coming"),
        unless=too_late,
        told=True,
    ),
    Step(
        "decline",
        at(I.PENDING, I.ACCEPTED, I.WAITING, I.OFFERED),
        (I.DECLINED,),
        answers_or_manages,
        pgettext_lazy("invitation", "We cannot come"),
        unless=over,
    ),
    Step("guest", at(I.ACCEPTED), (), answers_or_manages, pgettext_lazy("invitation", "Change who comes"), unless=too_late),
    Step(
        "approve-guest",
        at(I.ACCEPTED),
        (),
        manages_invitation,
        pgettext_lazy("invitation", "Decide on the substitute"),
        unless=not_asked,
    ),
    Step(
        "admit",
        at(I.APPLIED),
        (I.ACCEPTED, I.WAITING),
        manages_invitation,
        pgettext_lazy("invitation", "Admit"),
        unless=over,
    ),
    Step("refuse", at(I.APPLIED), (I.REFUSED,), manages_invitation, pgettext_lazy("invitation", "Decline the application")),
    Step("prefer", at(I.WAITING), (), manages_invitation, pgettext_lazy("invitation", "Move to the front"), unless=over),
    Step(
        "revoke",
        at(I.PENDING, I.ACCEPTED, I.WAITING, I.OFFERED, I.DECLINED, I.LAPSED),
        (I.REVOKED,),
        manages_invitation,
        pgettext_lazy("invitation", "Take back"),
        unless=over,
        grave=True,
    ),
    Step("withdraw", at(I.APPLIED), (I.WITHDRAWN,), answers_for, pgettext_lazy("invitation", "Withdraw the application")),
)
OTHER_EVENTS = {
    "rule": _("Rule of the rotation set"),
    "plan": pgettext_lazy("occasion", "Planned"),
    "invited": _("Invited"),
    "applied": pgettext_lazy("invitation", "Applied"),
    "offered": _("A place became free and is held"),
    "lapsed": _("The held place was not taken in time"),
    "purged": _("Personal details of guests were deleted"),
    "walk-in": _("Came without an invitation"),
    "check-in": _("Came"),
    "check-out": _("Check-in taken back"),
    "topic": _("Topic proposed"),
    "topic-assigned": _("Topic given to a unit for a draft reply"),
    "topic-drafted": _("Draft reply written"),
    "topic-aside": _("Topic put aside"),
    "topic-withdrawn": _("Topic withdrawn"),
    "point": _("Point recorded"),
    "point-changed": _("Point changed"),
    "consent": _("The enterprise agrees to be named"),
    "no-consent": _("The enterprise does not agree to be named"),
    "files-added": pgettext_lazy("occasion", "Files added"),
    "file-removed": pgettext_lazy("occasion", "File removed"),
    "rung": _("A reminder of something overdue was sent"),
}
"Events that are no steps."
