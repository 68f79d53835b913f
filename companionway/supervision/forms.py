"""What people may type here. Refusals are sentences, and every word typed comes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from companionway.people.models import Person
from companionway.reasoning import supervision as reasoning
from companionway.supervision.queries import Choice, TalkShown
from companionway.supervision.services import Action
from companionway.supervision.states import Drift, Gain, HowMuch, Side, Theme
from companionway.ui.forms import KindForm, LongText, ShortText

BOTH_SEE = _("The two of you, and nobody else.")
NO_STORIES = _(
    "Please leave out who you walk with: no names, nothing they said. A link to the walk is enough."
)
ACTION_ROWS = 3


def _day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **kwargs)


class ChooseForm(KindForm):
    """The supporter chooses; a coordinator may arrange."""

    person = forms.ChoiceField(label=_("Who would you like to talk with?"), widget=forms.RadioSelect)
    in_training = forms.BooleanField(label=_("Still in training: a talk every week"), required=False)

    def __init__(self, *args: Any, choices: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {each.person.public_id: each.person for each in choices}
        lived = _("%(name)s, has lived it too")
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (
                each.person.public_id,
                lived % {"name": each.person.name} if each.has_lived_it else each.person.name,
            )
            for each in choices
        ]

    @property
    def chosen(self) -> Person:
        return self._people[self.cleaned_data["person"]]


class SupervisingForm(KindForm):
    has_lived_it = forms.BooleanField(
        label=_("I have been through something myself, and supported others as a peer"),
        help_text=_("Your own word. Whoever looks for a supervisor reads it."),
        required=False,
    )
    takes_more = forms.BooleanField(label=_("Somebody more may come to me"), required=False)
    most = forms.IntegerField(
        label=_("For how many can you be there?"), min_value=0, max_value=reasoning.MOST_EACH
    )


class AgendaForm(KindForm):
    words = LongText(
        label=_("What should we talk about?"), help_text=NO_STORIES, max_length=1000, rows=3, required=False
    )
    about = forms.ChoiceField(label=_("Is it about a walk?"), required=False)
    only_me = forms.BooleanField(
        label=_("Only for me, for now"),
        help_text=_("Nobody else sees it until you share it."),
        required=False,
    )

    def __init__(self, *args: Any, walks: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = list(walks)
        if kept:
            none = [("", _("No"))]
            self.fields["about"].choices = none + kept  # type: ignore[attr-defined]
            self.fields["about"].help_text = _("They see that it is about somebody, never about whom.")
        else:
            del self.fields["about"]


class TalkForm(KindForm):
    """The day, themes, what each will do. It carries the number of the version its writer had before their eyes."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)
    held_on = _day(label=_("The day you talked"))
    themes = forms.MultipleChoiceField(
        label=_("What was it about?"), choices=Theme, widget=forms.CheckboxSelectMultiple, required=False
    )
    words = LongText(
        label=_("A line for each other"),
        help_text=NO_STORIES,
        who_sees=BOTH_SEE,
        max_length=1500,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ACTION_ROWS + 1):
            self.fields[f"who_{number}"] = forms.ChoiceField(
                label=_("Who does something?"), choices=[("", _("Nobody")), *Side.choices], required=False
            )
            self.fields[f"what_{number}"] = ShortText(label=_("What?"), max_length=200, required=False)
            self.fields[f"by_{number}"] = _day(label=_("By when?"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for number in range(1, ACTION_ROWS + 1):
            if said.get(f"what_{number}") and not said.get(f"who_{number}"):
                self.add_error(f"who_{number}", _("Please say who of you does this."))
        return said

    @staticmethod
    def starting_from(shown: TalkShown | None, themes: list[str], today: Any) -> dict[str, Any]:
        if shown is None:
            return {"after": 0, "held_on": today}
        start = {
            "after": shown.talk.version,
            "held_on": shown.talk.held_on,
            "themes": themes,
            "words": shown.words,
        }
        for number, each in enumerate(shown.actions[:ACTION_ROWS], start=1):
            start |= {
                f"who_{number}": each.action.who,
                f"what_{number}": each.words,
                f"by_{number}": each.action.by_on,
            }
        return start

    @property
    def actions(self) -> list[Action]:
        said = self.cleaned_data
        return [
            Action(Side(said[f"who_{number}"]), said[f"what_{number}"], said[f"by_{number}"])
            for number in range(1, ACTION_ROWS + 1)
            if said.get(f"what_{number}")
        ]

    def look_again(self, newest: int) -> None:
        """A newer version exists and is shown now: the words stay, and sending once more is meant."""
        typed: Any = self.data
        kept = {name: typed.getlist(name) if hasattr(typed, "getlist") else [typed[name]] for name in typed}
        self.data = MultiValueDict({**kept, "after": [str(newest)]})


class DriftForm(KindForm):
    kind = forms.ChoiceField(label=_("What was it?"), choices=Drift, widget=forms.RadioSelect)
    on_agenda = forms.BooleanField(
        label=_("Put it on the agenda with my practice supervisor"), required=False
    )


class GainsForm(KindForm):
    """Four sentences; each may be skipped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in Gain:
            self.fields[each.value] = forms.ChoiceField(
                label=each.label, choices=HowMuch, widget=forms.RadioSelect, required=False
            )

    @property
    def answers(self) -> dict[Gain, HowMuch]:
        said = self.cleaned_data
        return {each: HowMuch(int(said[each.value])) for each in Gain if said.get(each.value)}


class RhythmForm(KindForm):
    """All in days. The usual answers stand there; each programme decides."""

    one_to_one_days = forms.IntegerField(label=_("A talk every so many days"), min_value=1, max_value=180)
    training_days = forms.IntegerField(
        label=_("While in training, every so many days"), min_value=1, max_value=90
    )
    group_days = forms.IntegerField(
        label=_("Together in a group, every so many days"),
        help_text=_(
            "Supporters read this. Their group is arranged outside of here, and nobody counts who came."
        ),
        min_value=1,
        max_value=180,
    )
    remind_after_days = forms.IntegerField(
        label=_("Days late: both are reminded, kindly"), min_value=1, max_value=90
    )
    tell_after_days = forms.IntegerField(label=_("Days late: you are told"), min_value=1, max_value=120)
    hold_after_days = forms.IntegerField(
        label=_("Days late: nobody new is introduced until they have talked"), min_value=1, max_value=180
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            try:
                reasoning.Rhythm(**{name: said[name] for name in reasoning.Rhythm.__slots__})
            except ValueError:
                self.add_error(
                    "hold_after_days",
                    _("First the two are reminded, then you, and only then nobody new comes."),
                )
        return said

    @property
    def rhythm(self) -> reasoning.Rhythm:
        return reasoning.Rhythm(**{name: self.cleaned_data[name] for name in reasoning.Rhythm.__slots__})


class ExtraPlaceForm(KindForm):
    words = LongText(
        label=_("Why?"), max_length=1000, rows=3, who_sees=_("The supporter and the coordinators read this.")
    )
    until_on = _day(label=_("Until which day?"))


class OpenCircleForm(KindForm):
    name = ShortText(label=_("What is the circle called?"), max_length=60)
    called = ShortText(
        label=_("What shall they call you there?"),
        help_text=_("Any name you like. Nothing else of you is shown, not even where you work."),
        max_length=40,
    )


class JoinCircleForm(KindForm):
    way_in = ShortText(label=_("The words you were given"), max_length=60)
    called = ShortText(
        label=_("What shall they call you there?"),
        help_text=_("Any name you like. Nothing else of you is shown, not even where you work."),
        max_length=40,
    )


class CircleWordsForm(KindForm):
    words = LongText(
        label=_("Your words"),
        help_text=_(
            "About your practice: what you do, feel, wonder. No names, no story of anybody you walk with,"
            " nothing they said."
        ),
        who_sees=_("Everybody in this circle, also from other organisations."),
        max_length=2000,
        rows=4,
    )
