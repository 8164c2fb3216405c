"""A provider on this machine that answers as it is told, and remembers what it was asked."""

import json
import socket
import struct
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Said:
    """One answer: status, body, headers; or a way of not answering."""

    body: Any = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    manner: str = ""
    "reset, slow, dripping"


@dataclass
class Provider:
    """The server: ``answers`` are used up one by one, the last one stays."""

    url: str = ""
    answers: list[Said] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(body) for _path, _headers, body in self.asked]

    def says(self, *answers: Said) -> None:
        self.answers[:] = answers


class Server(ThreadingHTTPServer):
    daemon_threads = True
    provider: Provider

    def handle_error(self, request, client_address):
        """Clients hang up here on purpose."""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        provider = self.server.provider
        body = self.rfile.read(int(self.headers["Content-Length"]))
        provider.asked.append((self.path, dict(self.headers), body))
        said = provider.answers[0] if len(provider.answers) == 1 else provider.answers.pop(0)
        if said.manner == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return
        if said.manner == "slow":
            time.sleep(2)
        text = said.body if isinstance(said.body, str) else json.dumps(said.body)
        self.send_response(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        for byte in text.encode():
            self.wfile.write(bytes([byte]))
            if said.manner == "dripping":
                time.sleep(0.2)

    def log_message(self, *args):
        pass


@contextmanager
def serving():
    server = Server(("127.0.0.1", 0), Handler)
    server.provider = Provider(f"http://127.0.0.1:{server.server_port}", [Said({"code": 0, "errcode": 0})])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()
