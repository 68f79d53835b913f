"""What people may type in a house. Every word typed comes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from companionway.clubhouse.models import FEWEST_DAYS, MOST_DAYS, MOST_HANDS, Unit
from companionway.clubhouse.services import Hours, Job, Wish, Work
from companionway.clubhouse.states import (
    LONGEST_DAYS,
    DayPart,
    HowDecided,
    JobKind,
    ReachWay,
    RecordKind,
    ServiceDeed,
)
from companionway.people.models import Person
from companionway.ui.forms import KindForm, LongText, ShortText

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


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def _weekdays(label: Any, *, required: bool = True) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple, required=required
    )


class SomebodyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody of the house, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class UnitForm(KindForm):
    name = ShortText(
        label=_("What is it called?"), help_text=_("Such as kitchen, or reception."), max_length=60
    )
    about = LongText(
        label=_("What is done there?"), who_sees=ALL_OF_US, max_length=1000, rows=3, required=False
    )


class HoursForm(KindForm):
    opens = forms.TimeField(label=_("The day begins at"), widget=_clock())
    midday = forms.TimeField(label=_("The afternoon begins at"), widget=_clock())
    closes = forms.TimeField(label=_("The day is over at"), widget=_clock())
    weekdays = _weekdays(_("On these days"))

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
    day = forms.DateField(label=_("On which day?"), widget=_day())


class RecurringForm(_WorkFields):
    weekdays = _weekdays(_("On these days, every week"))


class MeetingForm(KindForm):
    on = forms.DateField(label=_("On which day does the house meet?"), widget=_day())


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
        self.data = {**{name: self.data.get(name) for name in self.data}, "after": str(number)}


class AskRecordForm(KindForm):
    """Who writes with me; for a record about somebody else, who it is about."""

    other = SomebodyField(
        Person.objects.none(), label=_("With whom?"), empty_label=None, to_field_name="public_id"
    )
    about = forms.ChoiceField(
        label=_("About whom?"),
        choices=[("me", _("About me")), ("them", _("About them"))],
        initial="me",
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=RecordKind.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, others: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others  # type: ignore[attr-defined]


class RecordForm(KindForm):
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)
    words = LongText(
        label=_("What shall stand here?"),
        who_sees=_("The two of you, and nobody else."),
        max_length=6000,
        rows=8,
    )

    def look_again(self, number: int) -> None:
        self.data = {**{name: self.data.get(name) for name in self.data}, "after": str(number)}


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
        Unit.objects.none(),
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

    def __init__(self, *args: Any, others: QuerySet[Person], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named"].queryset = others  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    @property
    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(**{**said, "named": list(said["named"])})


class JobForm(KindForm):
    kind = forms.ChoiceField(
        label=_("What kind of place?"), choices=JobKind.choices, widget=forms.RadioSelect
    )
    title = ShortText(label=_("What is the work?"))
    employer = ShortText(label=_("With whom?"))
    place = ShortText(label=_("Where?"), max_length=200)
    about = LongText(label=_("More about it"), who_sees=ALL_OF_US, max_length=1500, rows=3, required=False)
    weekdays = _weekdays(_("On these days"))
    begins = forms.TimeField(label=_("From"), widget=_clock())
    ends = forms.TimeField(label=_("Until"), widget=_clock())
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


class BeginWorkForm(KindForm):
    from_on = forms.DateField(label=_("From which day?"), widget=_day())
    knows_benefits = forms.BooleanField(
        label=_("I know what this pay does to my benefits, or I do not get any"), required=False
    )


class CoverForm(KindForm):
    weekdays = _weekdays(_("On these days I could go"), required=False)

    def __init__(self, *args: Any, days: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [each for each in WEEKDAYS if each[0] in days]
        self.fields["weekdays"].choices = kept  # type: ignore[attr-defined]
