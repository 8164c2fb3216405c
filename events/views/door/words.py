"""What the door says, in the reader's language: the same on the page and for the device."""

from typing import Any, Final

from django.utils.translation import gettext as _

from events.actions.door import Verdict
from events.guests import named, where_of
from events.models import Result
from liaison.ui.moments import words_of

TONES: Final = {Result.IN.value: "success", Result.WALK_IN.value: "success", Result.ALREADY.value: "warning"}


def detail_of(verdict: Verdict) -> str:
    """One sentence: what to do with this guest."""
    if verdict.conflict:
        return _("A device let this guest in without the network, but the books say: %(result)s. Please look into it.") % {
            "result": Result(verdict.result).label
        }
    if verdict.earlier is not None:
        return _("In already: %(where)s") % {"where": where_of(verdict.earlier)}
    if verdict.elsewhere is not None:
        other = verdict.elsewhere
        return _("The code is for %(occasion)s, %(starts)s, %(place)s.") % {
            "occasion": other,
            "starts": words_of(other.starts_at),
            "place": other.place,
        }
    return verdict.because


def answer_of(verdict: Verdict) -> dict[str, Any]:
    """The same for a device."""
    invitation = verdict.invitation
    return {
        "result": verdict.result,
        "inside": verdict.is_in,
        "tone": "warning" if verdict.conflict else TONES.get(verdict.result, "danger"),
        "title": str(Result(verdict.result).label),
        "who": named(invitation) if invitation else "",
        "detail": detail_of(verdict),
        "conflict": verdict.conflict,
        "forceable": verdict.may_force,
        "pk": invitation.pk if invitation else None,
    }


def sentence_of(verdict: Verdict) -> str:
    """All in one line, for a page without JavaScript."""
    said = answer_of(verdict)
    return " · ".join(filter(None, [said["title"], said["who"], said["detail"]]))
