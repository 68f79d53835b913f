"""What people may type about places to work. There is no field for anything about anybody's health."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.clubhouse.fields import (
    ALL_OF_US,
    WEEKDAYS,
    DecidedField,
    day_input,
    time_input,
    weekdays_field,
)
from companionway.clubhouse.queries import DecisionShown
from companionway.placements.queries import InterestShown
from companionway.placements.services import Job
from companionway.placements.states import LONGEST_DAYS, JobKind
from companionway.ui.forms import KindForm, LongText, ShortText


class JobForm(KindForm):
    kind = forms.ChoiceField(
        label=_("What kind of place?"), choices=JobKind.choices, widget=forms.RadioSelect
    )
    title = ShortText(label=_("What is the work?"))
    employer = ShortText(label=_("With whom?"))
    place = ShortText(label=_("Where?"), max_length=200)
    about = LongText(label=_("More about it"), who_sees=ALL_OF_US, max_length=1500, rows=3, required=False)
    weekdays = weekdays_field(_("On these days"))
    begins = forms.TimeField(label=_("From"), widget=time_input())
    ends = forms.TimeField(label=_("Until"), widget=time_input())
    hours_a_week = forms.DecimalField(label=_("Hours a week"), min_value=1, max_value=60, decimal_places=1)
    wage = forms.DecimalField(label=_("Pay for an hour"), min_value=0, max_digits=8, decimal_places=2)
    prevailing_wage = forms.DecimalField(
        label=_("What is usually paid there for such work"), min_value=0, max_digits=8, decimal_places=2
    )
    currency = ShortText(label=_("Currency, in three letters"), max_length=3, initial="GBP")
    longest_days = forms.IntegerField(
        label=_("For how many days, where the place belongs to the house"),
        help_text=_("It is part-time and passes on, so that many can have it."),
        min_value=1,
        max_value=LONGEST_DAYS,
        required=False,
    )

    @property
    def job(self) -> Job:
        return Job(**self.cleaned_data)


class ChooseForm(KindForm):
    """Whom the house chose, and by which decision."""

    person = forms.ChoiceField(label=_("Who has it next?"), choices=())
    decision = DecidedField(label=_("By which decision of the house meeting?"), choices=())

    def __init__(
        self,
        *args: Any,
        interests: Iterable[InterestShown],
        decisions: Iterable[DecisionShown],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.interest.person.public_id, each.name) for each in interests if not each.is_mine]
        self.fields["person"].choices = named  # type: ignore[attr-defined]
        self.fields["decision"].offer(decisions)  # type: ignore[attr-defined]


class BeginWorkForm(KindForm):
    from_on = forms.DateField(label=_("From which day?"), widget=day_input())
    knows_benefits = forms.BooleanField(
        label=_("I know what this pay does to my benefits, or I do not get any"), required=False
    )


class CoverForm(KindForm):
    weekdays = weekdays_field(_("On these days I could go"), required=False)

    def __init__(self, *args: Any, days: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [each for each in WEEKDAYS if each[0] in days]
        self.fields["weekdays"].choices = kept  # type: ignore[attr-defined]
