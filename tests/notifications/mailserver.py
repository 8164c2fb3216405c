"""A mail server on this machine that answers as it is told, and keeps what it accepted."""

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message

USUAL = {"EHLO": "250 mail.test", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", "END": "250 kept", "QUIT": "221 bye"}


@dataclass
class MailServer:
    """``answers`` to the steps of a conversation that differ from the usual; "" hangs up."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    kept: list[Message] = field(default_factory=list)

    def answer(self, step: str) -> str:
        return (USUAL | self.answers).get(step, "502 unknown")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    mail: MailServer


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 mail.test\r\n")
        while line := self.rfile.readline().decode().strip():
            if not self._say(self._step(line.split(":")[0].split()[0].upper())):
                return

    def _step(self, verb):
        answer = self.server.mail.answer(verb)
        if verb != "DATA" or not answer.startswith("3"):
            return answer
        self._say(answer)
        said = b"".join(iter(self.rfile.readline, b".\r\n"))
        end = self.server.mail.answer("END")
        if end.startswith("250"):
            self.server.mail.kept.append(email.message_from_bytes(said))
        return end

    def _say(self, answer):
        self.wfile.write(f"{answer}\r\n".encode() if answer else b"")
        return bool(answer)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with Server(("127.0.0.1", 0), Conversation) as server:
        server.mail = MailServer(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.mail
        finally:
            server.shutdown()
