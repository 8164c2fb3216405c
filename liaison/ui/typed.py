"""What somebody typed into a form that cannot be taken, so that nothing is lost."""

from typing import Final

from django.http import HttpRequest

FREE_TEXT: Final = ("title", "body", "text", "note", "reason", "basis")
"Fields in which people write sentences; passwords and codes are never shown again."


def typed_in(request: HttpRequest) -> list[str]:
    """Sentences of the form just sent, in the order of the fields above."""
    if request.method != "POST":
        return []
    return [words for name in FREE_TEXT if (words := request.POST.get(name, "").strip())]
