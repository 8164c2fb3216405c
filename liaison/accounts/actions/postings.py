"""Duties and substitutions: each change is recorded as a change of rights."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from liaison.accounts.models import Duty, PeriodQuerySet, Posting, Substitution, Unit, User
from liaison.accounts.rights import ADMINISTRATORS
from liaison.audit.actions import record
from liaison.audit.models import AuditTag


@transaction.atomic
def give_duty(user: User, *, unit: Unit, duty: Duty, from_on: date, to_on: date | None, by: User) -> Posting:
    """Post a person; an administrator holds no other duty, and nobody posts themselves."""
    _not_oneself(user, by)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    posting = Posting(user=user, unit=unit, duty=duty, from_on=from_on, to_on=to_on)
    _apart(posting)
    posting.full_clean()
    posting.save(force_insert=True)
    detail = {"unit": unit.code, "duty": duty, "from": from_on, "to": to_on}
    record(AuditTag.RIGHTS_CHANGED, by=by, subject=user.username, detail=detail)
    return posting


@transaction.atomic
def end_duty(posting: Posting, *, on: date, by: User) -> Posting:
    """The last day of a duty; a duty that has not begun is taken back."""
    _not_oneself(posting.user, by)
    User.objects.select_for_update(no_key=True).get(pk=posting.user_id)
    posting = Posting.objects.select_related("user", "unit").get(pk=posting.pk)
    detail = {"unit": posting.unit.code, "duty": posting.duty, "to": on}
    if posting.from_on > on:
        raise ValidationError({"to_on": _("The last day is before the first.")})
    posting.to_on = on
    posting.save(update_fields=["to_on"])
    record(AuditTag.RIGHTS_CHANGED, by=by, subject=posting.user.username, detail=detail)
    return posting


@transaction.atomic
def name_substitute(absent: User, *, substitute: User, from_on: date, to_on: date, by: User) -> Substitution:
    """Somebody stands in; never for an administrator, never by one, never in a circle."""
    # One at a time: a circle may be closed by two who share nobody (B for A and D for C stand, then C for B and A for D at once).
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_substitution IN SHARE ROW EXCLUSIVE MODE")
    # Both rows too, in one order: neither becomes an administrator meanwhile.
    list(User.objects.select_for_update(no_key=True).filter(pk__in=[absent.pk, substitute.pk]).order_by("pk"))
    substitution = Substitution(absent=absent, substitute=substitute, from_on=from_on, to_on=to_on)
    substitution.full_clean()
    if _administrates(substitute, from_on, to_on) or _administrates(absent, from_on, to_on):
        raise ValidationError(_("An administrator's duty is not handed on, and an administrator stands in for nobody."))
    if _leads_back(substitution):
        raise ValidationError(
            {"substitute": _("This would make a circle: this person is stood in for by the other at that time.")}
        )
    substitution.save(force_insert=True)
    detail = {"substitute": substitute.username, "from": from_on, "to": to_on}
    record(AuditTag.RIGHTS_CHANGED, by=by, subject=absent.username, detail=detail)
    return substitution


@transaction.atomic
def end_substitution(substitution: Substitution, *, today: date, by: User) -> None:
    """It ends yesterday; one that has not begun is deleted."""
    substitution = (
        Substitution.objects.select_for_update(no_key=True, of=("self",))
        .select_related("absent", "substitute")
        .get(pk=substitution.pk)
    )
    detail = {"substitute": substitution.substitute.username, "ended": today}
    if substitution.from_on >= today:
        substitution.delete()
    else:
        substitution.to_on = min(substitution.to_on, today - timedelta(days=1))
        substitution.save(update_fields=["to_on"])
    record(AuditTag.RIGHTS_CHANGED, by=by, subject=substitution.absent.username, detail=detail)


def _not_oneself(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise ValidationError(_("Nobody changes their own duties."))


def _apart(posting: Posting) -> None:
    """The same rule as the trigger posting_apart, in words."""
    others = _overlapping(Posting.objects.filter(user=posting.user), posting.from_on, posting.to_on).exclude(duty=posting.duty)
    if posting.duty not in ADMINISTRATORS:
        others = others.filter(duty__in=ADMINISTRATORS)
    if (other := others.select_related("unit").first()) is not None:
        raise ValidationError(
            {"duty": _("An administrator holds no other duty; this person is %(posting)s.") % {"posting": other}}
        )
    end = posting.to_on or date.max
    if posting.duty in ADMINISTRATORS and Substitution.objects.filter(
        substitute=posting.user, from_on__lte=end, to_on__gte=posting.from_on
    ):
        raise ValidationError({"duty": _("An administrator stands in for nobody, and this person does at that time.")})


def _administrates(user: User, from_on: date, to_on: date) -> bool:
    return _overlapping(Posting.objects.filter(user=user, duty__in=ADMINISTRATORS), from_on, to_on).exists()


def _overlapping(postings: PeriodQuerySet, from_on: date, to_on: date | None) -> PeriodQuerySet:
    return postings.filter(Q(to_on=None) | Q(to_on__gte=from_on), from_on__lte=to_on or date.max)


def _leads_back(new: Substitution) -> bool:
    """Whether on some day of the new one the chain of substitutes comes back to the absent person."""
    rows = list(Substitution.objects.filter(from_on__lte=new.to_on, to_on__gte=new.from_on))
    front, seen = {(new.substitute_id, new.from_on, new.to_on)}, set()
    while front:
        stretch = front.pop()
        if stretch[0] == new.absent_id:
            return True
        seen.add(stretch)
        front |= set(_next(rows, *stretch)) - seen
    return False


def _next(rows: list[Substitution], person: int, first: date, last: date) -> Iterator[tuple[int, date, date]]:
    """Who stands in for a person on which of these days."""
    for row in rows:
        begins, ends = max(first, row.from_on), min(last, row.to_on)
        if row.absent_id == person and begins <= ends:
            yield row.substitute_id, begins, ends
