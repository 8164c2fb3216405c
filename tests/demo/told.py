"""The stories as they are written, and the few of them in which every step of the open ones is taken."""

from liaison.demo.open_stories import is_over
from liaison.demo.scripts import Story, stories

STORIES = stories()
BY_KEY = {story.key: story for story in STORIES}
OPEN = {story.key for story in STORIES if not is_over(story, BY_KEY)}


def steps_of(story: Story) -> set[str]:
    return {act.step for act in story.acts} or {"draft"}


def few_with_every_step() -> set[str]:
    """Of the open ones, the fullest first, until no step is missing."""
    left, chosen = set().union(*(steps_of(BY_KEY[key]) for key in OPEN)), set[str]()
    while left:
        fullest = max(sorted(OPEN), key=lambda key: len(left & steps_of(BY_KEY[key])))
        chosen.add(fullest)
        left -= steps_of(BY_KEY[fullest])
    return chosen
