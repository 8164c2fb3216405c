"""Taking a request's files in without filling the disk."""

from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from liaison.files.checks import LARGEST

MOST_OF_A_REQUEST: Final = 16 * LARGEST
"More than any form takes, so that the form itself can say which files are too many."


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps at most one byte chunk beyond the limit of a file; its true size still says that it was too large."""

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], content_length: int, *args: Any, **kwargs: Any) -> None:  # noqa: N803
        """A request beyond all sense is refused before it is read."""
        if content_length > MOST_OF_A_REQUEST:
            message = "Request body exceeds the limit for files."
            raise RequestDataTooBig(message)
        super().handle_raw_input(input_data, META, content_length, *args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what may still be taken, drop the rest."""
        if start <= LARGEST:
            super().receive_data_chunk(raw_data, start)
