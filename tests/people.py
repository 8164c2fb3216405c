"""People and units for tests, made as short as possible."""

from datetime import date
from itertools import count

from liaison.accounts.models import Duty, Posting, Unit, User

PASSWORD = "correct-horse-9"
_numbers = count(1)


def person(username: str = "", *, password: str | None = PASSWORD, **fields) -> User:
    """Somebody with an account."""
    username = username or f"person{next(_numbers)}"
    fields.setdefault("name", f"Name of {username}")
    return User.objects.create_user(username, password, **fields)


def unit(code: str = "", parent: Unit | None = None, **fields) -> Unit:
    """A department."""
    code = code or f"unit{next(_numbers)}"
    return Unit.objects.create(code=code, name=f"单位 {code}", name_en=f"Unit {code}", parent=parent, **fields)


def official(
    duty: Duty, where: Unit | None = None, *, from_on: date = date(2020, 1, 1), to_on: date | None = None, **fields
) -> User:
    """Somebody with a duty."""
    user = person(**fields)
    Posting.objects.create(user=user, unit=where or unit(), duty=duty, from_on=from_on, to_on=to_on)
    return user
