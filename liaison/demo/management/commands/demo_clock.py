"""manage.py demo_clock: move the demonstration's clock forward and see what happens."""

import re
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from liaison.demo.moving import NotMoved, move, shown
from liaison.demo.sweeping import sweep
from liaison.moments import clock
from liaison.notifications.waiting import clock_moved

NO_DEMONSTRATION: Final = "This installation is not a demonstration: LIAISON_DEMO is not set. Its clock is the machine's."
RESET: Final = (
    "What happened meanwhile keeps its moments: they lie in the future now, and lights and limits count towards them until real "
    "time has passed them."
)


class Command(BaseCommand):
    """Shows or moves portal time; refused outside a demonstration."""

    help = "Demonstration time: +3d, +2h, +90m or 2026-12-01T09:00 moves it forward, reset makes it real time, nothing shows it."

    def create_parser(self, *args: Any, **kwargs: Any) -> CommandParser:
        """``-3d`` is no option: it deserves an answer of its own."""
        parser = super().create_parser(*args, **kwargs)
        parser._negative_number_matcher = re.compile(r"-\d")  # noqa: SLF001 - argparse has no other way to say it
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """One word at most."""
        parser.add_argument("to", nargs="?", default="", help="+3d, +2h, +90m, 2026-12-01T09:00 or reset")

    def handle(self, *_args: Any, to: str, **_options: Any) -> None:
        """Move, sweep, say what happened."""
        if not settings.DEMO:
            raise CommandError(NO_DEMONSTRATION)
        clock.forget()
        if to == "reset":
            self.reset()
        elif to:
            self.move(to)
        else:
            self.show()

    def show(self) -> None:
        """The clock in a line."""
        moved = clock.moved_by()
        how = f"{_span(moved)} ahead of real time" if moved else "real time"
        self.stdout.write(f"Demonstration time: {shown(clock.now())} ({how}).")

    def move(self, to: str) -> None:
        """Forward; then everything that the time passed calls for."""
        try:
            clock_moved(move(to))
        except NotMoved as answer:
            raise CommandError(str(answer)) from None
        self.show()
        done = ", ".join(f"{name} {count}" for name, count in sweep().items())
        self.stdout.write(f"Done meanwhile: {done}." if done else "Nothing was due meanwhile.")

    def reset(self) -> None:
        """Back to real time, the only way back."""
        moved = clock.moved_by()
        clock.move_to(clock.NOT_MOVED)
        clock_moved(-moved)
        self.show()
        if moved:
            self.stdout.write(RESET)


def _span(moved: timedelta) -> str:
    """Days, hours and minutes."""
    minutes = round(moved.total_seconds() / 60)
    parts = {"d": minutes // 1440, "h": minutes // 60 % 24, "m": minutes % 60}
    return " ".join(f"{count} {unit}" for unit, count in parts.items() if count) or "less than a minute"
