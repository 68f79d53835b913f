"""From a form's field to what the field template draws."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.formats import number_format
from django.utils.functional import Promise

_AUTOCOMPLETE = {"username": "username", "email": "email", "name": "nickname"}


def control_kind(bound: BoundField) -> str:
    """Which control: text, textarea, password, select, choices (radio), checks, check (one box), hidden."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checks"
    if isinstance(widget, forms.RadioSelect):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.PasswordInput):
        return "password"
    return "text"


def _autocomplete(bound: BoundField, kind: str) -> str:
    if kind == "password":
        return "new-password" if "new" in bound.name or "again" in bound.name else "current-password"
    return _AUTOCOMPLETE.get(bound.name, "off")


def field_context(
    bound: BoundField, *, who_sees: str | Promise = "", hint: str | Promise = ""
) -> dict[str, Any]:
    """What the field template needs, the control tied to its hint, error and reader line."""
    kind, ident = control_kind(bound), bound.id_for_label or bound.auto_id or bound.html_name
    base = bound.auto_id or bound.html_name
    who_sees = who_sees or getattr(bound.field, "who_sees", "")
    hint = hint or bound.help_text
    limit = bound.field.max_length if kind == "textarea" and hasattr(bound.field, "max_length") else None
    said_by = [
        f"{base}_{part}"
        for part, there in (("hint", hint), ("limit", limit), ("error", bound.errors), ("who", who_sees))
        if there
    ]
    attrs: dict[str, Any] = {}
    if kind in ("text", "textarea", "password"):
        attrs["class"] = "input"
        attrs["autocomplete"] = bound.field.widget.attrs.get("autocomplete") or _autocomplete(bound, kind)
        if kind == "textarea" or type(bound.field.widget) is forms.TextInput:
            attrs["dir"] = "auto"
    elif kind == "select":
        attrs["class"] = "input select"
    described = " ".join(said_by)
    if described and kind not in ("choices", "checks"):
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "kind": kind,
        "id": ident,
        "base": base,
        "described": described,
        "hint": hint,
        "limit": limit,
        "limit_words": number_format(limit, force_grouping=True) if limit else "",
        "who_sees": who_sees,
        "control": "" if kind in ("choices", "checks") else bound.as_widget(attrs=attrs),
        "optional": not bound.field.required and kind not in ("check", "hidden"),
    }
