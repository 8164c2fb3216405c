"""The flow table as a diagram and a list, in both languages."""

from collections.abc import Iterator

from django.utils import translation

from issues.enums import TERMINAL, Stage
from issues.models import Issue
from issues.workflow import INTERNAL, ISSUE_FLOW, LIVE
from liaison.workflow import Step, Words

HEAD = """# The life of an issue

Made from `issues/workflow.py` by `manage.py issue_flow`; a test fails when the two differ. Do not edit by hand.

One table drives guards (403, 409), buttons, addresses, tests and this page.
Steps that leave the stage as it is stand only in the list.

```mermaid
stateDiagram-v2
    direction TB
"""


CALLED = {
    Stage.ANSWERED.value: {Stage.CLOSED, Stage.REDO},
    Stage.CALLBACK.value: {Stage.CLOSED, Stage.REDO, Stage.WITHDRAWN},
}
"What a call-back leads to, apart from going on where the issue stood."


def page() -> str:
    """The whole document."""
    return HEAD + "".join(f"    {line}\n" for line in _diagram()) + "```\n\n" + "".join(f"{line}\n" for line in _table())


def _diagram() -> Iterator[str]:
    yield from (f'state "{_both(stage.label)}" as {stage.value}' for stage in Stage)
    yield f"[*] --> {Stage.DRAFT.value}"
    for step in ISSUE_FLOW:
        for source, target in _arrows(step):
            yield f"{source} --> {target}: {_both(step.label)}"
    yield from (f"{stage} --> [*]" for stage in sorted(TERMINAL))


def _arrows(step: Step[Issue]) -> Iterator[tuple[str, str]]:
    """Where a step leads; withdrawal and its call-back, which may start and return anywhere, are drawn once."""
    if step.name == "withdraw":
        yield Stage.HANDLING.value, Stage.CALLBACK.value
        return
    for source in sorted(step.sources):
        for target in sorted(set(step.targets) - {source}):
            if step.name != "call-back" or target in CALLED[source]:
                yield source, target


def _table() -> Iterator[str]:
    yield "| step | address | from | to | the firm sees it |"
    yield "|---|---|---|---|---|"
    for step in ISSUE_FLOW:
        sources = "any open" if step.sources == LIVE else ", ".join(sorted(step.sources))
        targets = ", ".join(dict.fromkeys(step.targets))
        if step.name == "call-back":
            targets = "closed, redo, withdrawn, where it stood"
        seen = "no" if step.name in INTERNAL else "yes"
        yield f"| {_both(step.label)} `{step.name}` | `/{step.address}/` | {sources} | {targets or '–'} | {seen} |"


def _both(words: Words) -> str:
    with translation.override("zh-hans"):
        chinese = str(words)
    with translation.override("en"):
        return f"{chinese} {words}"
