"""Groups of messages among which a person chooses; the room that sends them registers its own in AppConfig.ready."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from liaison.workflow import Words


@dataclass(frozen=True)
class KindGroup:
    """Kinds that begin with ``prefix``; the statutory ones among them nobody can switch off."""

    code: str
    label: Words
    prefix: str
    statutory: frozenset[str] = frozenset()
    all_statutory: bool = False

    def is_statutory(self, kind: str) -> bool:
        """Whether the law, or the person's own request, asks that this be told."""
        return self.all_statutory or kind in self.statutory


OTHER: Final = KindGroup("other", _("Other messages"), "")
ACCOUNT: Final = KindGroup("account", _("Your account: links, addresses, passwords"), "account_", all_statutory=True)
ALARM: Final = KindGroup("alarm", _("Alarms of the portal itself"), "nobody_", all_statutory=True)
_groups: Final[dict[str, KindGroup]] = {}


def register(*groups: KindGroup) -> None:
    """Add groups; the same one again changes nothing."""
    _groups.update({group.code: group for group in groups})


def groups() -> list[KindGroup]:
    """All groups in which there is something to choose."""
    return [group for group in _groups.values() if not group.all_statutory]


def group_of(kind: str) -> KindGroup:
    """The group with the longest fitting prefix."""
    fitting = [group for group in _groups.values() if kind.startswith(group.prefix)]
    return max(fitting, key=lambda group: len(group.prefix), default=OTHER)


def label_of(code: str) -> Words:
    """A group's name."""
    return _groups.get(code, OTHER).label


def label_of_kind(kind: str) -> Words:
    """What the kind is about."""
    return group_of(kind).label
