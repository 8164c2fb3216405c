"""Plausible answers to the form of every step, drawn at random; now and then one that the form must refuse."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.http import QueryDict

from issues import enums
from issues.guards import possible_results
from issues.models import Issue, Milestone
from liaison.accounts.models import Duty, User
from liaison.accounts.queries import holders
from liaison.workdays import ZONE

UNITS = ["tax", "env", "finance"]
WORDS = ["已与企业沟通,按程序办理。", "𠮷野家请求协调 🏭", "a", "行\r\n行", "=1+1 <b>"]


def posted(chance: Random, step: str, issue: Issue, by: User, now: datetime, other: Issue) -> QueryDict:
    """What a browser would send for the step."""
    answers = ANSWERS[step](Given(chance, issue, by, now, other))
    data = QueryDict(mutable=True)
    for name, value in answers.items():
        data.setlist(name, [str(each) for each in (value if isinstance(value, list) else [value])])
    return data


class Given:
    """What the answers depend on."""

    def __init__(self, chance: Random, issue: Issue, by: User, now: datetime, other: Issue) -> None:
        self.chance, self.issue, self.by, self.now, self.other = chance, issue, by, now, other

    @property
    def words(self) -> str:
        return self.chance.choice(WORDS)

    def one(self, enum: Any) -> Any:
        return self.chance.choice(list(enum.values))

    def day(self, least: int = -1, most: int = 20) -> str:
        """A day around today."""
        return str(self.now.astimezone(ZONE).date() + timedelta(days=self.chance.randint(least, most)))

    def handler(self) -> str:
        """One of the unit, seldom somebody else."""
        names = [user.username for user in holders([Duty.HANDLER])]
        return self.chance.choice(names)

    def decision(self) -> dict[str, Any]:
        return {"result": self.one(enums.Decision), "note": self.words}

    def units(self) -> list[str]:
        return self.chance.sample(UNITS, self.chance.randint(0, 2))

    def extended(self) -> str:
        """A day shortly after the date now."""
        due = (self.issue.due_at or self.now).astimezone(ZONE).date()
        return str(due + timedelta(days=self.chance.randint(0, 9)))

    def dispatch(self) -> dict[str, Any]:
        lead = self.chance.choice(["tax", "tax", "env"])
        return {"lead_unit": lead, "co_units": [code for code in self.units() if code != lead], "limit": self.limit()}

    def limit(self) -> int:
        return self.chance.randint(1, 15)

    def redo(self) -> dict[str, Any]:
        unit = self.chance.choice(["", *UNITS])
        return {"reason": self.one(enums.RedoReason), "lead_unit": unit, "limit": self.chance.choice(["", 5])}

    def answer(self) -> dict[str, Any]:
        outcome = self.one(enums.Outcome)
        return {"outcome": outcome, "text": self.words, "until": self.day(1, 90), "reason": self.one(enums.UnreasonableReason)}

    def call(self) -> dict[str, Any]:
        return {"result": self.chance.choice(possible_results(self.issue)).value, "text": self.words}

    def progress(self) -> dict[str, Any]:
        open_ones = Milestone.objects.filter(issue=self.issue, done_on=None).values_list("pk", flat=True)
        return {"text": self.words, "until": self.day(1), "milestones": list(open_ones)[:1]}

    def officials(self) -> list[str]:
        """Seldom anybody: who is named loses sight of it, and the walk is soon over."""
        everybody = sorted(User.objects.filter(postings__isnull=False).values_list("username", flat=True).distinct())
        return self.chance.choice([[], [], [], [self.chance.choice(everybody)]])


ADMIT = ("nature", enums.Nature), ("kind", enums.Kind), ("urgency", enums.Urgency)
ANSWERS: dict[str, Callable[[Given], dict[str, Any]]] = {
    "admit": lambda g: {"category": "01", "note": g.words, **{name: g.one(enum) for name, enum in ADMIT}},
    "propose-refusal": lambda g: {"reason": g.one(enums.Ground), "text": g.words},
    "confirm-refusal": Given.decision,
    "answer-at-once": lambda g: {"text": g.words},
    "merge": lambda g: {"into": g.other.address, "note": g.words},
    "dispatch": Given.dispatch,
    "accept": lambda g: {"handler": g.handler()},
    "accept-co": lambda g: {"handler": g.handler()},
    "reassign": lambda g: {"handler": g.handler()},
    "ask-send-back": lambda g: {"reason": g.words, "basis": g.words, "proposed_unit": g.chance.choice(["", *UNITS])},
    "decide-send-back": Given.decision,
    "contact": lambda g: {"kind": g.one(enums.ContactWay), "text": g.words},
    "ask-extension": lambda g: {"reason": g.words, "until": g.extended(), "note": g.words},
    "decide-extension": Given.decision,
    "ask-suspension": lambda g: {"kind": g.one(enums.Waiting), "reason": g.words, "until": g.day()},
    "decide-suspension": Given.decision,
    "resume": lambda g: {"note": g.words},
    "opinion": lambda g: {"text": g.words},
    "confer": lambda g: {"co_units": g.units() or ["env"], "held_on": g.day(-3, 1), "text": g.words},
    "answer": Given.answer,
    "sign-off": lambda g: {"result": g.one(enums.SignOff), "note": g.words},
    "ask-track": lambda g: {"text": g.words, "milestones": f"{g.day(1, 90)} 完成评估", "until": g.day(1, 90)},
    "decide-track": Given.decision,
    "progress": Given.progress,
    "end": lambda g: {"basis": g.words, "text": g.words},
    "evaluate": lambda g: {"solved": g.one(enums.Solved), "rating": g.one(enums.Rating), "reasons": [g.one(enums.RatingReason)]},
    "call-back": Given.call,
    "redo": Given.redo,
    "withdraw": lambda g: {"reason": g.words},
    "reopen": lambda g: {"reason": g.words},
    "direct-line": lambda g: {"text": g.words},
    "correct": lambda g: {"title": g.words[:40], "body": g.words},
    "name-officials": lambda g: {"officials": g.officials()},
    "recheck": lambda g: {"result": g.one(enums.Recheck), "text": g.words},
}
