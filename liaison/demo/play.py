"""Playing the scripts: every step is the real action, at its simulated moment, in the order of time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from enterprises.models import Enterprise
from issues.actions import ACTIONS
from issues.actions.conversation import record_opening, send_message, write_note
from issues.actions.files import attach
from issues.actions.intake import Matter, start_draft, submit_issue
from issues.models import Category, Issue, Milestone
from liaison.accounts.models import Unit, User
from liaison.demo.inspection import INSPECTION
from liaison.demo.papers import paper
from liaison.demo.scripts import MAIN_LEADER, Act, Story

ONCE: Final = "demo-"
"What the once-only keys of the demonstration's issues begin with."
TALK: Final[dict[str, Callable[..., Any]]] = {"message": send_message, "note": write_note}


@dataclass
class World:
    """What scripts refer to by code."""

    units: dict[str, Unit]
    users: dict[str, User]
    firms: dict[str, Enterprise]
    categories: dict[str, Category]
    issues: dict[str, Issue] = field(default_factory=dict)
    opened: set[tuple[int, int]] = field(default_factory=set)
    "Which person has opened which issue."
    pass_time: Callable[[datetime], None] = lambda _moment: None
    "Called before each act with its moment: whatever time calls for by itself happens here."


Moment = tuple[datetime, int, int, Callable[[], object]]


def play(world: World, stories: list[Story], beside: Iterable[Moment] = ()) -> int:
    """Do everything that happened, to the issues and ``beside`` them, earliest first; returns how many steps there were."""
    of_issues = (moment for number, story in enumerate(stories) for moment in _moments(world, number, story))
    moments = sorted([*of_issues, *beside], key=lambda moment: moment[:3])
    for at, _story, _line, act in moments:
        world.pass_time(at)
        act()
    return len(moments)


def _moments(world: World, number: int, story: Story) -> Iterator[Moment]:
    yield story.at, number, -1, partial(enter, world, story)
    for line, act in enumerate(story.acts):
        yield act.at, number, line, partial(perform, world, story, act)


def enter(world: World, story: Story) -> None:
    """The firm writes it, or staff for the firm."""
    by = world.users[story.by]
    concerns = "、".join(world.users[name].name for name in story.names)
    matter = Matter(
        title=story.title, body=story.body, category=world.categories[story.category], nature=story.nature, urgency=story.urgency,
        sensitive=story.sensitive, concerns_text=concerns, channel=story.channel,
        leader=world.users[MAIN_LEADER] if story.channel == "direct" else None,
    )  # fmt: skip
    unit = world.units["desk"] if story.by_staff else None
    draft = start_draft(world.firms[story.firm], matter, by=by, now=story.at, for_firm_by_unit=unit)
    attach(draft, map(paper, story.files), by=by, now=story.at)
    world.issues[story.key] = draft if story.draft else submit_issue(draft, by=by, now=story.at, once_key=f"{ONCE}{story.key}")


def perform(world: World, story: Story, act: Act) -> None:
    """One step; whoever of the staff acts for the first time has opened the issue before."""
    issue, by = world.issues[story.key], world.users[act.by]
    if (issue.pk, by.pk) not in world.opened:
        world.opened.add((issue.pk, by.pk))
        record_opening(Issue.objects.get(pk=issue.pk), by=by, now=act.at)
    action = {**ACTIONS, **TALK, **INSPECTION}[act.step]
    fields = {name: value_of(world, issue, act, name) for name in act.fields}
    action(issue, by=by, now=act.at, **fields)


def value_of(world: World, issue: Issue, act: Act, name: str) -> Any:
    """A field as the action takes it."""
    value = act.fields[name]
    readers: dict[str, Callable[[], Any]] = {
        "category": lambda: world.categories[value],
        "lead_unit": lambda: world.units[value],
        "proposed_unit": lambda: world.units[value],
        "co_units": lambda: [world.units[code] for code in value],
        "handler": lambda: world.users[value],
        "officials": lambda: [world.users[username] for username in value],
        "into": lambda: world.issues[value],
        "evidence": lambda: [paper(file) for file in value],
        "files": lambda: [paper(file) for file in value],
        "milestones": lambda: _milestones(issue, act.step, value),
    }
    return readers[name]() if name in readers else value


def _milestones(issue: Issue, step: str, lines: list[str]) -> list[Any]:
    """Of a plan: days and titles; of a report: those that are done, by their days."""
    if step == "progress":
        return list(Milestone.objects.filter(issue=issue, due_on__in=lines))
    return [(date.fromisoformat(line[:10]), line[11:]) for line in lines]
