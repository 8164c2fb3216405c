"""The firms: they register themselves, the desk verifies them, colleagues join by invitation."""

from datetime import date, datetime, time, timedelta
from typing import Final

from enterprises.actions.chambers import join_chamber, save_chamber
from enterprises.actions.data import edit_enterprise
from enterprises.actions.people import accept_invitation, invite_colleague, remove_colleague
from enterprises.actions.registration import register_enterprise
from enterprises.actions.status import suspend_enterprise, verify_enterprise
from enterprises.enums import Role
from enterprises.models import Chamber, Enterprise, Label
from liaison.accounts.models import Unit, User
from liaison.demo import tables
from liaison.demo.dating import Dating
from liaison.demo.papers import paper
from liaison.demo.timeline import after
from liaison.workdays import ZONE

GIVEN: Final = (
    "name", "credit_code", "legal_representative", "industry", "industry_code", "ownership", "employees", "revenue", "assets",
    "address", "contact_name", "contact_phone",
)  # fmt: skip
"What a firm writes about itself."


class Registry:
    """Registers the firms of the demonstration one after another."""

    def __init__(self, units: dict[str, Unit], users: dict[str, User], dating: Dating) -> None:
        self.dating = dating
        self.units, self.users, self.desk = units, users, users["desk1"]
        self.chambers: dict[str, Chamber] = {}
        self.labels: dict[str, Label] = {}
        self.firms: dict[str, Enterprise] = {}

    def load(self) -> dict[str, Enterprise]:
        """All of them, by key, in the order in which they came."""
        table = tables.table("firms")
        for row in table["chamber"]:
            self.chambers[row["code"]] = save_chamber(Chamber(**row), by=self.desk)
        for position, row in enumerate(table["label"]):
            label, _is_new = Label.objects.get_or_create(
                name=row["name"], defaults={"name_en": row["name_en"], "position": position}
            )
            self.labels[row["name"]] = label
        for row in sorted(table["firm"], key=self.registered_on):
            self.firms[row["key"]] = self.take_in(row)
        return self.firms

    def registered_on(self, row: tables.Row) -> date:
        """Who still waits to be verified has applied just before the load."""
        day: date = row["registered_on"]
        return self.dating.day(day) if row["status"] == "applied" else day

    def suspend(self) -> None:
        """Suspend whom the year saw suspended; called when their issues have been told, for a suspended firm may raise none."""
        for row in tables.table("firms")["firm"]:
            if row["status"] == "suspended":
                firm, moment = self.firms[row["key"]], at(row["suspended_on"], 10)
                suspend_enterprise(firm, by=self.desk, now=moment, reason=row["suspended_because"])

    def take_in(self, row: tables.Row) -> Enterprise:
        """One firm: it applies, and most are verified the same day."""
        applied_at = at(self.registered_on(row), 9, len(self.firms) % 50)
        park = self.units["park"] if row["in_park"] else None
        values = {name: row[name] for name in GIVEN}
        manager = self.users[row["people"][0]["username"]]
        town, licence = self.units[row["town"]], paper("营业执照.pdf")
        firm = register_enterprise(by=manager, now=applied_at, licence=licence, town=town, park=park, **values)
        if row["status"] != "applied":
            verified_at = after(applied_at, "3h", row["key"])
            firm = verify_enterprise(firm, by=self.desk, now=verified_at)
            self.describe(firm, row, verified_at)
        return Enterprise.objects.get(pk=firm.pk)

    def describe(self, firm: Enterprise, row: tables.Row, now: datetime) -> None:
        """Labels, chambers and colleagues."""
        edit_enterprise(firm, by=self.desk, now=now, labels=[self.labels[name] for name in row["labels"]])
        for code in row["chambers"]:
            join_chamber(self.chambers[code], firm, by=self.desk, now=now)
        manager, *colleagues = row["people"]
        for person in colleagues:
            self.invite(firm, person, self.users[manager["username"]], after(now, "1d", person["username"]))

    def invite(self, firm: Enterprise, person: tables.Row, manager: User, now: datetime) -> None:
        """A colleague joins, and perhaps leaves again."""
        user = self.users[person["username"]]
        invitation = invite_colleague(firm, name=person["name"], role=Role(person["role"]), email=user.email, by=manager, now=now)
        joined = accept_invitation(invitation, by=user, now=now + timedelta(hours=1))
        if "until" in person:
            remove_colleague(joined, by=manager, now=at(person["until"], 17))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day, in the portal's zone."""
    return datetime.combine(day, time(hour, minute), ZONE)
