"""Which stories have not ended when the year ends, and what they are at the time of a load."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from issues.enums import CallResult, Solved
from issues.models.evaluation import Evaluation
from liaison.demo.dating import Dating
from liaison.demo.scripts import Act, Story

SUPERVISION: Final = frozenset({"supervision-answer", "supervision-return", "supervision-close"})
BESIDE: Final = SUPERVISION | {"message", "note", "correct", "recheck"}
"Steps that neither end a story nor go on with it."
OVER: Final = frozenset({CallResult.CLOSED, CallResult.WITHDRAWN})


def redated(stories: list[Story], dating: Dating) -> list[Story]:
    """The same stories; those that are still open happen in the weeks before the load."""
    by_key = {story.key: story for story in stories}
    return [story if is_over(story, by_key) else _redate(story, dating) for story in stories]


def is_over(story: Story, by_key: dict[str, Story]) -> bool:
    """Whether its last step ended it; a story that was merged is over with the one it joined."""
    last = next((act for act in reversed(story.acts) if act.step not in BESIDE), None)
    if last is None:
        return False
    if last.step == "merge":
        return last.fields["into"] in by_key and is_over(by_key[last.fields["into"]], by_key)
    return last.step in ENDS and ENDS[last.step](last.fields)


ENDS: Final[dict[str, Callable[[dict[str, Any]], bool]]] = {
    "confirm-refusal": lambda fields: fields["result"] == "approve",
    "evaluate": lambda fields: Evaluation(solved=Solved(fields["solved"]), rating=fields["rating"]).is_satisfied,
    "call-back": lambda fields: fields["result"] in OVER,
    "end": lambda _fields: True,
}
"Steps that can end a story, and whether they did."


def _redate(story: Story, dating: Dating) -> Story:
    acts = tuple(replace(act, at=dating.moment(act.at), fields=_fields(act, dating)) for act in story.acts)
    title, body = dating.text(story.title), dating.text(story.body)
    return replace(story, at=dating.moment(story.at), title=title, body=body, acts=acts)


def _fields(act: Act, dating: Dating) -> dict[str, Any]:
    values = {name: _value(value, dating) for name, value in act.fields.items()}
    return values | ({"milestones": milestones(values["milestones"], dating)} if "milestones" in values else {})


def _value(value: Any, dating: Dating) -> Any:
    if isinstance(value, date):
        return dating.day(value)
    return dating.text(value) if isinstance(value, str) else value


def milestones(lines: list[str], dating: Dating) -> list[str]:
    """``2022-10-31 words``: the day at the beginning, and those in the words."""
    return [f"{dating.day(date.fromisoformat(line[:10]))}{dating.text(line[10:])}" for line in lines]
