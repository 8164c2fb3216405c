"""The scripts of the issues: who did what, when, with which words."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zlib import crc32

from liaison.demo import tables
from liaison.demo.timeline import USUAL, after
from liaison.workdays import ZONE

DESK: Final = ("desk1", "desk2")
CALLERS: Final = ("caller1", "caller2")
MAIN_LEADER: Final = "leader.main"
FIRM_SIDE: Final = frozenset({"evaluate", "withdraw", "reopen", "correct", "message"})
HEADS: Final = frozenset({"sign-off", "ask-send-back", "ask-track", "supervision-answer"})
BY_INSPECTOR: Final = frozenset({"supervise", "supervision-return", "supervision-close", "summon", "summons-record"})
INSPECTOR: Final = "inspect1"
LIAISONS: Final = frozenset({"accept", "reassign"})
BY_DESK: Final = frozenset({
    "admit", "dispatch", "merge", "answer-at-once", "propose-refusal", "decide-send-back", "decide-extension",
    "decide-suspension", "confer", "redo", "decide-track", "recheck",
})  # fmt: skip
BY_HANDLER: Final = frozenset({"contact", "ask-extension", "ask-suspension", "resume", "answer", "progress", "note"})
BY_FIRM_CHANNELS: Final = frozenset({"web", "direct"})
STORY_KEYS: Final = frozenset({
    "key", "firm", "at", "channel", "category", "nature", "kind", "urgency", "sensitive", "names", "lead", "co", "title", "body",
    "files", "draft", "script",
})  # fmt: skip


@dataclass(frozen=True)
class Act:
    """One step of a script."""

    step: str
    at: datetime
    by: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Story:
    """One issue: what the firm wrote, and what came of it."""

    key: str
    firm: str
    by: str
    at: datetime
    channel: str
    category: str
    nature: str
    kind: str
    lead: str
    title: str
    body: str
    urgency: str = "normal"
    sensitive: bool = False
    names: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    draft: bool = False
    acts: tuple[Act, ...] = field(default=())

    @property
    def by_staff(self) -> bool:
        """Whether staff entered it on the firm's behalf."""
        return self.channel not in BY_FIRM_CHANNELS


def managers() -> dict[str, str]:
    """Firm → the user name of its manager."""
    return {firm["key"]: firm["people"][0]["username"] for firm in tables.table("firms")["firm"]}


def stories() -> list[Story]:
    """Every issue of the demonstration."""
    manager_of = managers()
    return [_story(row, manager_of[row["firm"]]) for row in tables.issue_rows()]


def _story(row: tables.Row, manager: str) -> Story:
    if unknown := set(row) - STORY_KEYS:
        message = f"{row['key']}: unknown {sorted(unknown)}"
        raise ValueError(message)
    lists: dict[str, Any] = {name: tuple(row.get(name, ())) for name in ("names", "co", "files")}
    values = {name: value for name, value in row.items() if name not in {"script", "at", *lists}}
    story = Story(**values, **lists, at=row["at"].replace(tzinfo=ZONE), by=manager)
    desk = DESK[crc32(story.key.encode()) % 2]
    by = desk if story.by_staff else manager
    return Story(**{**story.__dict__, "by": by, "acts": tuple(_Writer(story, manager, desk).acts(row["script"]))})


class _Writer:
    """Fills in what a script leaves to custom: who, when, and what was given before."""

    def __init__(self, story: Story, manager: str, desk: str) -> None:
        self.story, self.manager, self.desk = story, manager, desk
        self.lead, self.handler, self.proposer, self.moment = story.lead, "", "", story.at

    def acts(self, script: list[str | tables.Row]) -> list[Act]:
        """The script as dated acts."""
        return [self.act(number, {"step": line} if isinstance(line, str) else dict(line)) for number, line in enumerate(script)]

    def act(self, number: int, line: tables.Row) -> Act:
        """One line of the script."""
        step = str(line.pop("step"))
        at, span = line.pop("at", None), line.pop("after", None)
        if at is None:
            self.moment = after(self.moment, span or USUAL[step], f"{self.story.key}:{number}")
        else:
            self.moment = at.replace(tzinfo=ZONE)
        unit = str(line.pop("unit", ""))
        by = str(line.pop("by", "")) or self.actor(step, unit)
        self.remember(step, by, line)
        return Act(step, self.moment, by, {**self.usual_fields(step, unit), **line})

    def remember(self, step: str, by: str, line: tables.Row) -> None:
        """What later lines refer to."""
        if step in {"dispatch", "redo"}:
            self.lead = str(line.get("lead_unit", self.story.lead if step == "dispatch" else self.lead))
        if step in {"accept", "reassign"}:
            self.handler = str(line.get("handler", f"{self.lead}.handler"))
        if step == "propose-refusal":
            self.proposer = by

    def actor(self, step: str, unit: str) -> str:
        """Who usually does the step."""
        special = {
            "accept-co": f"{unit}.liaison",
            "opinion": f"{unit}.handler",
            "call-back": CALLERS[crc32(self.story.key.encode()) % 7 == 0],
            "direct-line": MAIN_LEADER,
            "confirm-refusal": next(name for name in DESK if name != (self.proposer or self.desk)),
        }
        if step in special:
            return special[step]
        if step in BY_DESK:
            return self.desk
        if step in BY_INSPECTOR:
            return INSPECTOR
        if step in FIRM_SIDE:
            return self.manager
        if step in BY_HANDLER:
            return self.handler
        return f"{self.lead}.{'head' if step in HEADS else 'liaison'}"

    def usual_fields(self, step: str, unit: str) -> dict[str, Any]:
        """What is given when the script says nothing else."""
        story = self.story
        if step == "admit":
            return {"category": story.category, "nature": story.nature, "kind": story.kind, "urgency": story.urgency}
        if step == "dispatch":
            return {"lead_unit": story.lead, "co_units": list(story.co)}
        if step == "accept":
            return {"handler": self.handler}
        if step == "accept-co":
            return {"handler": f"{unit}.handler"}
        return {"result": "approve"} if step == "sign-off" else {}
