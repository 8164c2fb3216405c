"""The ladder as it is delivered: notice, warning, supervision, escalation (提示、预警、督办、提级). It is edited as data."""

from dataclasses import dataclass
from typing import Final

from liaison.clocks.enums import Act, Basis, Condition, Light, Told


@dataclass(frozen=True)
class DefaultRung:
    """One rung of a new installation."""

    level: int
    light: Light
    basis: Basis
    amount: int
    told: tuple[Told, ...]
    acts: tuple[Act, ...] = ()
    condition: Condition = Condition.ALWAYS
    kind: str = ""


_UNIT: Final = (Told.HANDLER, Told.LIAISON)
_WARNED: Final = (*_UNIT, Told.DEPUTY)
_LATE: Final = (*_WARNED, Told.HEAD, Told.DESK)
_SUPERVISED: Final = (*_LATE, Told.INSPECTOR)
_ESCALATED: Final = (*_SUPERVISED, Told.LEADER)
_TOP: Final = (*_ESCALATED, Told.MAIN_LEADER)

DEFAULT_RUNGS: Final = (
    DefaultRung(1, Light.BLUE, Basis.SHARE, 50, _UNIT, condition=Condition.NO_CONTACT),
    DefaultRung(2, Light.YELLOW, Basis.SHARE, 80, _WARNED),
    DefaultRung(3, Light.RED, Basis.AFTER, 0, _LATE, (Act.URGE,)),
    DefaultRung(4, Light.RED, Basis.AFTER, 1, _SUPERVISED, (Act.SUPERVISION_ORDER,)),
    DefaultRung(5, Light.RED, Basis.AFTER, 5, _ESCALATED, (Act.BULLETIN,)),
    DefaultRung(6, Light.RED, Basis.AFTER, 10, _TOP, (Act.SUMMON,)),
    # What waits for the firm's judgement is never held against anybody: the firm is reminded, then a caller asks.
    DefaultRung(1, Light.BLUE, Basis.SHARE, 60, (Told.FIRM,), kind="evaluate"),
    DefaultRung(2, Light.RED, Basis.AFTER, 0, (Told.CALLER,), kind="evaluate"),
    DefaultRung(1, Light.YELLOW, Basis.SHARE, 80, (Told.CALLER,), kind="call_back"),
    DefaultRung(2, Light.RED, Basis.AFTER, 0, (Told.CALLER, Told.DESK), kind="call_back"),
    DefaultRung(3, Light.RED, Basis.AFTER, 1, (Told.CALLER, Told.DESK, Told.INSPECTOR), kind="call_back"),
)
