"""Playing the supervisors: announced, appointed, renewed; their reports by the real actions, each at its moment."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from liaison.accounts.models import Unit, User
from liaison.demo import tables
from liaison.demo.dating import Dating
from liaison.demo.play import Moment, World
from liaison.demo.timeline import after
from liaison.workdays import ZONE
from supervision.actions.appointing import Candidate, add_candidate, announce_batch, appoint_batch, begin_batch
from supervision.actions.handling import answer_report, direct_report, rate_report, sort_report
from supervision.actions.keeping import declare_interest, set_consent
from supervision.actions.reporting import send_report, start_report
from supervision.models import Appointment, Batch, Report

AFTER_THE_MEETINGS: Final = 20_000
DESK: Final = "desk1"
LEADER: Final = "leader1"
INSPECTOR: Final = "inspect1"
DISCIPLINE: Final = "discipline.reception"
MATTER: Final = ("subject", "place", "manner", "function", "facts")


def names() -> dict[str, str]:
    """User name → name of every supervisor: they hold no duty, an appointment makes them what they are."""
    return {row["username"]: row["name"] for row in tables.table("supervision")["supervisor"]}


def moments(world: World, dating: Dating, now: datetime) -> Iterator[Moment]:
    """All that happened until now, as the play puts it in order."""
    table = tables.table("supervision")
    acts = [*_batch(world, table["appointment"]), *_batch(world, table["renewal"])]
    for row in table["report"]:
        acts += Course(world, row, dating).acts()
    for line, (at, act) in enumerate(acts):
        if at <= now:
            yield at, AFTER_THE_MEETINGS, line, act


def _batch(world: World, row: tables.Row) -> Iterator[tuple[datetime, Any]]:
    announced, appointed = (row[name].replace(tzinfo=ZONE) for name in ("announced_at", "appointed_at"))
    yield announced, partial(_announce, world, row, announced)
    yield appointed, partial(_appoint, world, row, appointed)


def _announce(world: World, row: tables.Row, at: datetime) -> None:
    desk = world.users[DESK]
    batch = begin_batch(title=row["title"], from_on=row["from_on"], to_on=row["to_on"], by=desk, now=at)
    for person in tables.table("supervision")["supervisor"]:
        if person["username"] not in row.get("without", ()):
            candidate = Candidate(world.users[person["username"]], person["field"], person["workplace"])
            add_candidate(batch, candidate, by=desk, now=at)
    announce_batch(batch, by=desk, now=at)


def _appoint(world: World, row: tables.Row, at: datetime) -> None:
    """Everybody declares what is near to them and says whether the public list may name them."""
    batch = appoint_batch(Batch.objects.get(title=row["title"]), by=world.users[DESK], now=at)
    people = {person["username"]: person for person in tables.table("supervision")["supervisor"]}
    for appointment in batch.appointments.select_related("person"):
        person = people[appointment.person.username]
        if person.get("public"):
            set_consent(appointment, by=appointment.person, now=at, is_public=True)
        if "interest" in person and appointment.term == 1:
            firm = world.firms[person["interest"]]
            declare_interest(appointment, by=appointment.person, now=at, enterprise=firm, tie=person["tie"])


class Course:
    """One report from the first word to its end."""

    def __init__(self, world: World, row: tables.Row, dating: Dating) -> None:
        self.world, self.row = world, row
        written = row["at"].replace(tzinfo=ZONE)
        self.at = dating.moment(written) if row.get("open") else written
        self.key = uuid5(NAMESPACE_URL, f"demo-report:{row['author']}:{row['at']}")

    @property
    def author(self) -> User:
        """Who writes it."""
        return self.world.users[self.row["author"]]

    @property
    def report(self) -> Report | None:
        """As it stands; nothing where the author held no office on that day."""
        return Report.objects.filter(key=self.key).first()

    def acts(self) -> Iterator[tuple[datetime, Any]]:
        """Its steps, each some office time after the one before."""
        at = self.at
        yield at, partial(self.send, at)
        for name, wait in (("sort", "sorted"), ("answer", "answered"), ("rate", "rated")):
            if wait in self.row:
                at = after(at, self.row[wait], f"{self.key}{name}")
                yield at, partial(self.take, name, at)

    def send(self, at: datetime) -> None:
        """Written and sent in one go."""
        if not Appointment.objects.running(at.astimezone(ZONE).date()).filter(person=self.author).exists():
            return
        row = self.row
        answers = {name: row[name] for name in MATTER} | {
            "unit": Unit.objects.get(code=row["unit"]),
            "category": self.world.categories[row["category"]],
            "seen_at": at,
            "evidence": row.get("evidence", ""),
            "advice": row.get("advice", ""),
            "touches_integrity": row.get("integrity", False),
            "anonymous": row.get("anonymous", False),
        }
        send_report(start_report(self.key, answers, by=self.author, now=at), by=self.author, now=at)

    def take(self, name: str, at: datetime) -> None:
        """The step called so."""
        if (report := self.report) is not None:
            getattr(self, f"_{name}")(report, at)

    def _sort(self, report: Report, at: datetime) -> None:
        leader = self.world.users[LEADER] if self.row["sorting"] == "leader" else None
        desk, text = self.world.users[DESK], self.row["text"]
        sort_report(report, by=desk, now=at, sorting=self.row["sorting"], text=text, leader=leader)

    def _answer(self, report: Report, at: datetime) -> None:
        text = self.row["answer"]
        if self.row.get("sorting") == "leader":
            direct_report(report, by=self.world.users[LEADER], now=at, text=text, result="answer")
        else:
            by = self.world.users[DISCIPLINE if report.set_aside else INSPECTOR]
            answer_report(report, by=by, now=at, text=text)

    def _rate(self, report: Report, at: datetime) -> None:
        rate_report(report, by=self.author, now=at, rating=self.row["rating"])
