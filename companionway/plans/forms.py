"""What people may type into a plan, whom they share it with, and why somebody opens one in danger."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from companionway.people.models import Person
from companionway.plans import policy
from companionway.plans.queries import Contact, PartShown
from companionway.plans.states import MOST_REASON, Reach, ShareFor
from companionway.ui.forms import KindForm, LongText, ShortText

ROOM_FOR_CONTACTS: Final = 4
_NUMBER: Final = re.compile(r"\+?[0-9][0-9 ()./-]*")


@dataclass(frozen=True, slots=True)
class ContactRow:
    """The four fields of one contact, as the page draws them."""

    number: int
    fields: tuple[BoundField, ...]
    is_filled: bool


class PartForm(KindForm):
    """One part in one's own words, with room for a few people and numbers."""

    words = LongText(required=False, rows=7)

    def __init__(self, *args: Any, shown: PartShown, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(shown))
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("In my own words")
        self.fields["words"].help_text = shown.hint
        self.rows = range(1, ROOM_FOR_CONTACTS + 1) if shown.prompt.has_contacts else range(0)
        for row in self.rows:
            self.fields.update(_contact_fields(row))

    def contact_rows(self) -> Iterator[ContactRow]:
        for row in self.rows:
            bound = tuple(self[f"{key}_{row}"] for key in ("name", "phone", "reach", "safe"))
            name, phone, _reach, safe = bound
            yield ContactRow(row, bound, any(each.value() for each in (name, phone, safe)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in self.rows:
            number = cleaned[f"phone_{row}"] = _in_plain_digits(cleaned.get(f"phone_{row}") or "")
            if number and not _NUMBER.fullmatch(number):
                self.add_error(
                    f"phone_{row}",
                    _("Please write the number in digits, like 01632 960 123 or +44 1632 960123."),
                )
            elif cleaned.get(f"safe_{row}") and not (number or cleaned.get(f"name_{row}")):
                self.add_error(f"name_{row}", _("Please write who this is."))
        return cleaned

    def contacts(self) -> list[Contact]:
        """What was typed, without empty rows."""
        found = []
        for row in self.rows:
            name, number, reach, safe = (
                self.cleaned_data.get(f"{key}_{row}") or "" for key in ("name", "phone", "reach", "safe")
            )
            if name or number:
                found.append(Contact(name or number, number, reach or Reach.CALL, safe))
        return found


def _contact_fields(row: int) -> dict[str, forms.Field]:
    return {
        f"name_{row}": ShortText(label=_("Who"), required=False, max_length=80),
        f"phone_{row}": ShortText(label=_("Number"), required=False, max_length=40),
        f"reach_{row}": forms.ChoiceField(
            label=_("What the button does"), choices=Reach.choices, required=False, initial=Reach.CALL
        ),
        f"safe_{row}": ShortText(
            label=_("When it is safe to call"),
            required=False,
            help_text=_("Shown beside the button. For example: not when he is at home."),
        ),
    }


def _in_plain_digits(number: str) -> str:
    """What a telephone understands: digits of other scripts as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in number)


def _initial(shown: PartShown) -> dict[str, str]:
    values = {"words": shown.words}
    for row, each in enumerate(shown.contacts, start=1):
        values |= {f"name_{row}": each.name, f"phone_{row}": each.number}
        values |= {f"reach_{row}": each.reach, f"safe_{row}": each.safe_when}
    return values


class ShareForm(KindForm):
    """With whom, for how long, and which other parts along with this one."""

    reader = forms.ChoiceField(label=_("With whom"), widget=forms.RadioSelect)
    lasts = forms.ChoiceField(
        label=_("For how long"), choices=ShareFor.choices, initial=ShareFor.WEEK, widget=forms.RadioSelect
    )
    also = forms.MultipleChoiceField(
        label=_("These parts as well"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, actor: Person, shown: PartShown, written: list[PartShown], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.shown = shown
        self.circle = {
            each.public_id: each for each in policy.circle_of(actor, shown.kind).order_by("name", "pk")
        }
        named = [(key, _named(each)) for key, each in self.circle.items()]
        self.fields["reader"].choices = named  # type: ignore[attr-defined]
        others = _along_with(shown, written)
        if others:
            self.fields["also"].choices = others  # type: ignore[attr-defined]
        else:
            del self.fields["also"]

    def clean_reader(self) -> Person:
        return self.circle[self.cleaned_data["reader"]]

    def clean_lasts(self) -> ShareFor:
        return ShareFor(self.cleaned_data["lasts"])

    def parts(self) -> list[str]:
        return [self.shown.part, *self.cleaned_data.get("also", [])]


def _along_with(shown: PartShown, written: list[PartShown]) -> list[tuple[str, str]]:
    """A guarded part is never offered along with others."""
    if shown.prompt.is_guarded:
        return []
    return [
        (each.part, each.title)
        for each in written
        if each.is_written and each.part != shown.part and not each.prompt.is_guarded
    ]


def _named(person: Person) -> str:
    return f"{person.name} ({person.pronouns})" if person.pronouns else person.name


class InDangerForm(KindForm):
    reason = LongText(
        label=_("Why do you need to open it now?"),
        help_text=_("A sentence is enough. They read your name and these words."),
        rows=3,
        max_length=MOST_REASON,
    )
