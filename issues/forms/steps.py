"""One form for each step of the flow; the field names are stable, outside programs use them."""

from typing import Final

from issues.forms import closing, common, handling, triage
from issues.forms.fields import StepForm

STEP_FORMS: Final[dict[str, type[StepForm]]] = {
    "admit": triage.AdmitForm,
    "propose-refusal": triage.RefusalForm,
    "confirm-refusal": common.DecisionForm,
    "answer-at-once": triage.AnswerAtOnceForm,
    "merge": triage.MergeForm,
    "dispatch": triage.DispatchForm,
    "accept": handling.HandlerForm,
    "accept-co": handling.CoHandlerForm,
    "reassign": handling.HandlerForm,
    "ask-send-back": handling.SendBackForm,
    "decide-send-back": common.DecisionForm,
    "contact": handling.ContactForm,
    "ask-extension": handling.ExtensionForm,
    "decide-extension": common.DecisionForm,
    "ask-suspension": handling.SuspensionForm,
    "decide-suspension": common.DecisionForm,
    "resume": common.NoteForm,
    "opinion": common.TextForm,
    "confer": triage.ConferForm,
    "answer": handling.AnswerForm,
    "sign-off": handling.SignOffForm,
    "ask-track": handling.TrackForm,
    "decide-track": common.DecisionForm,
    "progress": handling.ProgressForm,
    "end": handling.EndForm,
    "evaluate": closing.EvaluateForm,
    "call-back": closing.CallBackForm,
    "redo": triage.RedoForm,
    "withdraw": closing.ReasonForm,
    "reopen": closing.ReasonForm,
    "direct-line": handling.DirectiveForm,
    "correct": closing.CorrectForm,
    "name-officials": triage.OfficialsForm,
    "recheck": triage.RecheckForm,
}
