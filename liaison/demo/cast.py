"""Units and people: nothing grants them more than their postings do."""

from datetime import datetime, time
from typing import Final

from django.contrib.auth.hashers import make_password

from issues.models import Category
from liaison.accounts.models import Posting, Substitution, Unit, User
from liaison.demo import supervision, tables
from liaison.demo.dating import Dating
from liaison.demo.timeline import ENDS_AT
from liaison.workdays import ZONE

PASSWORD: Final = "liaison-demo"  # noqa: S105 - the demonstration's own, said on its first page
MAIL_HOST: Final = "demo.example"


def load_units() -> dict[str, Unit]:
    """The tree, parents first."""
    units: dict[str, Unit] = {}
    for position, row in enumerate(tables.table("units")["unit"]):
        parent = units.get(row.get("parent", ""))
        units[row["code"]] = Unit.objects.create(
            code=row["code"], name=row["name"], name_en=row["name_en"], kind=row["kind"], parent=parent, position=position
        )
    return units


def load_categories(units: dict[str, Unit]) -> None:
    """Which units of this district usually handle a class."""
    for row in tables.table("categories")["category"]:
        category = Category.objects.get(code=row["code"])
        category.lead_unit = units[row["lead"]]
        category.save(update_fields=["lead_unit"])
        category.co_units.set([units[code] for code in row["co"]])


def staff() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """User name → name and postings (unit, duty)."""
    people = tables.table("people")
    teams = {
        f"{unit}.{place}": (name, [(unit, "handler" if place.startswith("handler") else place)])
        for unit, team in people["teams"].items()
        for place, name in team.items()
    }
    singles = {
        row["username"]: (row["name"], [(unit, row["duty"]) for unit in [row["unit"], *row.get("units", [])]])
        for row in people["person"]
    }
    return {**teams, **singles}


def firm_people() -> dict[str, str]:
    """User name → name of everybody who acts for a firm."""
    return {person["username"]: person["name"] for firm in tables.table("firms")["firm"] for person in firm["people"]}


def load_people(units: dict[str, Unit], dating: Dating) -> dict[str, User]:
    """Accounts with the one password, postings, and who stands in for whom."""
    table, password = tables.table("people"), make_password(PASSWORD)
    members = staff()
    names = {**supervision.names(), **firm_people(), **{username: name for username, (name, _postings) in members.items()}}
    joined = datetime.combine(table["from_on"], time(9), ZONE)
    User.objects.bulk_create(
        User(username=username, name=name, password=password, email=f"{username}@{MAIL_HOST}", date_joined=joined)
        for username, name in names.items()
    )
    users = {user.username: user for user in User.objects.filter(username__in=names)}
    Posting.objects.bulk_create(
        Posting(user=users[username], unit=units[unit], duty=duty, from_on=table["from_on"])
        for username, (_name, postings) in members.items()
        for unit, duty in postings
    )
    for row in table["substitution"]:
        days = {name: row[name] for name in ("from_on", "to_on")}
        if row["to_on"] >= ENDS_AT.date():  # somebody is away at the end of the year: so at the load
            days = {name: dating.day(day) for name, day in days.items()}
        Substitution.objects.create(absent=users[row["absent"]], substitute=users[row["substitute"]], **days)
    return users
