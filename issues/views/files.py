"""Files of an issue: given out only to who may read it, only as downloads."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from issues.story import Reader
from issues.views.detail import visible_files
from issues.views.lookup import issue_for
from liaison.accounts.http import SignedInRequest
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.files.downloads import download_response


@require_safe
def attachment(request: SignedInRequest, address: str, pk: int) -> HttpResponseBase:
    """One file; of a sensitive issue, reading it is recorded."""
    issue = issue_for(request.user, address)
    reader = Reader(issue, request.user)
    file = next((file for file in visible_files(issue, reader) if file.pk == pk), None)
    if file is None:
        raise Http404
    if issue.sensitive and reader.is_staff:
        record(AuditTag.READ_FILE, by=request.user, subject=f"{issue.address}/{pk}", request=request)
    return download_response(file, request=request)
