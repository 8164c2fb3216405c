"""An S3 server on this machine. Elsewhere: ``from tests.files.s3 import s3_server``; it answers other processes too."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import boto3
import pytest
from moto.server import ThreadedMotoServer


@dataclass(frozen=True)
class S3Server:
    """Where it listens and what opens it; ``environment`` is what the portal is started with."""

    endpoint: str
    bucket: str
    access_key: str = "test"
    secret_key: str = "test"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LIAISON_S3_BUCKET": self.bucket,
            "LIAISON_S3_ENDPOINT": self.endpoint,
            "LIAISON_S3_REGION": "us-east-1",
            "LIAISON_S3_ACCESS_KEY": self.access_key,
            "LIAISON_S3_SECRET_KEY": self.secret_key,
        }

    def client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
        )


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    place = S3Server(f"http://127.0.0.1:{port}", "liaison-files")
    place.client().create_bucket(Bucket=place.bucket)
    yield place
    server.stop()
