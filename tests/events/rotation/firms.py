"""Firms for draws."""

from datetime import date, timedelta

from hypothesis import strategies as st

from events.rotation.given import BALANCE, Candidate, Invitation, Rule

FIRST = date(2022, 3, 1)
OPENED = date(2021, 1, 1)
SECTORS, SIZES, TOWNS = "CFIM", ("large", "small", "micro", ""), ("T1", "T2", "T3")


def firm(code, *, invited=(), joined_on=OPENED, **given):
    values = {"name": f"企业{code}", "sector": "C", "size": "small", "town": "T1", "ownership": "private", **given}
    return Candidate(code=code, joined_on=joined_on, invited=tuple(invited), **values)


def invitations():
    days = st.integers(0, 60).map(lambda number: (FIRST - timedelta(days=7 * number), 61 - number))
    ahead = st.integers(0, 20)
    return st.builds(lambda day, made: Invitation(day[0], day[1], day[0] - timedelta(days=made)), days, ahead)


def candidates():
    return st.builds(
        firm,
        code=st.text("ABCDEFGH12345678", min_size=3, max_size=6),
        invited=st.lists(invitations(), max_size=4),
        joined_on=st.integers(0, 500).map(lambda number: FIRST - timedelta(days=number)),
        sector=st.sampled_from(SECTORS),
        size=st.sampled_from(SIZES),
        town=st.sampled_from(TOWNS),
        ownership=st.sampled_from(("private", "state")),
        labels=st.frozensets(st.sampled_from(("规上", "外贸")), max_size=2),
        verified=st.sampled_from((True, True, True, False)),
    )


def pools(**sizes):
    return st.lists(candidates(), unique_by=lambda firm: firm.code, **sizes)


def rules():
    return st.builds(
        Rule,
        seats=st.integers(0, 12),
        sectors=st.frozensets(st.sampled_from(SECTORS), max_size=3),
        sizes=st.just(frozenset()) | st.frozensets(st.sampled_from(SIZES), max_size=3),
        towns=st.just(frozenset()) | st.frozensets(st.sampled_from(TOWNS), max_size=2),
        labels=st.just(frozenset()) | st.just(frozenset({"规上"})),
        cooling_off_days=st.sampled_from((0, 0, 30, 90)),
        cooling_off_occasions=st.sampled_from((0, 0, 1, 5)),
        balance=st.permutations(BALANCE).flatmap(lambda all_: st.integers(0, 3).map(lambda number: tuple(all_[:number]))),
    )
