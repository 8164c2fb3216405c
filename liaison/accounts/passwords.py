"""How long a password must be, said in both languages (Django's Chinese catalogue lacks the sentence)."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LengthValidator(MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return _("The password is too short: at least %(count)d characters.") % {"count": self.min_length}

    def get_help_text(self) -> str:
        """What is asked."""
        return _("At least %(count)d characters.") % {"count": self.min_length}
