"""Start again what died, ever more slowly."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from liaison.launch.errors import LaunchError
from liaison.launch.processes import Service
from liaison.launch.stopping import wish

PAUSE_SECONDS = 0.3
FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
STEADY_SECONDS = 60.0  # a process that ran so long has a clean sheet


@dataclass
class Watched:
    """One service and its recent misfortune."""

    service: Service
    failures: int = 0
    started: float = 0.0
    again_at: float | None = None

    def look(self, now: float, say: Callable[[str, str], None]) -> None:
        """Notice a death, and start again when its delay is over."""
        if self.again_at is None and not self.service.alive():
            self._mourn(now, say)
        if self.again_at is not None and now >= self.again_at:
            self._restart(now, say)

    def _mourn(self, now: float, say: Callable[[str, str], None]) -> None:
        if now - self.started > STEADY_SECONDS:
            self.failures = 0
        delay = min(FIRST_DELAY * 2**self.failures, LONGEST_DELAY)
        self.failures += 1
        self.again_at = now + delay
        name = self.service.name
        say(f"{name} ended unexpectedly; starting it again in {delay:g} s.", f"{name} 意外退出,{delay:g} 秒后重新启动。")

    def _restart(self, now: float, say: Callable[[str, str], None]) -> None:
        self.service.stop()  # whatever is left of its group
        self.again_at, self.started = None, now
        try:
            self.service.start()
        except LaunchError as error:
            say(error.english, error.chinese)
            return
        say(f"{self.service.name} runs again.", f"{self.service.name} 已重新运行。")


def watch(services: Iterable[Service], say: Callable[[str, str], None]) -> None:
    """Look after the services until a signal ends it."""
    now = time.monotonic()
    watched = [Watched(service, started=now) for service in services]
    while True:
        wish.heed()
        for one in watched:
            one.look(time.monotonic(), say)
        time.sleep(PAUSE_SECONDS)
