"""Words of issues for templates; none of them reads the database."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from issues.enums import Stage
from issues.models import Issue
from liaison.ui.templatetags.ui import badge

register = template.Library()
TONES = {
    Stage.SUBMITTED: "info",
    Stage.ADMITTED: "info",
    Stage.DISPATCHED: "progress",
    Stage.HANDLING: "progress",
    Stage.SIGN_OFF: "progress",
    Stage.TRACKING: "progress",
    Stage.ANSWERED: "success",
    Stage.CLOSED: "success",
    Stage.CALLBACK: "warning",
    Stage.REDO: "warning",
    Stage.REFUSED: "neutral",
    Stage.ENDED: "neutral",
}


@register.simple_tag
def stage_badge(issue: Issue) -> SafeString:
    """The stage in one word."""
    return badge(issue.get_stage_display(), TONES.get(Stage(issue.stage), "neutral"))


@register.simple_tag
def unit_name(row: dict[str, Any]) -> str:
    """The lead unit of a row of figures, in the reader's language."""
    return str(row["lead_unit__name_en"] if get_language() == "en" else row["lead_unit__name"])


@register.filter
def as_list(value: Any) -> list[Any]:
    """One thing where a template expects several."""
    return [value]
