"""Requests as the web server hands them over: everything here is UTF-8, whatever charset the sender names."""

import re
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

CHARSET: Final = re.compile(r";\s*charset\s*\*?\s*=\s*(\"[^\"]*\"|[^;]*)", re.IGNORECASE)
UTF8: Final = {"utf-8", "utf8"}


class Utf8Request(WSGIRequest):
    """Some of Python's encodings decode no text, others make halves of characters: neither may reach a view."""

    foreign_charset = False

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        """Leave the charset out before anything is decoded by it; a body that is written in another one is refused later."""
        named = str(meta.get("CONTENT_TYPE", ""))
        found = CHARSET.search(named)
        self.foreign_charset = bool(found) and found[1].strip('" ').lower() not in UTF8  # type: ignore[index]
        super()._set_content_type_params({**meta, "CONTENT_TYPE": CHARSET.sub("", named)})  # type: ignore[misc]

    def _load_post_and_files(self) -> None:
        """Refuse what we could only misread (400)."""
        if self.foreign_charset and self.method == "POST":
            message = "Forms are sent in UTF-8."
            raise BadRequest(message)
        super()._load_post_and_files()


class Utf8Handler(WSGIHandler):
    """Django's own, with these requests."""

    request_class = Utf8Request
