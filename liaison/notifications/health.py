"""/healthz: is the database there, is the broker there, does anything wait, does every sweep run?"""

import threading
from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from redis import Redis

from liaison.notifications.clock import moment
from liaison.notifications.models import Delivery, Heartbeat

PATIENCE: Final = 0.8
"Seconds for both questions, which are asked at the same time."
BROKER_PATIENCE: Final = 0.6
"The broker answers or not; with a frozen one the page still comes within a second."
LATE: Final = 120
"Seconds after which a waiting message is an alarm; a sweep's own patience is the heartbeat's."
OVERDUE: Final = 300
"Seconds after which work that waits for a sweep of another room is an alarm."
_asking = threading.BoundedSemaphore(8)
_watched: Final[dict[str, Callable[[], int]]] = {}


def watch(name: str, age: Callable[[], int]) -> None:
    """Let /healthz show, under this name, how many seconds the oldest due thing of another room has waited for its sweep."""
    _watched[name] = age


def probe(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer before sessions, languages and people are looked up: those need the database that may be away."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return healthz(request) if request.path == "/healthz" else get_response(request)

    return middleware


@never_cache
@login_not_required
@require_GET
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer in about a second at most, whatever is frozen; 503 when the database is away."""
    questions = [_ask(_ask_database, PATIENCE), _ask(_ask_broker, BROKER_PATIENCE)]
    database, broker = (question() for question in questions)
    found: dict[str, Any] = database or {}
    late = _is_late(found) or any(age > OVERDUE for age in found.get("watched", {}).values())
    return JsonResponse(
        {
            "status": "ok" if database and broker and not late else "degraded",
            "database": "ok" if database else "away",
            "broker": "ok" if broker else "away",
            "oldest_unsent_seconds": found.get("oldest_unsent_seconds"),
            "sweeps": found.get("sweeps"),
            "last_sweep": found.get("last_sweep"),
            **found.get("watched", dict.fromkeys(_watched)),
        },
        status=200 if database else 503,
    )


def _is_late(found: dict[str, Any]) -> bool:
    silent = any(sweep["silent"] for sweep in (found.get("sweeps") or {}).values())
    return silent or (found.get("oldest_unsent_seconds") or 0) > LATE


def _ask(question: Callable[[], dict[str, Any]], patience: float) -> Callable[[], dict[str, Any] | None]:
    """Ask in a thread, which may hang on a frozen server; while several hang, nobody else asks."""
    answers: list[dict[str, Any]] = []
    end = monotonic() + patience
    if not _asking.acquire(blocking=False):
        return lambda: None

    def ask() -> None:
        try:
            answers.append(question())
        except Exception:  # noqa: BLE001, S110 - "away" is the whole answer
            pass
        finally:
            _asking.release()

    thread = threading.Thread(target=ask, name="healthz", daemon=True)
    thread.start()

    def wait() -> dict[str, Any] | None:
        thread.join(max(0.0, end - monotonic()))
        return answers[0] if answers else None

    return wait


def _ask_database() -> dict[str, Any]:
    """A connection of the thread's own, so that a dead one is never reused."""
    try:
        now = moment()
        waiting = Delivery.objects.open().filter(due_at__lte=now).aggregate(oldest=Min("due_at"))["oldest"]
        beats = list(Heartbeat.objects.order_by("name"))
        watched = {name: age() for name, age in _watched.items()}
    finally:
        connection.close()
    sweeps = {beat.name: {"seconds": _age(beat.at, now), "silent": beat.is_silent(now)} for beat in beats}
    last = max((beat.at for beat in beats), default=None)
    return {
        "oldest_unsent_seconds": _age(waiting, now),
        "sweeps": sweeps,
        "last_sweep": last.isoformat() if last else None,
        "watched": watched,
    }


def _age(since: datetime | None, now: datetime) -> int:
    return max(0, int((now - since).total_seconds())) if since else 0


def _ask_broker() -> dict[str, Any]:
    return {"pong": broker(BROKER_PATIENCE).ping()}


def broker(patience: float) -> Redis:
    """A client of the broker with a short time-out."""
    address = settings.CELERY_BROKER_URL
    limits: dict[str, Any] = {"socket_timeout": patience, "socket_connect_timeout": patience}
    if address.startswith("redis+socket"):
        parts = urlsplit(address)
        return Redis(unix_socket_path=unquote(parts.path), password=unquote(parts.password or "") or None, **limits)
    return Redis.from_url(address, **limits)
