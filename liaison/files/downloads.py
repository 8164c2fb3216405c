"""Giving a file out: only ever as a download, never as a page of ours, and never by a public address.

The caller has checked that the reader may have it.
"""

import logging
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from liaison.files.models import FileFacts

logger = logging.getLogger(__name__)

# Set here and not only by the proxy: a proxy is changed by somebody who does not know why the line is there.
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def download_response(stored: FileFacts, *, request: HttpRequest) -> HttpResponseBase:
    """The file as a download under the name that its sender gave it."""
    return _as_download(body_of(stored, request), stored.name, stored.media_type)


def made_response(content: bytes, *, name: str, media_type: str) -> HttpResponseBase:
    """A document that was made just now, under a name that may be Chinese (RFC 5987)."""
    return _as_download(HttpResponse(content, headers={"Content-Length": str(len(content))}), name, media_type)


def _as_download(response: HttpResponseBase, name: str, media_type: str) -> HttpResponseBase:
    response["Content-Type"] = media_type
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    for header, value in HEADERS.items():
        response[header] = value
    return response


def body_of(stored: FileFacts, request: HttpRequest) -> HttpResponseBase:
    """Nothing for HEAD, a word to nginx where it reads the same disk, else the bytes from the storage."""
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    elif settings.X_ACCEL and isinstance(stored.file.storage, FileSystemStorage):
        response = HttpResponse()
        response["X-Accel-Redirect"] = settings.X_ACCEL + quote(str(stored.file.name))
        return response
    else:
        try:
            response = FileResponse(stored.file.open("rb"))
        except FileNotFoundError as error:
            logger.exception("A stored file is missing: %s", stored.file.name)
            raise Http404 from error
    response["Content-Length"] = str(stored.size)
    return response
