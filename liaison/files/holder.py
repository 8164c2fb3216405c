"""Who sent a file before its form was complete: a person who is signed in, or a visitor's session."""

from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest


@dataclass(frozen=True)
class Holder:
    """Either a person or a session, never both."""

    user_id: int | None = None
    session: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Whose request this is; a visitor gets a session at the first file."""
        if request.user.is_authenticated:
            return cls(user_id=request.user.pk)
        if not request.session.session_key:
            request.session.create()
        return cls(session=request.session.session_key or "")
