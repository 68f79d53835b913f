"""What people may type here. Every word typed comes back."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companionway.foundation.models import new_public_id
from companionway.steps.book import Contact, Step, Try
from companionway.steps.queries import Choice, Linked
from companionway.steps.states import LENGTH, Lasts, Outside
from companionway.ui.forms import KindForm, LongText, ShortText

ONLY_ME: Final = _("Only you. Nobody else can read it: no supporter, nobody on the team.")
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{6,20}")
_DATE: Final = {"type": "date"}
_TIME: Final = {"type": "time"}


class KeyedForm(KindForm):
    """It carries the key of what it writes, so that the same form sent twice is the same entry."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_key(self) -> str:
        typed = str(self.cleaned_data["key"])
        return typed if _KEY.fullmatch(typed) else new_public_id()


class StepForm(KindForm):
    words = ShortText(label=_("The step, in your own words"), max_length=160)
    place = ShortText(
        label=_("Where"), required=False, max_length=120, help_text=_("A place in town, a room, or nothing.")
    )
    series = forms.ChoiceField(label=_("A meeting here that it leads to"), required=False)

    def __init__(self, *args: Any, series: list[Linked], step: Step | None = None, **kwargs: Any) -> None:
        if step is not None:
            kwargs["initial"] = {"words": step.words, "place": step.place, "series": step.series}
        super().__init__(*args, **kwargs)
        if series:
            named = [(each.public_id, each.name) for each in series]
            self.fields["series"].choices = [("", _("None")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["series"]


class ExamplesForm(KindForm):
    chosen = forms.MultipleChoiceField(
        label=_("Which would you like on your ladder?"),
        help_text=_("You can change the words and the order afterwards."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, examples: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples
        named = [(str(place), words) for place, words in enumerate(examples)]
        self.fields["chosen"].choices = named  # type: ignore[attr-defined]

    def words(self) -> list[str]:
        return [self.examples[int(each)] for each in sorted(self.cleaned_data["chosen"], key=int)]


class TryForm(KeyedForm):
    on = forms.DateField(label=_("When"), required=False, widget=forms.DateInput(attrs=_DATE))
    before = ShortText(
        label=_("How afraid were you before?"),
        help_text=_("A number from 0 to 10, a word, or nothing."),
        required=False,
        max_length=80,
    )
    did = LongText(label=_("What did you do?"), required=False, rows=3, max_length=1000)
    after = ShortText(
        label=_("How afraid were you afterwards?"),
        help_text=_("A number from 0 to 10, a word, or nothing."),
        required=False,
        max_length=80,
    )
    noticed = LongText(
        label=_("What did you notice?"), required=False, rows=3, max_length=1000, who_sees=ONLY_ME
    )

    def said(self) -> Try:
        return Try(**self.cleaned_data)


class ContactForm(KeyedForm):
    words = LongText(label=_("Who was it, or where?"), rows=3, max_length=600, who_sees=ONLY_ME)
    kind = forms.ChoiceField(
        label=_("What kind"), choices=Outside.choices, initial=Outside.OTHER, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("When"), widget=forms.DateInput(attrs=_DATE))
    felt = ShortText(label=_("How did it feel?"), required=False, max_length=120)

    def said(self) -> Contact:
        return Contact(**self.cleaned_data)


class TimeForm(KindForm):
    """A day and a time, in the person's own time zone."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=_DATE))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs=_TIME))

    def moment(self) -> datetime:
        day, time = self.cleaned_data["day"], self.cleaned_data["time"]
        return datetime.combine(day, time, timezone.get_current_timezone())


class AskForm(TimeForm):
    """Whom, exactly which words, when and for how long."""

    field_order = ("who", "words", "day", "time", "lasts", "meeting", "tells_holders", "called")
    who = forms.ChoiceField(label=_("Whom would you like to ask?"), widget=forms.RadioSelect)
    words = LongText(
        label=_("What would help?"),
        help_text=_("For example: be near the door at 6:20, do not speak to me first."),
        rows=3,
        max_length=300,
    )
    lasts = forms.ChoiceField(
        label=_("For how long"), choices=Lasts.choices, initial=Lasts.TWO, widget=forms.RadioSelect
    )
    meeting = forms.ChoiceField(label=_("Is it at a meeting here?"), required=False)
    tells_holders = forms.BooleanField(
        label=_("Whoever holds this meeting may read these words, too"), required=False
    )
    called = ShortText(
        label=_("What they may call you"),
        help_text=_("Only if you ticked that. They read nothing else of you, not even your name here."),
        required=False,
        max_length=60,
    )

    def __init__(self, *args: Any, people: list[Choice], meetings: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {each.key: each for each in people}
        self.fields["who"].choices = [(each.key, each.person.name) for each in people]  # type: ignore[attr-defined]
        if meetings:
            self.fields["meeting"].choices = [("", _("No")), *meetings]  # type: ignore[attr-defined]
        else:
            for name in ("meeting", "tells_holders", "called"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("tells_holders") and not cleaned.get("meeting"):
            self.add_error("meeting", _("Please choose the meeting, or take the tick away."))
        return cleaned

    def ground(self) -> dict[str, Any]:
        chosen = self.people[self.cleaned_data["who"]]
        return {"walk" if chosen.is_walk else "hold": chosen.ground}

    def agreed(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            **self.ground(),
            "words": said["words"],
            "called": said.get("called", ""),
            "starts_at": self.moment(),
            "lasts": LENGTH[Lasts(said["lasts"])],
            "tells_holders": said.get("tells_holders", False),
        }
