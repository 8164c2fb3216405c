"""How a person stands to a report."""

from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of
from supervision.conflicts import others_tied_to, tied_to
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


def sorts(report: Report, user: User) -> bool:
    """The desk, of what it may know."""
    return manages(user) and not report.set_aside and not is_author(report, user) and may_read(report, user)


def directs(report: Report, user: User) -> bool:
    """The leader to whom it was submitted, or who stands in."""
    return report.leader_id in hats_of(user).owner_ids and not is_author(report, user) and may_read(report, user)


def inspects(report: Report, user: User) -> bool:
    """The inspection office."""
    return hats_of(user).may(Right.SUPERVISE) and not report.set_aside and not is_author(report, user) and may_read(report, user)


def answers(report: Report, user: User) -> bool:
    """The inspection office; of what is set aside the discipline body."""
    if report.set_aside:
        return report.stage == ReportStage.SENT and not is_author(report, user) and may_read(report, user)
    return report.stage == ReportStage.INSPECTION and inspects(report, user)


def rates(report: Report, user: User) -> bool:
    """The author, unless it is about an enterprise to which they are tied."""
    return is_author(report, user) and report.enterprise_id not in tied_to(user)


def knows_author(report: Report, user: User) -> bool:
    """Who may know who wrote it, where it is passed on without the name: the author, the desk, the discipline body."""
    return not report.anonymous or is_author(report, user) or manages(user) or report.set_aside
