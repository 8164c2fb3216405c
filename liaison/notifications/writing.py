"""Writing the outbox: thousands of messages and their deliveries with one statement."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection

from liaison.notifications.models import Channel
from liaison.notifications.notice import Notice

CHUNK: Final = 5_000

# A message that is there already is neither written nor returned: it is never told again, whoever wrote it.
# The inbox is a row of this very database: what is written is in the inbox when its writer's transaction ends, no worker needed.
# When the others are due is said by the database's clock; ``at`` is only what the reader sees.
WRITE: Final = """
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest(%(place)s::int[], %(recipient)s::bigint[], %(kind)s::text[], %(key)s::text[], %(context)s::text[],
    %(ways)s::text[], %(urgent)s::boolean[], %(alone)s::boolean[])
    AS asked (place, recipient_id, kind, key, context, ways, urgent, alone)
), fresh AS (
  INSERT INTO notifications_notification (recipient_id, kind, key, context, created_at, delivered_at)
  SELECT recipient_id, kind, key, context::jsonb, %(at)s,
    CASE WHEN 'inbox' = ANY(string_to_array(ways, ' ')) THEN clock_timestamp() END
  FROM asked ON CONFLICT ON CONSTRAINT notification_once DO NOTHING
  RETURNING id, recipient_id, kind, key
), told AS (
  INSERT INTO notifications_delivery (notification_id, recipient_id, channel, state, sent_at, urgent, alone, gathers, once_key,
    attempts, created_at, due_at, next_at, message_id, error)
  SELECT fresh.id, recipient_id, way, CASE way WHEN 'inbox' THEN 'sent' ELSE 'created' END,
    CASE way WHEN 'inbox' THEN clock_timestamp() END, urgent, alone, '', '',
    0, %(at)s, clock_timestamp(), clock_timestamp(), gen_random_uuid(), ''
  FROM fresh JOIN asked USING (recipient_id, kind, key), unnest(string_to_array(ways, ' ')) AS way
)
SELECT place, count(*), min(fresh.id) FROM fresh JOIN asked USING (recipient_id, kind, key) GROUP BY place
"""


@dataclass(frozen=True)
class Row:
    """One message to one person."""

    place: int
    "Of the notice among those that are written together."
    notice: Notice
    recipient: int
    ways: Sequence[Channel]


class Told(NamedTuple):
    """How many people a notice is news to, and the first message."""

    people: int
    first: int


def write(rows: Sequence[Row], at: datetime) -> dict[int, Told]:
    """Write what is not there yet, in one order everywhere, so that two writers of the same never wait for each other."""
    ordered = sorted(rows, key=lambda row: (row.notice.kind, row.notice.key, row.recipient))
    told: dict[int, Told] = {}
    for start in range(0, len(ordered), CHUNK):
        for place, people, first in _write(ordered[start : start + CHUNK], at):
            before = told.get(place, Told(0, first))
            told[place] = Told(before.people + people, min(before.first, first))
    return told


def _write(rows: Sequence[Row], at: datetime) -> list[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            {
                "at": at,
                "place": [row.place for row in rows],
                "recipient": [row.recipient for row in rows],
                "kind": [row.notice.kind for row in rows],
                "key": [row.notice.key for row in rows],
                "context": [json.dumps(row.notice.context) for row in rows],
                "ways": [" ".join(row.ways) for row in rows],
                "urgent": [row.notice.urgent or row.notice.channels is not None for row in rows],
                "alone": [row.notice.channels is not None for row in rows],
            },
        )
        found: list[tuple[int, int, int]] = cursor.fetchall()
        return found
