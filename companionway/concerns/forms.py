"""What people may type here. Almost nothing is asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.concerns import outcomes
from companionway.concerns.models import Concern, Pace
from companionway.concerns.states import DecisionKind
from companionway.people.models import Person
from companionway.ui.forms import KindForm, LongText, ShortText

# Far more than anybody writes at night: a press is never refused because of its words.
ROOM = 40_000


class SeveralPeople(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several people by name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class RaiseForm(KindForm):
    """One press. Every field may stay as it is."""

    press = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())
    words = LongText(
        label=_("A few words, if you have them"),
        required=False,
        max_length=ROOM,
        rows=3,
        help_text=_("You can leave this empty, and add to it afterwards."),
    )
    is_threat = forms.BooleanField(
        label=_("I am being threatened, or I am afraid of this person"), required=False
    )
    about_me = forms.BooleanField(label=_("It is about me"), required=False)
    not_to = SeveralPeople(
        Person.objects.none(),
        label=_("Must somebody not hear of it?"),
        required=False,
        to_field_name="public_id",
        help_text=_("They are not told, and do not see it."),
    )

    def __init__(self, *args: Any, about: Person | None, on_call: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if about is not None:
            del self.fields["about_me"]
        if on_call:
            people = Person.objects.filter(pk__in=on_call).order_by("name", "pk")
            self.fields["not_to"].queryset = people  # type: ignore[attr-defined]
        else:
            del self.fields["not_to"]


class WordsForm(KindForm):
    press = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())
    words = LongText(
        label=_("What else should they know?"),
        max_length=ROOM,
        who_sees=_("Whoever has it, those told, and the leads."),
    )


class DecideForm(KindForm):
    kind = forms.ChoiceField(
        choices=DecisionKind.choices,
        label=_("What is it?"),
        widget=forms.RadioSelect,
        initial=DecisionKind.TALKED,
    )
    words = LongText(label=_("What was said or decided"), help_text=_("Facts, in plain words."))
    who = ShortText(
        label=_("Who was spoken to"), required=False, help_text=_("For help from outside: which service.")
    )
    when = ShortText(label=_("When"), required=False, max_length=60)
    is_shown = forms.BooleanField(
        label=_("The person it is about may read this line"), required=False, initial=True
    )


class CloseForm(KindForm):
    outcome = forms.ChoiceField(label=_("How did it end?"), widget=forms.RadioSelect)
    words = LongText(label=_("Anything to add"), required=False, rows=3)

    def __init__(self, *args: Any, concern: Concern, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        field.choices = outcomes.choices(is_drill=concern.is_drill)  # type: ignore[attr-defined]
        if concern.is_drill:
            field.initial = "drill"


class TaskForm(KindForm):
    words = LongText(label=_("A few words, if you like"), required=False, rows=3)


class ReviewForm(KindForm):
    tell = forms.TypedChoiceField(
        label=_("What now?"),
        choices=(("yes", _("Show it to them now")), ("no", _("Not yet, for this reason:"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = LongText(label=_("Why not yet"), required=False, rows=3)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("tell") is False and not cleaned.get("words"):
            self.add_error("words", _("Please write why, so that it can be looked at again."))
        return cleaned


class PaceForm(KindForm):
    nudge = forms.IntegerField(label=_("Told again after (minutes)"), min_value=1, max_value=60)
    backup = forms.IntegerField(label=_("The backup is told after (minutes)"), min_value=2, max_value=90)
    lead = forms.IntegerField(label=_("The lead is told after (minutes)"), min_value=3, max_value=110)
    phone = forms.IntegerField(
        label=_("The telephone list is shown after (minutes)"), min_value=4, max_value=120
    )
    most_held = forms.IntegerField(
        label=_("How many one person may have at a time"), min_value=1, max_value=20
    )
    drills = forms.BooleanField(label=_("A drill once a month, at a moment nobody knows"), required=False)

    @classmethod
    def of(cls, pace: Pace, data: Any = None) -> PaceForm:
        return cls(data, initial={name: getattr(pace, name) for name in cls.base_fields})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        steps = [cleaned.get(name) for name in ("nudge", "backup", "lead", "phone")]
        if None not in steps and any(one >= two for one, two in zip(steps, steps[1:], strict=False)):  # type: ignore[operator]
            self.add_error("nudge", _("Each step has to be later than the one before."))
        return cleaned
