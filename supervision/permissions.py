"""Who may read and do what with supervisors."""

from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of
from liaison.moments import clock
from supervision.enums import Standing
from supervision.models import Account, Appointment, Batch


def manages(user: User) -> bool:
    """The desk keeps the register of supervisors."""
    return hats_of(user).may(Right.MANAGE_SUPERVISORS)


def is_manager(_batch: Batch, user: User) -> bool:
    """The same of one batch."""
    return manages(user)


def keeps(_appointment: Appointment, user: User) -> bool:
    """The same of one appointment."""
    return manages(user)


def is_person(appointment: Appointment, user: User) -> bool:
    """The supervisor in person: nobody stands in for them."""
    return appointment.person_id == user.pk


def is_person_or_keeper(appointment: Appointment, user: User) -> bool:
    """Either of the two."""
    return is_person(appointment, user) or manages(user)


def may_view(appointment: Appointment, user: User) -> bool:
    """The same as AppointmentQuerySet.visible_to, for one appointment."""
    return manages(user) or (is_person(appointment, user) and appointment.stage != Standing.STRUCK)


def running_appointment(user: User) -> Appointment | None:
    """What makes a person a supervisor today: an appointment in force, no posting."""
    return Appointment.objects.running(clock.today()).filter(person=user).select_related("person").first()


def evaluates(_account: Account, user: User) -> bool:
    """The desk, of every account."""
    return manages(user)
