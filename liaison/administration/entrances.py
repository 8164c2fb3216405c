"""How these pages are entered: with the right, and for a change with a sign-in of the last minutes."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from allauth.account.decorators import reauthentication_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponseBase

from liaison.accounts.decorators import right_required
from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]


def administrator(*rights: Right) -> Callable[[View[P]], View[P]]:
    """Ask for one of ``rights`` first (403), then, before anything is changed, that the person signed in lately."""

    def decorate(view: View[P]) -> View[P]:
        recent: View[P] = reauthentication_required(allow_get=True)(view)
        return right_required(*rights)(recent)

    return decorate


def refused(form: BaseForm, error: ValidationError) -> None:
    """Put an action's refusal beside the field that it is about, or above the form."""
    messages = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for field, words in messages.items():
        known = field if field in form.fields else None
        for word in words:
            form.add_error(known, word)
