"""Fields that the forms of a house share: days of the week, times of day, people of the house."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from companionway.clubhouse.queries import DecisionShown

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)
ALL_OF_US = _("Everybody who belongs to the house.")


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def time_input() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def weekdays_field(label: Any, *, required: bool = True) -> forms.TypedMultipleChoiceField:
    """Days of the week to tick; Monday is 0."""
    return forms.TypedMultipleChoiceField(
        label=label, choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple, required=required
    )


class SomebodyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody of the house, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several of them, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class DecidedField(forms.ChoiceField):
    """One decision of the house meeting, by its first words."""

    def offer(self, decisions: Iterable[DecisionShown], *, none: Any = "") -> None:
        offered = [(each.decision.public_id, Truncator(each.words).words(12)) for each in decisions]
        self.choices = [("", none), *offered] if none else offered
