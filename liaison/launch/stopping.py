"""The wish to stop: a signal notes it, and it is heeded only where nothing is half done.

A handler that raised at once could hit the line between the start of a child and the note of its number,
or code whose exceptions Python drops (a finaliser): the wish would be lost, or a process left behind.
"""

from __future__ import annotations

import signal
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """Somebody wants the portal to end."""


class Wish:
    """Whether somebody asked this process to end."""

    def __init__(self) -> None:
        self.noted = False

    def listen(self) -> None:
        """Note each signal that asks for the end."""
        for number in STOPPING:
            signal.signal(number, self._note)

    def heed(self) -> None:
        """Raise Stop once, if the end was asked for."""
        if self.noted:
            self.noted = False
            raise Stop

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.noted = True


wish = Wish()
