"""Components that pages are made of. None of them reads the database."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import CheckboxInput, CheckboxSelectMultiple, HiddenInput, RadioSelect, Select, SelectMultiple
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template.context import Context
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from liaison.ui.errors import words_for, wrongs_of
from liaison.ui.moments import Form, local, words_of
from liaison.ui.navigation import Drawn, Place, address_of, links_for, standing_of

register = template.Library()
COUNT_CAP = 99
SPRITE = "vendor/bootstrap-icons.svg"
TONES = {"error": "danger", "debug": "neutral"}
LIGHTS = {"blue": "●", "yellow": "▲", "red": "■"}


# --- the frame of the page ------------------------------------------------------------------------
@register.simple_tag
def html_lang() -> str:
    """The language of the page as browsers and screen readers know it."""
    return "en" if get_language() == "en" else "zh-Hans"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small picture beside a word; it says nothing by itself."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false" width="16" height="16"><use href="{}#{}"/></svg>',
        static(SPRITE),
        name,
    )


@register.inclusion_tag("ui/_navigation.html", takes_context=True)
def main_navigation(context: Context) -> dict[str, Any]:
    """Pages of the header that this visitor may open."""
    return {"links": links_for(context.get("request"), Place.MAIN)}


@register.simple_tag
def page_url(view: str) -> str:
    """The address of a page of an upper app, or nothing where that app is not installed."""
    return address_of(view)


@register.simple_tag(takes_context=True)
def account_links(context: Context) -> list[Drawn]:
    """Pages of the account menu."""
    return links_for(context.get("request"), Place.ACCOUNT)


@register.simple_tag(takes_context=True)
def footer_links(context: Context) -> list[Drawn]:
    """Pages of the footer."""
    return links_for(context.get("request"), Place.FOOTER)


@register.inclusion_tag("ui/_standing.html", takes_context=True)
def standing_strip(context: Context) -> dict[str, Any]:
    """For whom the person acts."""
    request: HttpRequest | None = context.get("request")
    signed_in = request is not None and getattr(request, "user", None) is not None and request.user.is_authenticated
    return {"standing": standing_of(request) if request is not None and signed_in else None}


@register.simple_tag
def error_prefix(form: object = None) -> str:
    """``Error:`` in front of the title of a page that has something to correct."""
    return gettext("Error:") + " " if wrongs_of(form) else ""


@register.simple_tag
def error_summary(*forms: object) -> str:
    """Everything to correct, at the top of the page, each entry leading to its field."""
    entries = [entry for form in forms for entry in wrongs_of(form)]
    return render_to_string("ui/error_summary.html", {"entries": entries}) if entries else ""


@register.simple_tag
def back_link(url: str, words: str = "") -> SafeString:
    """The way back, above the title."""
    link = format_html('<a class="back-link" href="{}">{}{}</a>', url, icon("arrow-left"), words or gettext("Back"))
    return format_html('<nav aria-label="{}">{}</nav>', pgettext("navigation", "Way back"), link)


# --- blocks ---------------------------------------------------------------------------------------
@register.simple_block_tag
def panel(  # noqa: PLR0913, PLR0917 - written by name in templates
    content: str,
    title: str = "",
    icon: str = "",
    tone: str = "",
    level: int = 2,
    count: int | None = None,
    url: str = "",
    link: str = "",
    anchor: str = "",
) -> str:
    """A titled part of a page."""
    values = {"title": title, "icon_name": icon, "tone": tone, "level": level, "count": count, "url": url}
    return render_to_string(
        "ui/panel.html", {**values, "link": link or gettext("Show all"), "content": content, "anchor": anchor}
    )


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> str:
    """A remark that stands out: info, success, warning or danger."""
    shown = TONES.get(tone, tone)
    pictures = {"success": "check-circle", "warning": "exclamation-triangle", "danger": "exclamation-octagon"}
    head = format_html('<p class="notice-title">{}</p>', title) if title else ""
    picture = icon(pictures.get(shown, "info-circle"))
    return format_html('<div class="notice notice-{}">{}<div>{}{}</div></div>', shown, picture, head, content)


@register.simple_block_tag
def buttons(content: str) -> str:
    """A row of buttons: the usual act first, the grave one last."""
    return format_html('<div class="button-row">{}</div>', content)


@register.simple_block_tag
def empty(content: str, title: str, icon: str = "inbox") -> str:
    """What a list says when it has nothing: why, and what to do next."""
    return render_to_string("ui/empty.html", {"title": title, "icon_name": icon, "content": content})


@register.simple_block_tag
def table(content: str, caption: str, show_caption: bool = False) -> str:  # noqa: FBT001, FBT002 - written by name in templates
    """A table with a name; its rows become cards on a phone when the cells carry ``data-label``."""
    return render_to_string("ui/table.html", {"caption": caption, "hidden": not show_caption, "content": content})


@register.simple_block_tag
def cell(content: str, label: str, kind: str = "") -> str:
    """One cell that knows the word of its column; kind: ``number``, ``main`` or nothing."""
    return format_html('<td data-label="{}"{}>{}</td>', label, format_html(' class="cell-{}"', kind) if kind else "", content)


@register.simple_block_tag
def facts(content: str) -> str:
    """A list of words and their values."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, label: str, url: str = "", act: str = "") -> str:
    """One word and its value, with a link where it is changed."""
    words = (
        format_html('<a href="{}">{}<span class="visually-hidden"> {}</span></a>', url, act or gettext("Change"), label)
        if url
        else ""
    )
    link = format_html('<dd class="facts-act">{}</dd>', words) if url else ""
    return format_html("<div><dt>{}</dt><dd>{}</dd>{}</div>", label, SafeString(content.strip()) or "–", link)


@register.inclusion_tag("ui/summary_list.html")
def summary_list(rows: Iterable[Iterable[Any]]) -> dict[str, Any]:
    """The same from Python: rows of (label, value) or (label, value, url) or (label, value, url, words of the link)."""
    keys = ("label", "value", "url", "act")
    return {"rows": [{"act": gettext("Change"), **dict(zip(keys, row, strict=False))} for row in rows]}


@register.simple_block_tag
def timeline(content: str) -> str:
    """What happened, one under the other."""
    return format_html('<ol class="timeline">{}</ol>', content)


@register.simple_block_tag
def moment(content: str, at: date, title: str, who: str = "", tone: str = "") -> str:
    """One entry of a timeline."""
    return render_to_string(
        "ui/timeline_entry.html", {"at": at, "title": title, "who": who, "tone": tone, "content": SafeString(content.strip())}
    )


# --- lists ----------------------------------------------------------------------------------------
@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str, form: object = None, label: str = "") -> str:
    """Filters of a list; they stand in the address, so that they can be kept and passed on."""
    request: HttpRequest = context["request"]
    values = {"form": form, "content": content, "used": bool(request.GET), "request": request}
    return render_to_string("ui/filters.html", {**values, "label": label or pgettext("of a list", "Filters")})


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page: object) -> dict[str, Any]:
    """Earlier and later rows of a list, with its filters kept."""
    return {"page": page, "request": context["request"]}


# --- small words ----------------------------------------------------------------------------------
@register.simple_tag
def badge(words: str, tone: str = "neutral") -> SafeString:
    """A stage or state in one word; tones: neutral, info, progress, success, warning, danger."""
    return format_html('<span class="badge-word badge-{}">{}</span>', tone, words)


@register.simple_tag
def light(colour: str, remaining: str = "", due: date | None = None) -> str:
    """A light is a shape, a word and the time left, never colour alone."""
    if colour not in LIGHTS:
        return ""
    words = {
        "blue": pgettext("light", "Blue: notice"),
        "yellow": pgettext("light", "Yellow: warning"),
        "red": pgettext("light", "Red: overdue"),
    }[colour]
    shape = format_html('<span class="light-shape" aria-hidden="true">{}</span>', LIGHTS[colour])
    parts = [format_html('{} <span class="light-word">{}</span>', shape, words)]
    if remaining:
        parts.append(format_html("<span>{}</span>", remaining))
    if due:
        parts.append(
            format_html('<span class="light-due">{}</span>', format_html(gettext("by {moment}"), moment=when(due, "short")))
        )
    return format_html(
        '<span class="light light-{}">{}</span>', colour, format_html_join(" · ", "{}", [(part,) for part in parts])
    )


@register.filter
def when(value: date | None, form: Form = "full") -> str:
    """A moment for people and machines; forms: full, short, list, day."""
    if not value:
        return "–"
    machine = local(value).isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()  # type: ignore[call-arg]
    return format_html('<time datetime="{}">{}</time>', machine, words_of(value, form))


@register.filter
def capped(value: int | None) -> str:
    """``99+`` for what was counted no further."""
    if value is None:
        return ""
    return f"{COUNT_CAP}+" if value > COUNT_CAP else str(value)


@register.filter
def number(value: float | None) -> str:
    """A figure with thousands apart: 12,345."""
    return "–" if value is None else f"{value:,}"


@register.filter
def file_size(value: int) -> str:
    """How big a file is."""
    return filesizeformat(value)


# --- forms ----------------------------------------------------------------------------------------
@register.simple_tag
def field(bound: BoundField, **attrs: Any) -> str:
    """One question: label, help, what is wrong, and the control."""
    widget = bound.field.widget
    classes = [str(widget.attrs.get("class", "")), _class_of(widget), "is-invalid" if bound.errors else ""]
    extra = {name.replace("_", "-"): value for name, value in attrs.items()}
    shown = (
        bound.as_widget(attrs={**extra, "class": " ".join(filter(None, classes))}) if not isinstance(widget, HiddenInput) else ""
    )
    values = {"field": bound, "widget": shown, "is_checkbox": isinstance(widget, CheckboxInput), "errors": words_for(bound)}
    return render_to_string("ui/field.html", values)


def _class_of(widget: object) -> str:
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select | SelectMultiple) else "form-control"


@register.simple_block_tag(takes_context=True)
def form_page(  # noqa: PLR0913, PLR0917 - written by name in templates
    context: Context,
    content: str,
    form: object,
    button: str,
    cancel: str = "",
    grave: bool = False,  # noqa: FBT001, FBT002
    name: str = "",
    value: str = "",
    action: str = "",
) -> str:
    """A whole form: its questions, what the block adds, the button that names the act, and the way out."""
    values: Mapping[str, Any] = {"form": form, "button": button, "cancel": cancel, "grave": grave, "name": name, "value": value}
    return render_to_string("ui/form.html", {**values, "action": action, "content": content}, request=context.get("request"))
