"""What the page says after a step: what happened, and what comes next."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from liaison.workflow import Words

DONE: Final[dict[str, Words]] = {
    "": _("Done."),
    "admit": _("Admitted. The firm has been told. Next: dispatch it to a unit."),
    "propose-refusal": _("Proposed. A second desk officer has to agree before the firm is told."),
    "confirm-refusal": _("Decided. Whoever is concerned has been told."),
    "answer-at-once": _("Answered. The firm has been told and is asked for its evaluation."),
    "merge": _("Merged. The firm has been told which issue goes on."),
    "dispatch": _("Dispatched. The units and the firm have been told; the time for the answer runs from now."),
    "accept": _("Accepted. The handler and the firm have been told. Next: contact the firm."),
    "accept-co": _("Accepted. The handler has been told. Next: give your unit's opinion."),
    "ask-send-back": _("Asked. The desk decides today; the time for the answer goes on."),
    "decide-send-back": _("Decided. The unit has been told."),
    "reassign": _("The new handler has been told."),
    "contact": _("Recorded. The firm can see it."),
    "ask-extension": _("Asked for. You will be told the decision; until then the present date holds."),
    "decide-extension": _("Decided. The unit has been told, and the firm if it was approved."),
    "ask-suspension": _("Asked for. Until the desk decides, the clock goes on."),
    "decide-suspension": _("Decided. The unit has been told, and the firm if it was approved."),
    "resume": _("Resumed. The new date stands on the page."),
    "opinion": _("Your unit's opinion has been given; the lead unit has been told."),
    "confer": _("Recorded. The lead unit has been told."),
    "answer": _("Written. It goes to the firm when the head has signed it off."),
    "sign-off": _("Decided. An approved answer has gone to the firm; a returned one is with the handler."),
    "ask-track": _("Proposed. The desk has to agree."),
    "decide-track": _("Decided. Whoever is concerned has been told."),
    "progress": _("Reported. The firm can see it."),
    "end": _("Ended. The firm has been told the ground; the issue stays in the ledger of the unsolved."),
    "evaluate": _("Thank you. If you are not satisfied, somebody independent will call you."),
    "call-back": _("Recorded. Whoever has to act next has been told."),
    "redo": _("A new round has begun; the unit and the firm have been told."),
    "withdraw": _("Noted. Somebody independent will call you once before it is closed."),
    "reopen": _("Reopened. Somebody independent will call you."),
    "direct-line": _("Written. A supervision order has been opened; the desk and the inspection office have been told."),
    "correct": _("Corrected. The desk has been told; the old words stay in the record."),
    "name-officials": _("Set. The issue is hidden from them and their people."),
    "recheck": _("Recorded."),
}
