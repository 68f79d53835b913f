"""The component set. `{% load ui %}`; every component is shown on the gallery page."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from companionway.ui.beside import places
from companionway.ui.drawing import draw_field, draw_readers
from companionway.ui.easy import is_on, picture
from companionway.ui.icons import draw_icon
from companionway.ui.times import clock_words, day_words, full_day_words, moment_words, short_words

register = template.Library()

NOTE_ICONS = {"calm": "heart", "warm": "info", "alert": "alert", "plain": "info", "good": "check"}
TONES = ("calm", "warm", "green")


@register.simple_tag
def kept(name: str, **values: Any) -> SafeString:
    """A part that is the same for everybody who is shown it with these values: drawn once, then kept.

    Only for values that are few, such as the service's name; never for anything about a person.
    """
    said = tuple((key, str(value)) for key, value in values.items())
    return (_kept.__wrapped__ if settings.DEBUG else _kept)(name, f"{get_language()}{is_on()}", said)


@lru_cache(maxsize=256)
def _kept(name: str, _language: str | None, said: tuple[tuple[str, str], ...]) -> SafeString:
    return render_to_string(name, dict(said))


register.simple_tag(draw_icon, name="icon")


def _inside(label: Any, icon_name: str) -> SafeString:
    return format_html("{}<span>{}</span>", draw_icon(icon_name) if icon_name else "", label)


@register.simple_tag
def button(label: Any, kind: str = "main", name: str = "", value: Any = "", icon: str = "") -> SafeString:
    """A button that sends the form it stands in."""
    named = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button class="btn {}" type="submit"{}>{}</button>',
        kind,
        named,
        _inside(label, icon or picture(label, kind)),
    )


@register.simple_tag
def link_button(label: Any, url: Any, kind: str = "plain", icon: str = "") -> SafeString:
    """A link that looks like a button: it goes somewhere, it changes nothing."""
    return format_html(
        '<a class="btn {}" href="{}">{}</a>', kind, url, _inside(label, icon or picture(label, kind))
    )


@register.inclusion_tag("ui/parts/post_button.html", takes_context=True)
def post_button(
    context: Context,
    url: Any,
    label: Any,
    kind: str = "plain",
    icon: str = "",
    name: str = "",
    value: Any = "",
) -> dict[str, Any]:
    """One deed in one tap: a tiny form with its token."""
    return {
        "csrf_token": context.get("csrf_token"),
        "url": url,
        "button": button(label, kind=kind, icon=icon, name=name, value=value),
    }


@register.simple_tag
def field(bound: BoundField, who_sees: Any = "", hint: Any = "") -> SafeString:
    """Label, hint, control, error and who can read it."""
    return draw_field(bound, who_sees=who_sees, hint=hint)


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """Every field of a form, in order."""
    return format_html_join("", "{}", ((draw_field(bound),) for bound in form))


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What needs a second look, with a link to each place. Nothing when all is well."""
    wrong = [
        (_place(bound), bound.label, error) for bound in form if not bound.is_hidden for error in bound.errors
    ]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"wrong": wrong, "general": [*form.non_field_errors(), *hidden]}


def _place(bound: BoundField) -> str:
    """Where a link should lead: a group of buttons has no control of its own, so its first one."""
    if bound.field.widget.use_fieldset:
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


@register.simple_block_tag(end_name="endcard")
def card(content: str, title: Any = "", kind: str = "", level: int = 2, icon: str = "") -> SafeString:
    """A quiet surface. `kind`: "" (paper), "open" (no surface, only a heading), "calm", "warm"."""
    icon = icon or picture(title)
    heading = format_html("<h{0}>{1}</h{0}>", level, _inside(title, icon) if icon else title) if title else ""
    return format_html('<section class="card {}">{}{}</section>', kind, heading, content)


@register.simple_block_tag(end_name="endnote")
def note(content: str, kind: str = "calm", icon: str = "") -> SafeString:
    """Something said by the service: calm (lilac), warm (apricot), alert (brick), good (green), plain."""
    drawn = draw_icon(icon or NOTE_ICONS.get(kind, "info"))
    return format_html('<div class="note {}">{}<div class="grow">{}</div></div>', kind, drawn, content)


register.simple_tag(draw_readers, name="who_sees")


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: Any, text: Any = "", url: Any = "", label: Any = "") -> dict[str, Any]:
    """An empty place: what could be here, and one gentle next step."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.simple_tag(takes_context=True)
def when(context: Context, moment: datetime | date | None, style: str = "full") -> SafeString:
    """A time in words. `style`: full, short (for lists), time, day (with Today), date (without)."""
    if moment is None:
        return SafeString("")
    now = context.get("now") or timezone.now()
    today = timezone.localtime(now).date()
    if not isinstance(moment, datetime):
        words = day_words(moment, today) if style == "day" else full_day_words(moment, today)
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), words)
    local = timezone.localtime(moment)
    words = {
        "full": lambda: moment_words(moment, now),
        "short": lambda: short_words(moment, now),
        "time": lambda: clock_words(moment),
        "day": lambda: day_words(local.date(), today),
        "date": lambda: full_day_words(local.date(), today),
    }[style]()
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


@register.simple_tag
def face(name: Any, tone: str = "") -> SafeString:
    """A round with the first letter of a name. Without a tone, the name always gets the same one."""
    words = str(name).strip()
    tone = tone if tone in TONES else TONES[sum(map(ord, words)) % len(TONES)]
    return format_html('<span class="face {}" aria-hidden="true">{}</span>', tone, words[:1].upper() or "·")


@register.simple_tag
def back(url: Any, label: Any = "") -> SafeString:
    """The way back, at the top of a page."""
    return format_html('<a class="back" href="{}">{}</a>', url, _inside(label or gettext("Back"), "back"))


@register.inclusion_tag("ui/parts/steps.html")
def steps(number: int, total: int) -> dict[str, Any]:
    """Where someone is in a short series of pages."""
    return {"number": number, "total": total, "dots": [n <= number for n in range(1, total + 1)]}


@register.inclusion_tag("ui/parts/beside.html", takes_context=True)
def beside(context: Context, page: str, thing: Any) -> dict[str, Any]:
    """Where rooms above lead from this page, for whoever reads it."""
    return {"places": places(context["request"], page, thing)}


@register.simple_tag
def tag_list(items: Iterable[Any]) -> SafeString:
    """Short words in a row."""
    inner = format_html_join("", '<li class="tag" dir="auto">{}</li>', ((item,) for item in items))
    return format_html('<ul class="tags">{}</ul>', inner)


@register.simple_block_tag(end_name="enddata_table")
def data_table(content: str, caption: Any) -> SafeString:
    """Rows and columns that scroll sideways inside their own box. Write thead and tbody inside."""
    return format_html(
        '<div class="scroll" role="region" aria-label="{0}" tabindex="0">'
        '<table class="table"><caption>{0}</caption>{1}</table></div>',
        conditional_escape(caption),
        content,
    )


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Earlier and later pages of a long list, keeping what was asked for in the address."""
    return {"page": page, "request": context.get("request")}
