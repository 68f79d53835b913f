"""What people may type in a house. Every word typed comes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.clubhouse.fields import ALL_OF_US, DecidedField, day_input, time_input, weekdays_field
from companionway.clubhouse.models import MOST_HANDS
from companionway.clubhouse.queries import DecisionShown
from companionway.clubhouse.services import Hours, Work
from companionway.clubhouse.states import DayPart, HowDecided, ServiceDeed
from companionway.ui.forms import KindForm, LongText, ShortText


class UnitForm(KindForm):
    name = ShortText(
        label=_("What is it called?"), help_text=_("Such as kitchen, or reception."), max_length=60
    )
    about = LongText(
        label=_("What is done there?"), who_sees=ALL_OF_US, max_length=1000, rows=3, required=False
    )


class CloseUnitForm(KindForm):
    decision = DecidedField(label=_("Decided in the house meeting"), required=False)

    def __init__(self, *args: Any, decisions: Iterable[DecisionShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].offer(decisions, none=_("Without a decision"))  # type: ignore[attr-defined]


class HoursForm(KindForm):
    opens = forms.TimeField(label=_("The day begins at"), widget=time_input())
    midday = forms.TimeField(label=_("The afternoon begins at"), widget=time_input())
    closes = forms.TimeField(label=_("The day is over at"), widget=time_input())
    weekdays = weekdays_field(_("On these days"))

    @property
    def hours(self) -> Hours:
        return Hours(**self.cleaned_data)


class _WorkFields(KindForm):
    title = ShortText(label=_("What is to be done?"))
    about = LongText(label=_("More about it"), who_sees=ALL_OF_US, max_length=1000, rows=2, required=False)
    part = forms.ChoiceField(label=_("When?"), choices=DayPart.choices, widget=forms.RadioSelect)
    hands = forms.IntegerField(
        label=_("How many pairs of hands would be good?"), min_value=1, max_value=MOST_HANDS, initial=1
    )
    deed = forms.ChoiceField(
        label=_("Does it look after something of this platform?"),
        help_text=_("Only words: it opens nothing to anybody."),
        choices=ServiceDeed.choices,
        required=False,
    )

    @property
    def work(self) -> Work:
        said = self.cleaned_data
        return Work(**{each: said[each] for each in ("title", "about", "part", "hands", "deed")})


class TaskForm(_WorkFields):
    day = forms.DateField(label=_("On which day?"), widget=day_input())


class RecurringForm(_WorkFields):
    weekdays = weekdays_field(_("On these days, every week"))


class MeetingForm(KindForm):
    on = forms.DateField(label=_("On which day does the house meet?"), widget=day_input())


class WordsForm(KindForm):
    """One thing for the agenda, or one action."""

    words = LongText(label=_("In a few words"), who_sees=ALL_OF_US, max_length=600, rows=2)


class ActionForm(WordsForm):
    is_mine = forms.BooleanField(label=_("I care for this"), required=False)


class DecisionForm(KindForm):
    words = LongText(label=_("What did we decide?"), who_sees=ALL_OF_US, max_length=1500, rows=3)
    how = forms.ChoiceField(label=_("How?"), choices=HowDecided.choices, widget=forms.RadioSelect)


class MinutesForm(KindForm):
    """It carries the number of the version its writer had before their eyes."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)
    words = LongText(label=_("The minutes"), who_sees=ALL_OF_US, max_length=12_000, rows=10)

    def look_again(self, number: int) -> None:
        self.data = {
            **{name: self.data.get(name) for name in self.data},
            self.add_prefix("after"): str(number),
        }
