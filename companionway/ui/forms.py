"""Forms that are kind: words are tidied but never lost, and every refusal says what to do next."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

LONG_TEXT_MAX = 5000
SHORT_TEXT_MAX = 120

_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_SENTENCES: dict[str, Any] = {
    "required": _("Please write something here."),
    "max_length": ngettext_lazy(
        "Please shorten this. There is room for %(limit_value)d character and this has %(show_value)d.",
        "Please shorten this. There is room for %(limit_value)d characters and this has %(show_value)d.",
        "limit_value",
    ),
    "min_length": ngettext_lazy(
        "Please make this a little longer: at least %(limit_value)d character.",
        "Please make this a little longer: at least %(limit_value)d characters.",
        "limit_value",
    ),
    "max_value": _("Please choose a number no higher than %(limit_value)s."),
    "min_value": _("Please choose a number no lower than %(limit_value)s."),
    "invalid": _("Please check this. We could not read it."),
    "invalid_choice": _("Please choose one of the answers listed."),
    "invalid_list": _("Please choose from the answers listed."),
}
_SENTENCES_BY_FIELD: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.EmailField, {"invalid": _("Please check this address. It should look like name@example.org.")}),
    (
        forms.IntegerField,
        {"required": _("Please write a number."), "invalid": _("Please write a number, like 3.")},
    ),
    (
        forms.DateField,
        {"required": _("Please give a date."), "invalid": _("Please write a date, like 2026-03-27.")},
    ),
    (
        forms.TimeField,
        {"required": _("Please give a time."), "invalid": _("Please write a time, like 18:30.")},
    ),
    (forms.MultipleChoiceField, {"required": _("Please choose at least one.")}),
    (forms.ModelMultipleChoiceField, {"required": _("Please choose at least one.")}),
    (forms.ChoiceField, {"required": _("Please choose one.")}),
    (forms.ModelChoiceField, {"required": _("Please choose one.")}),
    (forms.BooleanField, {"required": _("Please tick this to go on.")}),
    (forms.FileField, {"required": _("Please choose a file."), "empty": _("That file has nothing in it.")}),
)


def tidy(text: str) -> str:
    """The same words without control characters (NUL and friends), line ends as one kind, in NFC."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", kept)


def tidy_line(text: str) -> str:
    """For one line, such as a name: also no line ends, no direction overrides, single spaces."""
    return " ".join("".join(c for c in tidy(text) if c not in _DIRECTION_MARKS).split())


class ShortText(forms.CharField):
    """One line."""

    def __init__(self, *, max_length: int = SHORT_TEXT_MAX, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(tidy_line(value) if isinstance(value, str) else value) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # No maxlength: a browser would cut a pasted text short without a word. We say it in a sentence.
        return {"dir": "auto"}


class LongText(forms.CharField):
    """Somebody's own words. `who_sees` says beside the box who can read them."""

    def __init__(
        self, *, max_length: int = LONG_TEXT_MAX, who_sees: str | Promise = "", rows: int = 5, **kwargs: Any
    ):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        self.who_sees = who_sees
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"dir": "auto", "data-limit": str(self.max_length)}


class KindForm(forms.Form):
    """The base of every form."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_tidied(data), *args, **kwargs)
        for field in self.fields.values():
            be_kind(field)


def _tidied(data: Mapping[str, Any] | None) -> Any:
    if data is None:
        return None
    if isinstance(data, MultiValueDict):
        return MultiValueDict({key: [_tidy_value(v) for v in data.getlist(key)] for key in data})
    return {key: _tidy_value(value) for key, value in data.items()}


def _tidy_value(value: Any) -> Any:
    return tidy(value) if isinstance(value, str) else value


def be_kind(field: forms.Field) -> None:
    """Give a field our sentences wherever it still has the framework's own."""
    sentences = dict(_SENTENCES)
    for kind, more in _SENTENCES_BY_FIELD:
        if isinstance(field, kind):
            sentences.update(more)
            break
    standard: dict[str, Any] = {}
    for owner in reversed(type(field).__mro__):
        standard.update(getattr(owner, "default_error_messages", {}))
    for key, sentence in sentences.items():
        if field.error_messages.get(key) == standard.get(key):
            field.error_messages[key] = sentence
