"""A mail server that takes everything and counts how often each message came, by its Message-ID."""

import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

USUAL: Final = {b"EHLO": b"250 sink", b"HELO": b"250 sink", b"DATA": b"354 go on", b"QUIT": b"221 bye"}
NAME: Final = b"message-id:"


class Sink(socketserver.ThreadingTCPServer):
    """Takes mail on a port of its own."""

    allow_reuse_address = daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.copies: Counter[str] = Counter()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class Conversation(socketserver.StreamRequestHandler):
    """One connection, with as many mails as the other side likes."""

    server: Sink

    def handle(self) -> None:
        """Until the other side hangs up, or is killed."""
        self._say(b"220 sink")
        while line := self.rfile.readline():
            verb = line.split(b":")[0].strip().upper()[:4]
            self._say(USUAL.get(verb, b"250 ok"))
            if verb == b"QUIT":
                return
            if verb == b"DATA" and not self._take():
                return

    def _take(self) -> bool:
        """A mail counts when all of it has come, whether or not its sender lives to read the answer."""
        name = ""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            if not name and line.lower().startswith(NAME):
                name = line[len(NAME) :].strip().decode()
        self.server.copies[name] += 1
        self._say(b"250 kept")
        return True

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


@contextmanager
def mail_sink() -> Iterator[Sink]:
    """The sink at work."""
    with Sink() as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
