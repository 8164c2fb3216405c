"""Draws again from the record alone, written from docs/rotation.md and sharing no line with the product."""

import hashlib
from datetime import date, timedelta

NARROWED = {"sector": "sectors", "size": "sizes", "town": "towns", "ownership": "ownerships"}


def day(text):
    return date.fromisoformat(text)


def in_pool(firm, rule):
    narrowed = all(not rule[many] or firm[one] in rule[many] for one, many in NARROWED.items())
    return firm["verified"] and narrowed and (not rule["labels"] or bool(set(rule["labels"]) & set(firm["labels"])))


def rests(firm, rule, occasion):
    if firm["code"] in occasion["already"]:
        return True
    if not firm["invited"]:
        return False
    last = max(day(one["on"]) for one in firm["invited"])
    number = max(one["ordinal"] for one in firm["invited"])
    by_days = rule["cooling_off_days"] and day(occasion["on"]) < last + timedelta(days=rule["cooling_off_days"])
    by_number = rule["cooling_off_occasions"] and number and occasion["ordinal"] <= number + rule["cooling_off_occasions"]
    return bool(by_days or by_number)


def made(firm, *, before=None, since=None):
    days = [one["made_on"] for one in firm["invited"]]
    return sum((before is None or one < before) and (since is None or one >= since) for one in days)


def counts(pool):
    """Firm by firm in the order of joining, the level of each from all that joined on an earlier day."""
    bases, levels = {}, {}
    for firm in sorted(pool, key=lambda firm: firm["joined_on"]):
        joined = firm["joined_on"]
        there = [other for other in pool if other["joined_on"] < joined]
        levels[firm["code"]] = min(
            (bases[other["code"]] + made(other, since=other["joined_on"], before=joined) for other in there), default=0
        )
        bases[firm["code"]] = max(levels[firm["code"]], made(firm, before=joined))
    return levels, {firm["code"]: bases[firm["code"]] + made(firm, since=firm["joined_on"]) for firm in pool}


def order(record):
    """Codes of the eligible by rank, levels, counts."""
    rule, firms = record["rule"], [place["firm"] for place in record["chosen"] + record["passed_over"]]
    pool = [firm for firm in firms if in_pool(firm, rule)]
    levels, count = counts(pool)
    left = [firm for firm in pool if not rests(firm, rule, record["occasion"])]
    ranked = []
    for standing in sorted({stands(firm, count) for firm in left}):
        equals = [firm for firm in left if stands(firm, count) == standing]
        seats = rule["seats"] - len(ranked)
        ranked += in_turn(equals, seats if 0 < seats < len(equals) else len(equals), rule["balance"], record["seed"])
    return [firm["code"] for firm in ranked], levels, count


def stands(firm, count):
    return count[firm["code"]], max((one["on"] for one in firm["invited"]), default="")


def in_turn(equals, seats, dimensions, seed):
    taken = []
    while len(taken) < len(equals):
        left = [firm for firm in equals if firm not in taken]
        keys = {firm["code"]: key(firm, equals, taken, seats, dimensions, seed) for firm in left}
        taken.append(min(left, key=lambda firm, keys=keys: keys[firm["code"]]))
    return taken


def key(firm, equals, taken, seats, dimensions, seed):
    deficits = [
        seats * sum(other[dimension] == firm[dimension] for other in equals)
        - len(equals) * sum(other[dimension] == firm[dimension] for other in taken)
        for dimension in dimensions
    ]
    return [-deficit for deficit in deficits], hashlib.sha256(f"{seed}:{firm['code']}".encode()).hexdigest()
