"""Everything that changes an issue; each step of the flow has exactly one action."""

from collections.abc import Callable
from typing import Any, Final

from issues.actions import closing, dispatch, handling, intake, pausing, triage

ACTIONS: Final[dict[str, Callable[..., Any]]] = {
    "submit": intake.submit_issue,
    "correct": intake.correct_issue,
    "name-officials": intake.name_officials,
    "admit": triage.admit_issue,
    "propose-refusal": triage.propose_refusal,
    "confirm-refusal": triage.confirm_refusal,
    "answer-at-once": triage.answer_at_once,
    "merge": triage.merge_issue,
    "dispatch": dispatch.dispatch_issue,
    "accept": dispatch.accept_order,
    "accept-co": dispatch.accept_co_order,
    "ask-send-back": dispatch.ask_send_back,
    "decide-send-back": dispatch.decide_send_back,
    "reassign": dispatch.reassign_order,
    "redo": dispatch.redo_issue,
    "contact": handling.record_contact,
    "opinion": handling.give_opinion,
    "confer": handling.record_conference,
    "answer": handling.answer_issue,
    "sign-off": handling.sign_off_answer,
    "ask-track": handling.ask_tracking,
    "decide-track": handling.decide_tracking,
    "progress": handling.report_progress,
    "end": handling.end_issue,
    "direct-line": handling.write_directive,
    "ask-extension": pausing.ask_extension,
    "decide-extension": pausing.decide_extension,
    "ask-suspension": pausing.ask_suspension,
    "decide-suspension": pausing.decide_suspension,
    "resume": pausing.resume_issue,
    "evaluate": closing.evaluate_issue,
    "call-back": closing.call_back,
    "withdraw": closing.withdraw_issue,
    "reopen": closing.reopen_issue,
    "recheck": closing.recheck_issue,
}
