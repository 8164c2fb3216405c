"""Random people take random steps at random moments (R19): only legal transitions, one event and one version each, no surprise.

Every walk happens in a transaction that is rolled back. The usual run is short and always the same;
LIAISON_MACHINE_STEPS=10000 walks that many steps on new paths.
"""

import os
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from inspect import signature
from random import Random

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from issues.actions import ACTIONS
from issues.actions.conversation import may_talk, send_message
from issues.actions.pausing import resume_suspended
from issues.actions.triage import CannotMerge
from issues.enums import LIVE_ORDERS, OPEN, TERMINAL, OrderRole, Stage
from issues.forms.steps import STEP_FORMS
from issues.models import Issue, IssueEvent
from issues.permissions import may_view
from issues.workflow import ISSUE_FLOW
from liaison.accounts.models import Duty, Posting, Substitution, User
from liaison.notifications.models import Delivery
from liaison.workflow import StepNotOpen
from tests.factories.issues import MONDAY, District, make_district, person, submitted, walk
from tests.issues.answers import posted

STEPS = int(os.environ.get("LIAISON_MACHINE_STEPS") or 0)
PER_WALK = 25
KNOWN_REFUSALS = (StepNotOpen, PermissionDenied, CannotMerge)
"NotYourStep is a PermissionDenied."
MOVES_DUE = {"dispatch", "redo", "decide-extension", "resume", "resume-by-itself"}
SETS_DUE = {"dispatch", "redo"}
"A new order has a new date; everything else may only give more time."
BEGINNINGS = [
    [],
    ["admit", "dispatch"],
    ["admit", "dispatch-alone", "accept"],
    ["admit", "dispatch-alone", "accept", "answer"],
    ["admit", "dispatch-alone", "accept", "answer", "sign-off"],
    ["admit", "dispatch-alone", "accept", "answer", "sign-off", "evaluate"],
    ["admit", "dispatch-alone", "accept", "answer", "sign-off", "evaluate-badly"],
]
"So that short walks see the late stages too."
RARE = {
    "merge": 0.1, "answer-at-once": 0.2, "propose-refusal": 0.3, "confirm-refusal": 0.5, "end": 0.1, "direct-line": 0.2,
    "name-officials": 0.2, "correct": 0.3, "confer": 0.3, "contact": 0.3, "reassign": 0.5, "withdraw": 0.4, "evaluate": 0.5,
}  # fmt: skip
"Steps that end a walk early, or change nothing that matters later."
TAKEN: list[str] = []
"Names of the steps that were really taken, over all examples."


def cast():
    """The usual district, and people with two hats, with a substitute's hat, and with none."""
    district = make_district()
    units = district.units
    for name, duties in {
        "desk.and.tax": [(units["desk"], Duty.DESK), (units["tax"], Duty.HEAD), (units["tax"], Duty.LIAISON)],
        "leader.and.handler": [(units["tax"], Duty.LEADER), (units["tax"], Duty.HANDLER)],
        "tax.deputy": [(units["tax"], Duty.DEPUTY)],
    }.items():
        district.people[name] = person(name, *duties)
    for name in ("stand.in.desk", "stand.in.head"):
        district.people[name] = person(name)
    absent = {"stand.in.desk": "desk1", "stand.in.head": "tax.head"}
    for name, whom in absent.items():
        Substitution.objects.create(
            absent=district.people[whom], substitute=district.people[name], from_on=date(2020, 1, 1), to_on=date(2099, 1, 1)
        )
    district.people["handler.on.both.sides"] = person("handler.on.both.sides", (units["env"], Duty.HANDLER))
    district.firm.representatives.create(user=district.people["handler.on.both.sides"], role="staff", since=MONDAY)
    assert Posting.objects.count() > 10
    return district


class Life(RuleBasedStateMachine):
    """Two issues of one firm, everybody who could touch them, and a clock."""

    district: District

    def __init__(self) -> None:
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        self.clock = time_machine.travel(MONDAY, tick=False)
        self.coordinates = self.clock.start()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    @initialize(chance=st.randoms(use_true_random=True), here=st.sampled_from(BEGINNINGS), there=st.sampled_from(BEGINNINGS))
    def begin(self, chance: Random, here: list[str], there: list[str]) -> None:
        self.chance = chance  # even odds: Hypothesis likes the first of everything, and late steps are hardly reached
        self.district = Life.district
        self.names = sorted(self.district.people)
        first = submitted(self.district, leader=self.district.people["leader.main"])
        begun = [walk(self.district, issue, *path) for issue, path in ((first, here), (submitted(self.district), there))]
        self.issues = [issue.pk for issue in begun]
        self.known = {pk: self.state(pk) for pk in self.issues}

    # --- what may happen ------------------------------------------------------------------------------------
    @rule(times=st.integers(2, 5))
    def people_do_what_is_open(self, times: int) -> None:
        pk = self.chance.choice(self.issues)
        for _ in range(times):
            can = self.all_open(pk)
            names = sorted({step for step, _name in can})
            if not names:
                return
            [step] = self.chance.choices(names, [RARE.get(step, 1.0) for step in names])
            name = self.chance.choice([by for wanted, by in can if wanted == step])
            self.attempt(pk, step, name, expected=True)

    @rule()
    def somebody_tries_any_step(self) -> None:
        pk, step, name = self.chance.choice(self.issues), self.chance.choice(sorted(STEP_FORMS)), self.chance.choice(self.names)
        if (step, name) not in self.all_open(pk, [name]):
            needed = [each.name for each in signature(ACTIONS[step]).parameters.values() if each.default is each.empty]
            given = {"issue": self.issue(pk), "into": self.other(pk), "by": self.person(name), "now": self.now}
            with pytest.raises(KNOWN_REFUSALS), transaction.atomic():
                ACTIONS[step](**{key: given.get(key) for key in needed})

    @rule()
    def somebody_posts_an_old_page(self) -> None:
        pk = self.chance.choice(self.issues)
        can = [(step, name) for step, name in self.all_open(pk) if step != "name-officials"]
        if can:
            step, name = self.chance.choice(can)
            self.attempt(pk, step, name, expected=False, version=self.issue(pk).version + 1)

    @rule()
    def somebody_says_something(self) -> None:
        pk, by = self.chance.choice(self.issues), self.person(self.chance.choice(self.names))
        issue = self.issue(pk)
        allowed = may_view(issue, by) and may_talk(issue, by) and issue.stage in OPEN
        try:
            send_message(issue, by=by, now=self.now, text="请问进展如何?")
        except KNOWN_REFUSALS:
            assert not allowed
        else:
            assert allowed

    @rule(days=st.sampled_from([0, 0, 1, 1, 2, 4, 8]))
    def time_passes(self, days: int) -> None:
        self.coordinates.shift(timedelta(days=days, hours=2))
        before = {pk: self.issue(pk) for pk in self.issues}
        with transaction.atomic():
            resume_suspended(self.now)
        for pk, old in before.items():
            if self.issue(pk).version != old.version:
                assert old.stage in OPEN
                self.note(pk, "resume-by-itself")

    @rule()
    def somebody_looks(self) -> None:
        """What the lists and the page think of it; the page itself now and then only, it is dear."""
        pk, name = self.chance.choice(self.issues), self.chance.choice(self.names)
        issue = self.issue(pk)
        seen = Issue.objects.visible_to(self.person(name)).filter(pk=pk).exists()

        assert seen == may_view(issue, self.person(name))
        if self.chance.random() < 1 / 4:
            assert self.browser(name).get(issue.get_absolute_url()).status_code == (200 if seen else 404)

    # --- doing it as the page does --------------------------------------------------------------------------
    def attempt(self, pk: int, step: str, name: str, *, expected: bool, version: int | None = None) -> None:
        issue, by = self.issue(pk), self.person(name)
        fields = posted(self.chance, step, issue, by, self.now, self.other(pk))
        form = STEP_FORMS[step](fields, {}, issue=issue, by=by, now=self.now)
        if not form.is_valid():
            return
        values = form.values()
        if step != "name-officials":
            values["version"] = version
        try:
            with transaction.atomic():
                ACTIONS[step](issue, by=by, now=self.now, **values)
        except KNOWN_REFUSALS as refusal:
            self.refused(pk, refusal, f"{name}: {step} at {issue.stage}", expected=expected)
            return
        assert expected, f"{name} could do {step} at {issue.stage}"
        TAKEN.append(step)
        self.note(pk, step)

    def refused(self, pk: int, refusal: Exception, what: str, *, expected: bool) -> None:
        assert not expected or isinstance(refusal, CannotMerge), f"{what} was refused"
        assert self.state(pk) == self.known[pk]

    def note(self, pk: int, step: str) -> None:
        """One step further: one version, one event, a legal transition."""
        old, new = self.known[pk], self.state(pk)
        self.known[pk] = new
        last = self.events(pk)[-1]

        assert (new["version"], new["events"]) == (old["version"] + 1, old["events"] + 1)
        assert (last.kind, last.stage_from, last.stage_to) == (step, old["stage"], new["stage"])
        if step in {each.name for each in ISSUE_FLOW}:
            row = ISSUE_FLOW[step]
            assert old["stage"] in row.sources
            assert new["stage"] in (row.targets or {old["stage"]})
        if old["due_at"] != new["due_at"]:
            assert step in MOVES_DUE
            assert step in SETS_DUE or new["due_at"] > old["due_at"], f"{step} took time away"

    # --- what is always so ----------------------------------------------------------------------------------
    @invariant()
    def nothing_changes_by_itself(self) -> None:
        if hasattr(self, "known"):
            now = Issue.objects.filter(pk__in=self.issues).values_list("pk", "version", "stage")
            assert {pk: (version, stage) for pk, version, stage in now} == {
                pk: (known["version"], known["stage"]) for pk, known in self.known.items()
            }

    @invariant()
    def the_rows_fit_together(self) -> None:
        for issue in map(self.issue, getattr(self, "issues", [])):
            leads = issue.orders.filter(role=OrderRole.LEAD, round=issue.round, state__in=LIVE_ORDERS)
            assert leads.count() <= 1
            assert (issue.closed_at is not None) == (issue.stage in TERMINAL), issue.stage
            assert issue.stage != Stage.WITHDRAWN or not any(o.state == "issued" for o in issue.orders.all())
            assert issue.suspended_until is None or issue.stage in OPEN
            if issue.stage in TERMINAL:
                assert not issue.petitions.filter(state="pending").exists()

    @invariant()
    def everybody_told_gets_it_by_some_way(self) -> None:
        if hasattr(self, "known"):
            odd = Delivery.objects.exclude(channel="inbox", state="sent").exclude(state="created")
            assert not odd.exists()

    # --- reading ----------------------------------------------------------------------------------------------
    @property
    def now(self) -> datetime:
        return timezone.now()

    def issue(self, pk: int) -> Issue:
        rows = Issue.objects.prefetch_related("orders", "petitions", "concerns", "callbacks", "answers")
        return rows.get(pk=pk)

    def other(self, pk: int) -> Issue:
        return next(self.issue(each) for each in self.issues if each != pk)

    def person(self, name: str) -> User:
        """Nobody's duties change in a walk, so what is remembered on the object stays true."""
        return self.district.people[name]

    def browser(self, name: str) -> Client:
        client = Client()
        client.force_login(self.person(name), backend="liaison.accounts.backends.SignInBackend")
        return client

    def all_open(self, pk: int, names: Iterable[str] = ()) -> list[tuple[str, str]]:
        """Who can do what now."""
        issue = self.issue(pk)
        return [
            (step.name, name)
            for name in names or self.names
            if may_view(issue, self.person(name))
            for step in ISSUE_FLOW.open_to(issue, self.person(name), self.now)
            if step.name != "submit"
        ]

    def events(self, pk: int) -> list[IssueEvent]:
        names = [*(step.name for step in ISSUE_FLOW), "resume-by-itself"]
        return list(IssueEvent.objects.filter(issue=pk, kind__in=names).order_by("pk"))

    def state(self, pk: int) -> dict:
        rows = Issue.objects.filter(pk=pk).values("stage", "version", "due_at", "number")
        return {**rows.get(), "events": len(self.events(pk))}


@pytest.mark.django_db
def test_no_walk_through_the_workflow_leaves_the_table():
    """R19."""
    Life.district = cast()
    walks = max(1, STEPS // PER_WALK) if STEPS else 6
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=walks,
            stateful_step_count=PER_WALK,
            deadline=None,
            database=None,
            derandomize=not STEPS,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(set(TAKEN)) > (20 if STEPS else 10)
