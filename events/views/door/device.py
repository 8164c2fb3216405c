"""What the phone at the door asks in the background: the list, the count, its queue, and the worker that keeps the page."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_POST, require_safe

from events.actions.door import Scan, check_in
from events.guests import is_our_list, live_of, signed_list
from events.models import Occasion
from events.views.door.lookup import occasion_at_door
from events.views.door.words import answer_of
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock

MOST_SCANS: Final = 200
OLDEST: Final = timedelta(days=7)
LENGTHS: Final = {"code": 300, "device": 40, "gate": 40, "reason": 500}
BAD_REQUEST: Final = 400
KEPT: Final = (
    "vendor/bootstrap.min.css",
    "vendor/bootstrap-icons.svg",
    "vendor/zxing.min.js",
    "css/portal.css",
    "css/print.css",
    "css/door.css",
    "js/portal.js",
    "js/door.js",
    "img/mark.svg",
)
"Files that the page needs when the network is gone."


@require_safe
def guest_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """The signed list, and a token for what the device will send."""
    occasion = occasion_at_door(request, slug)
    return JsonResponse({**signed_list(occasion, clock.now()), "csrf": get_token(request), "live": live_of(occasion)})


@require_safe
def live(request: SignedInRequest, slug: str) -> HttpResponse:
    """How many are inside; asked every few seconds, which is also how a phone notices that the network is gone."""
    return JsonResponse({**live_of(occasion_at_door(request, slug)), "csrf": get_token(request)})


@require_POST
def scans(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the device did, in order; one answer for each, the same again when it is sent again."""
    occasion = occasion_at_door(request, slug)
    told = _entries(request)
    if told is None:
        return JsonResponse({"answers": []}, status=BAD_REQUEST)
    return JsonResponse({"answers": [_answer(occasion, entry, request) for entry in told], "live": live_of(occasion)})


@require_safe
def worker(request: SignedInRequest, slug: str) -> HttpResponse:
    """The service worker; its address is what limits it to this door."""
    occasion_at_door(request, slug)
    kept = [static(name) for name in KEPT]
    version = sha256(json.dumps(kept).encode()).hexdigest()[:12]
    context = {"kept": json.dumps(kept), "version": version}
    return render(request, "events/door_worker.js", context, content_type="text/javascript")


def _entries(request: HttpRequest) -> list[Any] | None:
    try:
        told = json.loads(request.body)
    except ValueError:
        return None
    entries = told.get("scans") if isinstance(told, dict) else None
    return entries if isinstance(entries, list) and len(entries) <= MOST_SCANS else None


def _answer(occasion: Occasion, told: Any, request: SignedInRequest) -> dict[str, Any]:
    """A bad entry is answered as such: it must not hold up the guests behind it."""
    now = clock.now()
    entry = Entry.read(told)
    if entry is None:
        return {"nonce": told.get("nonce") if isinstance(told, dict) else None, "result": "unreadable"}
    return {"nonce": str(entry.nonce), **answer_of(check_in(occasion, entry.scan(occasion, now), by=request.user, now=now))}


@dataclass(frozen=True)
class Entry:
    """One entry of a device's queue, checked."""

    nonce: UUID
    words: dict[str, str]
    invitation_id: int | None
    age: float
    "Seconds since the scan by the device's own clock, which may be wrong by hours and is right about that."
    offline: bool
    ticket: str

    @classmethod
    def read(cls, told: Any) -> "Entry | None":
        """What the device told; None if it makes no sense."""
        try:
            words = {name: str(told.get(name) or "")[:most] for name, most in LENGTHS.items()}
            pk, age = told.get("invitation"), float(told.get("age") or 0)
            nonce = UUID(str(told["nonce"]))
            invitation_id = None if pk is None else int(pk)
            ages = 0 <= age <= OLDEST.total_seconds()
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            return None
        odd = any("\x00" in word for word in words.values()) or (invitation_id is not None and not 0 < invitation_id < 2**63)
        if odd:
            return None
        offline, ticket = told.get("offline") is True, str(told.get("ticket") or "")[:300]
        return cls(nonce, words, invitation_id, age if ages else 0.0, offline, ticket)

    def scan(self, occasion: Occasion, now: datetime) -> Scan:
        """What the door's action takes."""
        return Scan(
            self.nonce,
            invitation_id=self.invitation_id,
            scanned_at=now - timedelta(seconds=self.age),
            offline=self.offline,
            listed=not self.offline or is_our_list(occasion, self.ticket),
            **{name: word.strip() for name, word in self.words.items()},
        )
