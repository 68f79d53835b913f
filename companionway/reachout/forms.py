"""How somebody would like to be asked after. Every word typed comes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from companionway.clubhouse.fields import PeopleField, SomebodyField
from companionway.people.models import Person
from companionway.reachout.models import FEWEST_DAYS, MOST_DAYS
from companionway.reachout.services import Wish
from companionway.reachout.states import ReachWay
from companionway.ui.forms import KindForm, LongText


class ReachForm(KindForm):
    days = forms.IntegerField(
        label=_("After how many days without a sign of you?"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        initial=14,
    )
    way = forms.ChoiceField(
        label=_("How would you like it?"), choices=ReachWay.choices, widget=forms.RadioSelect
    )
    named = PeopleField(
        Person.objects.none(),
        label=_("Who may ask after you?"),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    unit = SomebodyField(
        None,
        label=_("Or whoever is of this unit"),
        empty_label=_("No unit"),
        to_field_name="public_id",
        required=False,
    )
    words = LongText(
        label=_("Your number or address, and what you would like to be said"),
        who_sees=_("Only the one person who asks after you, when they do."),
        max_length=600,
        rows=3,
        required=False,
    )
    counts_days_here = forms.BooleanField(
        label=_("A day on which I press “I am here today” counts as a sign of me"), required=False
    )

    def __init__(self, *args: Any, others: QuerySet[Person], units: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named"].queryset = others  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    @property
    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(**{**said, "named": list(said["named"])})
