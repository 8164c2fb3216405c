"""The unified social credit code (GB 32100): form, check digit, and a region that exists."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import numdb
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as InvalidNumber

NATIONAL = "100000"
"Registered with the State Administration itself."


def compact_code(text: str) -> str:
    """Capitals, half-width, without blanks and hyphens."""
    return uscc.compact(unicodedata.normalize("NFKC", text))


def validate_credit_code(text: str) -> None:
    """Say what is wrong with a code."""
    try:
        code = uscc.validate(text)
    except InvalidLength:
        raise ValidationError(_("The code has 18 characters; this one has %(count)d."), "length", {"count": len(text)}) from None
    except InvalidChecksum:
        raise ValidationError(
            _("The last character does not fit the others: there is a typing mistake in the code."), "checksum"
        ) from None
    except InvalidNumber:
        raise ValidationError(
            _("The code holds a character that cannot stand there (I, O, S, V, Z never occur)."), "format"
        ) from None
    if not is_region(code[2:8]):
        raise ValidationError(_("Characters 3 to 8 name no region of China."), "region")


def is_region(digits: str) -> bool:
    """Whether a county or at least its city is known; development zones have digits of their own."""
    return digits == NATIONAL or _is_listed(digits) or _is_listed(f"{digits[:4]}00")


def _is_listed(digits: str) -> bool:
    parts = numdb.get("cn/loc").info(digits)
    return len(parts) > 1 and all(names for _part, names in parts)
