"""By which ways a person is told: the inbox always, the others as they chose, the statutory ones in any case."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.db import transaction

from liaison.accounts.models import User
from liaison.notifications.kinds import KindGroup, group_of
from liaison.notifications.models import Channel, ChannelChoice, DailyReader
from liaison.notifications.sms import mobile_of, provider

USUAL: Final = {Channel.EMAIL: True, Channel.SMS: False}
"What holds until a person chooses."
Choices = Mapping[tuple[int, str, str], bool]


def ways_of(told: Iterable[tuple[User, str]]) -> dict[tuple[int, str], list[Channel]]:
    """The ways of each kind of message to each person, with one query for all of them."""
    asked = {(user.pk, kind): user for user, kind in told}
    groups = {kind: group_of(kind) for _pk, kind in asked}
    chosen = choices_of(asked.values(), *{group.code for group in groups.values()}) if asked else {}
    return {
        (pk, kind): [Channel.INBOX, *_sending(user, groups[kind], groups[kind].is_statutory(kind), chosen)]
        for (pk, kind), user in asked.items()
    }


def choices_of(people: Iterable[User], *codes: str) -> dict[tuple[int, str, str], bool]:
    """What these people chose for these groups."""
    rows = ChannelChoice.objects.filter(user__in={user.pk for user in people}, group__in=codes)
    return {(row.user_id, row.group, row.channel): row.wanted for row in rows}


def _sending(user: User, group: KindGroup, statutory: bool, chosen: Choices) -> list[Channel]:  # noqa: FBT001
    """What the law wants told goes by e-mail, by text message where there is no e-mail."""
    possible = {Channel.EMAIL: bool(user.email), Channel.SMS: provider() is not None and bool(mobile_of(user.phone))}
    wanted = {channel: chosen.get((user.pk, group.code, channel), usual) for channel, usual in USUAL.items()}
    if statutory:
        wanted[Channel.EMAIL] = True
        wanted[Channel.SMS] |= not possible[Channel.EMAIL]
    return [channel for channel in USUAL if possible[channel] and wanted[channel]]


@transaction.atomic
def choose(user: User, wanted: Mapping[KindGroup, set[str]], *, daily: bool, offered: Iterable[Channel]) -> None:
    """Keep what a person chose among what was offered."""
    rows = [
        ChannelChoice(user=user, group=group.code, channel=channel, wanted=channel in channels)
        for group, channels in wanted.items()
        for channel in offered
    ]
    ChannelChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "group", "channel"], update_fields=["wanted"]
    )
    if daily:
        DailyReader.objects.get_or_create(user=user)
    else:
        DailyReader.objects.filter(user=user).delete()
