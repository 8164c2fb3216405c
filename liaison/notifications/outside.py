"""One POST to a provider: no redirect followed, no other machine than the one that was checked, five seconds, a short answer."""

import ipaddress
import json
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Event, Timer
from typing import Any, Final
from urllib.parse import urlsplit

from django.utils import timezone

from liaison.notifications.outcomes import Later, Undeliverable

PATIENCE: Final = 5.0
"Seconds for connecting, and for the whole answer."
LARGEST: Final = 65_536
LONGEST_WAIT: Final = 3600
USUAL_WAIT: Final = 60


@dataclass(frozen=True)
class Answer:
    """What a provider said, with an HTTP status that means neither busy nor broken."""

    body: Mapping[str, Any] = field(default_factory=dict)

    def at(self, path: str) -> str:
        """The value at ``Response.Code``, as text; empty where there is none."""
        found: Any = self.body
        for step in path.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
        return "" if found is None else str(found)


def post(url: str, body: bytes, headers: Mapping[str, str], *, inner: bool = False) -> Answer:
    """Send and read the answer; ``inner`` allows addresses of our own network, for gateways that the settings name."""
    parts = urlsplit(url)
    machine = _machine_of(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80), inner=inner)
    connection = _connection(parts.scheme, parts.hostname or "", machine)
    try:
        connection.connect()
    except (OSError, HTTPException) as error:
        raise Later(f"network: {type(error).__name__}", whole_way=True) from None  # its words may contain the address
    too_long = Event()
    guard = Timer(PATIENCE, _hang_up, [connection.sock, too_long])
    guard.daemon = True
    guard.start()
    try:
        connection.request("POST", f"{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}", body, dict(headers))
        response = connection.getresponse()
        said = response.read(LARGEST)
        if too_long.is_set():  # a part of an answer looks like a short one
            raise Later("network: TimeoutError", whole_way=True)
        return _understood(response.status, response.headers.get("Retry-After"), said)
    except (OSError, HTTPException) as error:
        raise Later(f"network: {type(error).__name__}", whole_way=True) from None
    finally:
        guard.cancel()
        connection.close()


def _machine_of(host: str, port: int, *, inner: bool) -> tuple[str, int]:
    """Look the name up once; what is checked is what is connected to (rebinding)."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Later(f"network: {type(error).__name__}", whole_way=True) from None
    addresses = [str(each[4][0]) for each in found]
    if not inner and not all(_is_public(address) for address in addresses):
        raise Undeliverable("address is not public")
    return addresses[0], port


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not address.is_multicast


def _connection(scheme: str, host: str, machine: tuple[str, int]) -> HTTPConnection:
    """A connection to that machine which still asks for ``host``, in its header and in the certificate."""
    port = machine[1]
    if scheme == "https":
        connection: HTTPConnection = HTTPSConnection(host, port, timeout=PATIENCE, context=ssl.create_default_context())
    else:
        connection = HTTPConnection(host, port, timeout=PATIENCE)

    def connect(_address: object, timeout: float, _source: object) -> socket.socket:
        return socket.create_connection(machine, timeout)

    connection._create_connection = connect  # type: ignore[attr-defined] # noqa: SLF001 - where http.client takes its socket from
    return connection


def _hang_up(line: socket.socket, too_long: Event) -> None:
    """An answer that comes drop by drop is no answer."""
    too_long.set()
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)  # TLS's own would wait for the other side's farewell


def _understood(status: int, retry_after: str | None, said: bytes) -> Answer:
    """Judge the HTTP status; what stands in the body is the provider's own language."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise Later(f"HTTP {status}", after=_seconds(retry_after) or USUAL_WAIT, limited=True, whole_way=True)
    if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Later(f"HTTP {status}", after=_seconds(retry_after), whole_way=True)
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise Undeliverable(f"HTTP {status}")
    try:
        body = json.loads(said)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Later("the answer is not JSON")
    return Answer(body)


def _seconds(text: str | None) -> int | None:
    """What Retry-After asks for, as a number or as a date; never more than an hour."""
    if not text:
        return None
    if text.strip().isdecimal():
        return min(int(text.strip()[:9]), LONGEST_WAIT)
    with suppress(ValueError, TypeError):
        return max(1, min(int((parsedate_to_datetime(text) - timezone.now()).total_seconds()), LONGEST_WAIT))
    return None
