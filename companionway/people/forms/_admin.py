"""Setting up the service."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companionway.people import practice_models, roles
from companionway.people.models import Programme
from companionway.ui.forms import KindForm, LongText, ShortText
from companionway.ui.times import time_zones

DAYS = {
    "mon": gettext_lazy("Monday"),
    "tue": gettext_lazy("Tuesday"),
    "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"),
    "fri": gettext_lazy("Friday"),
    "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"),
}
_WORDS = {
    "member": gettext_lazy("Whoever looks for somebody: one"),
    "members": gettext_lazy("Whoever looks for somebody: several"),
    "a_member": gettext_lazy("Whoever looks for somebody: with “a” or “an”"),
    "supporter": gettext_lazy("Whoever is there for them: one"),
    "supporters": gettext_lazy("Whoever is there for them: several"),
    "a_supporter": gettext_lazy("Whoever is there for them: with “a” or “an”"),
    "relationship": gettext_lazy("What the two have together: one"),
    "relationships": gettext_lazy("What the two have together: several"),
    "ask": gettext_lazy("The invitation to look for somebody"),
    "notes": gettext_lazy("What both write and both see"),
    "agreement": gettext_lazy("What the two agree on"),
    "ending": gettext_lazy("How they part"),
    "programme": gettext_lazy("This programme"),
}
_SPAN = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)\s*(?:-|–|to)\s*([01]\d|2[0-3]):([0-5]\d)$")


class ProgrammeForm(KindForm):
    name = ShortText(label=gettext_lazy("Name"))
    summary = LongText(
        label=gettext_lazy("In a few sentences, who it is for"),
        max_length=1000,
        required=False,
        who_sees=gettext_lazy("Everybody who looks at this service."),
    )
    first_word_hours = forms.IntegerField(
        label=gettext_lazy("Promise of a first word, in hours"),
        help_text=gettext_lazy(
            "Everybody who waits is shown this promise, and you see who has not had their word."
        ),
        min_value=1,
        max_value=336,
        initial=48,
    )


class NewProgrammeForm(ProgrammeForm):
    practice_model = forms.ChoiceField(
        label=gettext_lazy("Practice model"),
        help_text=gettext_lazy("It decides words and what may be kept. It cannot be changed later."),
        widget=forms.RadioSelect,
    )
    ages = forms.MultipleChoiceField(
        label=gettext_lazy("Who may join"),
        choices=[("young", gettext_lazy("16 and 17")), ("adult", gettext_lazy("18 and older"))],
        initial=["adult"],
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["name", "practice_model", "ages", "first_word_hours", "summary"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["practice_model"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(model.key, model.name) for model in practice_models.available()]


class WordsForm(KindForm):
    """One field per word of the vocabulary, with the practice model's own word beside it."""

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        here = {
            key: word for key, word in programme.model_data.get("words", {}).items() if isinstance(word, str)
        }
        super().__init__(*args, initial=here, **kwargs)
        for key in practice_models.WORDS:
            self.fields[key] = ShortText(label=_WORDS[key], max_length=60)


class OrganisationForm(KindForm):
    name = ShortText(label=gettext_lazy("Name of the organisation"))
    short_name = ShortText(label=gettext_lazy("Short name, as pages show it"), max_length=40)
    about = LongText(
        label=gettext_lazy("About"),
        required=False,
        who_sees=gettext_lazy("Everybody who looks at this service."),
    )
    contact = ShortText(label=gettext_lazy("How to reach the team"), max_length=300, required=False)
    country = ShortText(label=gettext_lazy("Country, as two letters"), max_length=2, min_length=2)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=time_zones)
    values_first = forms.ChoiceField(
        label=gettext_lazy("When two values pull apart, what comes first?"),
        choices=[
            ("waiting_order", gettext_lazy("Who has waited longest, then the best fit")),
            ("worst_off", gettext_lazy("Who has waited longest, then nobody far below the others")),
            ("fit", gettext_lazy("Who has waited over 90 days, then who fits best")),
        ],
        widget=forms.RadioSelect,
    )

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class HoursForm(KindForm):
    """One line per day: "09:00-17:00", several with commas, empty when closed."""

    holidays = LongText(
        label=gettext_lazy("Days on which nobody is there"),
        help_text=gettext_lazy("One date per line, like 2026-12-25."),
        max_length=3000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, words in DAYS.items():
            self.fields[day] = ShortText(label=words, max_length=80, required=False)
        self.order_fields([*DAYS, "holidays"])

    @staticmethod
    def shown(hours: dict[str, list[list[str]]], holidays: list[str]) -> dict[str, str]:
        lines = {day: ", ".join(f"{since}-{until}" for since, until in hours.get(day, [])) for day in DAYS}
        return {**lines, "holidays": "\n".join(holidays)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.hours = {day: self._spans(day, data.get(day) or "") for day in DAYS}
        return data

    def clean_holidays(self) -> list[str]:
        lines = str(self.cleaned_data["holidays"]).split()
        try:
            return sorted({date.fromisoformat(line).isoformat() for line in lines})
        except ValueError as fault:
            raise ValidationError(_("Please write one date per line, like 2026-12-25.")) from fault

    def _spans(self, day: str, line: str) -> list[list[str]]:
        spans = []
        for part in filter(None, (each.strip() for each in line.split(","))):
            found = _SPAN.match(part)
            if not found or (found[1], found[2]) >= (found[3], found[4]):
                self.add_error(day, _("Please write times like 09:00-17:00, the earlier one first."))
                return []
            spans.append([f"{found[1]}:{found[2]}", f"{found[3]}:{found[4]}"])
        return spans


class GiveRoleForm(KindForm):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=list(roles.TITLES.items()))
    programme = forms.ChoiceField(
        label=gettext_lazy("In"),
        required=False,
        help_text=gettext_lazy("Administrators may be for everything."),
    )

    def __init__(self, *args: Any, programmes: list[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {each.public_id: each for each in programmes}
        field = self.fields["programme"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("the whole organisation")),
                *((key, p.name) for key, p in self.programmes.items()),
            ]

    @property
    def where(self) -> Programme | None:
        return self.programmes.get(self.cleaned_data["programme"])


class InviteForm(GiveRoleForm):
    name = ShortText(label=gettext_lazy("The name colleagues know them by"), max_length=60)
    field_order = ["name", "role", "programme"]
