"""What people may type about meetings. Every word typed comes back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from companionway.meetings.codes import CODES
from companionway.meetings.models import Meeting, Series
from companionway.meetings.services import SeriesDetails, details_of
from companionway.meetings.states import Way
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person, PersonQuerySet, Programme
from companionway.reasoning import recurrence
from companionway.ui.forms import KindForm, LongText, ShortText
from companionway.ui.times import time_zones

ONCE, KEEP = "once", "keep"
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
AGAIN = [
    ("week", _("Every week")),
    ("second", _("Every second week")),
    ("nth", _("Every month, on the same weekday: for example the second Tuesday")),
    ("last", _("Every month, on the last such weekday")),
    ("date", _("Every month, on the same date")),
    ("day", _("Every day")),
    ("year", _("Every year")),
    (ONCE, _("It does not: it meets once")),
]


class SeriesForm(KindForm):
    """Everything that is said of a series."""

    name = ShortText(label=_("What is it called?"), max_length=120)
    about = LongText(
        label=_("What is it?"),
        required=False,
        max_length=2000,
        rows=4,
        who_sees=_("Everybody who can find it."),
    )
    way = forms.ChoiceField(label=_("How do you meet?"), choices=Way.choices, widget=forms.RadioSelect)
    starts_on = forms.DateField(label=_("First day"), widget=_DAY)
    begins = forms.TimeField(label=_("Begins at"), widget=_CLOCK, help_text=_("The time at the place."))
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=5, max_value=720, initial=90)
    zone = forms.ChoiceField(label=_("Time zone of the place"), choices=time_zones)
    again = forms.ChoiceField(label=_("When does it come again?"), choices=AGAIN, initial="week")
    weekdays = forms.MultipleChoiceField(
        label=_("On which days of the week?"),
        help_text=_("Only for every week or every second week. None ticked: the day of the first meeting."),
        choices=[(code, WEEKDAYS[number]) for number, code in enumerate(recurrence.DAYS)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    last_on = forms.DateField(label=_("Last day, if there is one"), widget=_DAY, required=False)
    place_name = ShortText(label=_("Place"), required=False, max_length=120)
    place_address = ShortText(label=_("Address"), required=False, max_length=300)
    travel_notes = LongText(
        label=_("How to get there"),
        help_text=_("Which door, which bus, steps, somebody to ring."),
        required=False,
        max_length=1000,
        rows=3,
    )
    sensory_notes = LongText(
        label=_("What it is like there"),
        help_text=_("Light, noise, smells, a quiet corner."),
        required=False,
        max_length=1000,
        rows=3,
    )
    link = ShortText(label=_("Link for voice or video"), required=False, max_length=300)
    capacity = forms.IntegerField(label=_("How many places?"), required=False, min_value=1, max_value=10_000)
    format_key = forms.ChoiceField(label=_("How does it go?"), required=False)
    is_closed = forms.BooleanField(label=_("Only people who were let in find it"), required=False)
    is_public = forms.BooleanField(
        label=_("Show it to everybody, also to people who are not signed in"), required=False
    )
    codes = forms.MultipleChoiceField(
        label=_("What kind is it?"),
        choices=list(CODES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, programme: Programme, series: Series | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series = series
        rules = GroupRules.of(programme)
        formats = [(each.key, each.name) for each in rules.formats] if rules else []
        if formats:
            self._choices("format_key", formats)
        else:
            del self.fields["format_key"]
        if series is not None and series.rule:
            self._choices("again", [(KEEP, _("As it is now")), *AGAIN])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def details(self, language: str) -> SeriesDetails:
        said = {key: value for key, value in self.cleaned_data.items() if key not in ("again", "weekdays")}
        return SeriesDetails(**{**said, "codes": tuple(said["codes"])}, rule=self._rule(), language=language)

    def _rule(self) -> str:
        said, first = self.cleaned_data, self.cleaned_data["starts_on"]
        day = recurrence.DAYS[first.weekday()]
        days = f";BYDAY={','.join(said['weekdays'])}" if said["weekdays"] else ""
        rules = {
            ONCE: "",
            KEEP: self.series.rule if self.series else "",
            "week": f"FREQ=WEEKLY{days}",
            "second": f"FREQ=WEEKLY;INTERVAL=2{days}",
            "nth": f"FREQ=MONTHLY;BYDAY={(first.day - 1) // 7 + 1}{day}",
            "last": f"FREQ=MONTHLY;BYDAY=-1{day}",
            "date": "FREQ=MONTHLY",
            "day": "FREQ=DAILY",
            "year": "FREQ=YEARLY",
        }
        return rules[said["again"]]

    @staticmethod
    def starting_from(series: Series) -> dict[str, Any]:
        said = details_of(series)
        return {name: getattr(said, name) for name in said.__slots__} | {
            "again": KEEP if series.rule else ONCE
        }


class CancelForm(KindForm):
    instead = ShortText(
        label=_("What can people do instead?"),
        help_text=_(
            "Another meeting, a telephone, or simply: next week again. Everybody who may come reads it."
        ),
        required=False,
        max_length=300,
    )


class TimeForm(KindForm):
    """A day and a time at the place, for one meeting."""

    day = forms.DateField(label=_("Day"), widget=_DAY)
    begins = forms.TimeField(label=_("Begins at"), widget=_CLOCK, help_text=_("The time at the place."))
    minutes = forms.IntegerField(label=_("How many minutes?"), required=False, min_value=5, max_value=720)

    def starts_at(self, series: Series) -> datetime:
        return recurrence.instant(self.cleaned_data["day"], self.cleaned_data["begins"], series.tz)


class MoveForm(TimeForm):
    place_name = ShortText(label=_("Another place, if it is elsewhere this time"), required=False)
    place_address = ShortText(label=_("Its address"), required=False, max_length=300)
    link = ShortText(label=_("Another link, if there is one"), required=False, max_length=300)

    @staticmethod
    def starting_from(meeting: Meeting) -> dict[str, Any]:
        local = meeting.starts_at.astimezone(meeting.series.tz)
        return {
            "day": local.date(),
            "begins": local.time(),
            "minutes": int(meeting.length.total_seconds() // 60),
        }


class GiveForm(KindForm):
    """Ask somebody to take a position."""

    person = forms.ChoiceField(label=_("Who?"))
    role = forms.ChoiceField(label=_("Which position?"))

    def __init__(
        self, *args: Any, people: PersonQuerySet, roles: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._people = {each.public_id: each for each in people}
        for name, choices in (
            ("person", [(key, each.name) for key, each in self._people.items()]),
            ("role", roles),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @property
    def whom(self) -> Person:
        return self._people[self.cleaned_data["person"]]


class DoorForm(KindForm):
    words = ShortText(
        label=_("One sentence for people who come for the first time"),
        help_text=_("For example: I stand by the blue door and wear a green scarf."),
        required=False,
        max_length=200,
    )
