"""How a person stands to a report."""

from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of
from supervision.conflicts import of_whole_desk, others_tied_to, serves, tied_to
from supervision.enums import ReportStage
from supervision.models import Report
from supervision.permissions import manages


def may_read(report: Report, user: User) -> bool:
    """The same as ReportQuerySet.visible_to, for one report."""
    if report.author_id == user.pk:
        return report.stage == ReportStage.DRAFT or report.enterprise_id not in others_tied_to(user)
    if report.stage == ReportStage.DRAFT or report.enterprise_id in tied_to(user):
        return False
    hats = hats_of(user)
    if report.set_aside:
        return hats.may(Right.READ_SET_ASIDE)
    if hats.may(Right.MANAGE_SUPERVISORS) or hats.may(Right.OVERSEE_ISSUES):
        return True
    return hats.may(Right.LEAD_UNITS) and report.leader_id in hats.owner_ids


def is_author(report: Report, user: User) -> bool:
    """Whoever wrote it."""
    return report.author_id == user.pk


def is_apart(report: Report, user: User) -> bool:
    """Whether the person has nothing to do with the unit observed: whoever belongs to it neither sorts nor answers."""
    return not is_author(report, user) and report.unit_id not in serves(user)


def keeps_names(report: Report, user: User) -> bool:
    """The desk; of a report about the desk itself the inspection office takes its place."""
    if report.unit_id in serves(user):
        return False
    return manages(user) or (hats_of(user).may(Right.SUPERVISE) and report.unit_id in of_whole_desk())


def sorts(report: Report, user: User) -> bool:
    """Whoever keeps the names, of what they may know."""
    return not report.set_aside and not is_author(report, user) and may_read(report, user) and keeps_names(report, user)


def directs(report: Report, user: User) -> bool:
    """The leader to whom it was submitted, or who stands in."""
    return report.leader_id in hats_of(user).owner_ids and is_apart(report, user) and may_read(report, user)


def inspects(report: Report, user: User) -> bool:
    """The inspection office."""
    return hats_of(user).may(Right.SUPERVISE) and not report.set_aside and is_apart(report, user) and may_read(report, user)


def answers(report: Report, user: User) -> bool:
    """The inspection office; of what is set aside the discipline body."""
    if report.set_aside:
        return report.stage == ReportStage.SENT and not is_author(report, user) and may_read(report, user)
    return report.stage == ReportStage.INSPECTION and inspects(report, user)


def rates(report: Report, user: User) -> bool:
    """The author, unless it is about an enterprise to which they are tied."""
    return is_author(report, user) and report.enterprise_id not in tied_to(user)


def knows_author(report: Report, user: User) -> bool:
    """Who may know who wrote it, where it is passed on without the name: the author, who keeps the names, the discipline body."""
    return not report.anonymous or is_author(report, user) or report.set_aside or keeps_names(report, user)
