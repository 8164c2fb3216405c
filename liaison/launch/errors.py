"""What stops a start, said in one sentence in both languages."""

from __future__ import annotations


class LaunchError(Exception):
    """A start that cannot go on; the reader is told why and what to do, never a traceback."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.english = english
        self.chinese = chinese

    def __str__(self) -> str:
        return f"{self.english}\n{self.chinese}"
