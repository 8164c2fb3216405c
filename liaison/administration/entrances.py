"""How these pages are entered: with the right, and for a change with a sign-in of the last minutes."""

from django.core.exceptions import ValidationError
from django.forms import BaseForm

from liaison.accounts.decorators import administrator

__all__ = ["administrator", "refused"]


def refused(form: BaseForm, error: ValidationError) -> None:
    """Put an action's refusal beside the field that it is about, or above the form."""
    messages = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for field, words in messages.items():
        known = field if field in form.fields else None
        for word in words:
            form.add_error(known, word)
