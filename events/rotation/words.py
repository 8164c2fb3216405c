"""The reasons in words, in the language of the reader."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.rotation.given import Dimension
from events.rotation.reasons import Code, Fact, Reason

Namer = Callable[[str, str], str]
"How a value of a dimension (or of ``label``) is called in the language of the reader."
Facts = Mapping[str, Fact]
TICKET_SHOWN: Final = 8


def as_it_is(_dimension: str, value: str) -> str:
    """Return the value itself: for readers who know the codes."""
    return value


def say(reason: Reason, name: Namer = as_it_is) -> str:
    """Return a reason in words."""
    return SENTENCES[reason.code](reason.facts, name)


def dimension_name(dimension: str) -> str:
    """Return what a dimension is called."""
    return {
        Dimension.SECTOR.value: _("sector"),
        Dimension.SIZE.value: _("size of the firm"),
        Dimension.TOWN.value: _("town"),
        Dimension.OWNERSHIP.value: _("ownership"),
    }[dimension]


def _values(facts: Facts, dimension: str, name: Namer) -> str:
    asked = facts["asked"]
    assert isinstance(asked, tuple)
    return _(", ").join(name(dimension, value) for value in asked)


def _called(facts: Facts, name: Namer) -> dict[str, Fact]:
    dimension, value = str(facts["dimension"]), str(facts["value"])
    called = name(dimension, value) if value else _("not known")
    return {**facts, "dimension": dimension_name(dimension), "value": called}


def _not_verified(_facts: Facts, _name: Namer) -> str:
    return _("the firm is not verified")


def _already_invited(_facts: Facts, _name: Namer) -> str:
    return _("invited to this occasion already")


def _not_asked_for(facts: Facts, name: Namer) -> str:
    values = _values(facts, str(facts["dimension"]), name)
    words = _("%(dimension)s not asked for: %(value)s (asked for: %(asked)s)")
    return words % {**_called(facts, name), "asked": values}


def _label_missing(facts: Facts, name: Namer) -> str:
    return _("has none of the labels asked for: %(asked)s") % {"asked": _values(facts, "label", name)}


def _cooling_off_days(facts: Facts, _name: Namer) -> str:
    words = _("cooling-off of %(days)s days after the invitation for %(last_on)s: may be drawn again from %(until)s")
    return words % facts


def _cooling_off_occasions(facts: Facts, _name: Namer) -> str:
    words = _("cooling-off of %(occasions)s occasions after no. %(last)s: may be drawn again from no. %(again)s")
    return words % facts


def _never_invited(_facts: Facts, _name: Namer) -> str:
    return _("never invited before")


def _invited(facts: Facts, _name: Namer) -> str:
    times = facts["times"]
    assert isinstance(times, int)
    words = ngettext("invited %(times)d time, last for %(last_on)s", "invited %(times)d times, last for %(last_on)s", times)
    return words % facts


def _joined_late(facts: Facts, _name: Namer) -> str:
    words = _("joined on %(joined_on)s, when the fewest of the pool was %(level)s: its own count starts there")
    return words % facts


def _fewest(facts: Facts, _name: Namer) -> str:
    return _("counts %(count)s, the fewest among the eligible") % facts


def _count(facts: Facts, _name: Namer) -> str:
    return _("counts %(count)s; the fewest among the eligible is %(fewest)s") % facts


def _seats_for_all(facts: Facts, _name: Namer) -> str:
    return _("seats for all who are eligible: %(eligible)s firms, %(seats)s seats") % facts


def _equals(facts: Facts, _name: Namer) -> str:
    return _("one of %(equals)s firms with equal standing for the last %(seats)s seats") % facts


def _balance(facts: Facts, name: Namer) -> str:
    words = _(
        "%(dimension)s %(value)s: %(firms)s of these %(equals)s firms, a share of %(quota)s of %(seats)s seats; "
        "%(given)s ranked before it"
    )
    return words % _called(facts, name)


def _lot(facts: Facts, _name: Namer) -> str:
    words = _("ranked by lot among %(among)s firms with equal standing: ticket %(ticket)s…")
    return words % {**facts, "ticket": str(facts["ticket"])[:TICKET_SHOWN]}


def _more_often(facts: Facts, _name: Namer) -> str:
    return _("counts %(count)s; the last one chosen counts %(last_chosen)s") % facts


def _more_recently(facts: Facts, _name: Namer) -> str:
    if not facts["last_chosen"]:
        return _("last invited for %(last_on)s; the last one chosen never was") % facts
    return _("last invited for %(last_on)s; the last one chosen for %(last_chosen)s") % facts


def _ranked(facts: Facts, _name: Namer) -> str:
    return _("ranked no. %(rank)s; %(seats)s seats") % facts


SENTENCES: Final[Mapping[Code, Callable[[Facts, Namer], str]]] = {
    Code.NOT_VERIFIED: _not_verified,
    Code.ALREADY_INVITED: _already_invited,
    Code.NOT_ASKED_FOR: _not_asked_for,
    Code.LABEL_MISSING: _label_missing,
    Code.COOLING_OFF_DAYS: _cooling_off_days,
    Code.COOLING_OFF_OCCASIONS: _cooling_off_occasions,
    Code.NEVER_INVITED: _never_invited,
    Code.INVITED: _invited,
    Code.JOINED_LATE: _joined_late,
    Code.FEWEST: _fewest,
    Code.COUNT: _count,
    Code.SEATS_FOR_ALL: _seats_for_all,
    Code.EQUALS: _equals,
    Code.BALANCE: _balance,
    Code.LOT: _lot,
    Code.MORE_OFTEN: _more_often,
    Code.MORE_RECENTLY: _more_recently,
    Code.RANKED: _ranked,
}
