"""Who may open which address, of things that belong to firm1, to the tax bureau and to nobody."""

from typing import Final

CAST: Final = (
    "firm1",
    "firm2",
    "stranger",
    "desk1",
    "caller1",
    "tax.head",
    "tax.handler",
    "env.head",
    "leader1",
    "leader.main",
    "inspect1",
    "admin.system",
    "admin.security",
    "admin.audit",
)
PUBLIC: Final = frozenset(
    {
        "accessibility",
        "account_inactive",
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_signup",
        "confirm_email",
        "healthz",
        "home",
        "set_language",
        "rights",
        "enterprises:register",
        "enterprises:register_account",
        "enterprises:invitation",
        "mfa_authenticate",
    }
)
MATRIX: Final[dict[str, str]] = {}
