"""What people may type here. Clock times are the service's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from companionway.oncall.services import SlotGiven
from companionway.oncall.states import Step, Weekday
from companionway.people.models import Person
from companionway.reasoning.rota import moment
from companionway.ui.forms import KindForm, ShortText

STEPS = (
    (Step.FIRST, _("First: is told at once")),
    (Step.BACKUP, _("Backup: when the first does not answer")),
    (Step.LEAD, _("Lead: when nobody has answered")),
)


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class OneOf(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class TurnForm(KindForm):
    """One turn. Who keeps the rota chooses the person; everybody else takes it themselves."""

    person = OneOf(Person.objects.none(), label=_("Who"), empty_label=None, to_field_name="public_id")
    step = forms.TypedChoiceField(label=_("Which step"), choices=STEPS, coerce=int, initial=Step.FIRST)
    from_day = forms.DateField(label=_("From this day"), widget=_day())
    from_time = forms.TimeField(label=_("From this time"), widget=_clock())
    until_day = forms.DateField(label=_("Until this day"), widget=_day())
    until_time = forms.TimeField(label=_("Until this time"), widget=_clock())

    def __init__(
        self, *args: Any, zone: ZoneInfo, people: QuerySet[Person] | None, actor: Person, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.actor = zone, actor
        if people is None:
            del self.fields["person"]
        else:
            self.fields["person"].queryset = people.order_by("name", "pk")  # type: ignore[attr-defined]

    @staticmethod
    def starting_from(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> dict[str, Any]:
        first, last = starts_at.astimezone(zone), ends_at.astimezone(zone)
        return {
            "from_day": first.date(),
            "from_time": first.time(),
            "until_day": last.date(),
            "until_time": last.time(),
        }

    @property
    def turn(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "person": said.get("person", self.actor),
            "step": said["step"],
            "starts_at": moment(said["from_day"], said["from_time"], self.zone),
            "ends_at": moment(said["until_day"], said["until_time"], self.zone),
        }


class SlotForm(KindForm):
    """Somebody's turn every week, on one day or several."""

    person = OneOf(Person.objects.none(), label=_("Who"), empty_label=None, to_field_name="public_id")
    step = forms.TypedChoiceField(label=_("Which step"), choices=STEPS, coerce=int, initial=Step.FIRST)
    days = forms.TypedMultipleChoiceField(
        label=_("On these days"), choices=Weekday, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    begins = forms.TimeField(label=_("From"), widget=_clock())
    ends = forms.TimeField(
        label=_("Until"),
        help_text=_("A time that is not later than the first one is on the next day."),
        widget=_clock(),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people.order_by("name", "pk")  # type: ignore[attr-defined]

    @property
    def slots(self) -> list[SlotGiven]:
        said = self.cleaned_data
        return [
            SlotGiven(said["person"], said["step"], day, said["begins"], said["ends"]) for day in said["days"]
        ]


class HandOverForm(KindForm):
    to = OneOf(
        Person.objects.none(), label=_("Who could take it?"), empty_label=None, to_field_name="public_id"
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people.order_by("name", "pk")  # type: ignore[attr-defined]


class PhoneForm(KindForm):
    """One number to ring when nobody answers here."""

    name = ShortText(
        label=_("Whose number"),
        help_text=_("A name or a place, like: the night desk."),
        max_length=80,
    )
    number = ShortText(label=_("Number"), max_length=40)
    said_for = ShortText(
        label=_("What to know before ringing"),
        help_text=_("When they answer, or what to say first."),
        required=False,
    )
    person = OneOf(
        Person.objects.none(),
        label=_("Is it somebody's own number?"),
        help_text=_("It then goes when they leave."),
        empty_label=_("No"),
        required=False,
        to_field_name="public_id",
    )
    place = forms.IntegerField(
        label=_("Rung as number"),
        help_text=_("1 is rung first. Empty: last, or where it is."),
        min_value=1,
        max_value=50,
        required=False,
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people.order_by("name", "pk")  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        if sum(each.isdigit() for each in number) < 2:
            raise forms.ValidationError(_("Please write a telephone number, like 01632 960 123."))
        return number
