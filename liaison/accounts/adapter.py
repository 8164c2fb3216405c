"""How allauth signs people in here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in of the portal."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factor of the portal."""
