"""How often one network may do something that needs no sign-in."""

from django.http import HttpRequest

from liaison.accounts.lockout import address_key, reserve


def too_many(what: str, request: HttpRequest, *, most: int) -> bool:
    """Count one more try of this visitor; whether it is beyond ``most`` in the window of the sign-in lock."""
    address = request.META.get("REMOTE_ADDR") or ""
    return reserve(f"{what}:{address_key(address)}", most).refused
