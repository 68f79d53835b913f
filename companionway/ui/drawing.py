"""One field of a form as HTML. A long form has forty; a template for each was most of such a page's cost."""

from __future__ import annotations

from typing import Any

from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companionway.ui.fields import field_context
from companionway.ui.icons import draw_icon

_CHOICE = '<label class="{}" for="{}">{}<span>{}</span></label>'
_FIELD = '<div class="field{}">\n{}{}\n</div>'
_GROUP = (
    '<fieldset class="choices"{} id="{}"><legend>{}{}</legend>\n{}\n<div class="{}">{}</div>\n</fieldset>\n'
)
_BOX = '{}<label class="check" for="{}">{}<span>{}</span></label>{}\n'
_LINE = '<label class="label" for="{}">{}{}</label>\n{}\n{}\n{}'
_WRONG = '<p class="wrongwords" id="{}_error">{}<span><span class="vh">{} </span>{}</span></p>'
_NOTHING = SafeString("")


def draw_field(bound: BoundField, *, who_sees: Any = "", hint: Any = "") -> SafeString:
    """Label, hint, control, error and who can read it."""
    said = field_context(bound, who_sees=who_sees, hint=hint)
    kind, control = said["kind"], said["control"]
    if kind == "hidden":
        return format_html("{}", control)
    words = _words(said)
    optional = (
        format_html(' <span class="optional">{}</span>', _("(optional)")) if said["optional"] else _NOTHING
    )
    if kind in ("choices", "checks"):
        drawn = _group(said, optional, words)
    elif kind == "check":
        before, after = (words, _NOTHING) if bound.errors else (_NOTHING, words)
        drawn = format_html(_BOX, before, said["id"], control, bound.label, after)
    else:
        drawn = format_html(_LINE, said["id"], bound.label, optional, words, control, _room(said))
    return format_html(_FIELD, " wrong" if bound.errors else "", drawn, _readers(said))


def _group(said: dict[str, Any], optional: SafeString, words: SafeString) -> SafeString:
    bound, is_checks = said["bound"], said["kind"] == "checks"
    described = format_html(' aria-describedby="{}"', said["described"]) if said["described"] else _NOTHING
    one = "check" if is_checks else "choice"
    choices = format_html_join(
        "", _CHOICE, ((one, each.id_for_label, each.tag(), each.choice_label) for each in bound.subwidgets)
    )
    many = "checks" if is_checks else "pills"
    return format_html(_GROUP, described, said["base"], bound.label, optional, words, many, choices)


def _words(said: dict[str, Any]) -> SafeString:
    """The hint, and what needs a second look."""
    hint, errors = said["hint"], said["bound"].errors
    drawn = format_html('<p class="hint" id="{}_hint">{}</p>', said["base"], hint) if hint else _NOTHING
    if not errors:
        return drawn
    each = format_html_join("", "{} ", ((error,) for error in errors))
    return drawn + format_html(_WRONG, said["base"], draw_icon("info"), _("Please check:"), each)


def _room(said: dict[str, Any]) -> SafeString:
    if not said["limit"]:
        return _NOTHING
    words = ngettext("Room for %(room)s character.", "Room for %(room)s characters.", said["limit"])
    room = words % {"room": said["limit_words"]}
    return format_html('<p class="hint count" id="{}_limit">{}</p>', said["base"], room)


def _readers(said: dict[str, Any]) -> SafeString:
    if not said["who_sees"]:
        return _NOTHING
    return format_html('<div id="{}_who">{}</div>', said["base"], draw_readers(said["who_sees"]))


def draw_readers(words: Any) -> SafeString:
    """Who can read this, beside the place where it is written."""
    return format_html('<p class="whosees">{}<span>{}</span></p>', draw_icon("eye"), words)
