"""What people may type here. Refusals are sentences, and every word typed comes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companionway.people.models import ItemKind, Person
from companionway.people.topics import choices_of
from companionway.practice.models import SupporterPractice
from companionway.practice.queries import Offer, cover_choices
from companionway.reasoning import topics
from companionway.reasoning.topics import WEEK
from companionway.ui.forms import KindForm, LongText

MOST_PLACES, MOST_HOURS = 30, 60


class LimitsForm(KindForm):
    """In words: up to so many people, about so many hours a week."""

    accepting = forms.BooleanField(label=_("I would welcome somebody new"), required=False)
    places = forms.IntegerField(
        label=_("Up to how many people at once?"),
        help_text=_("One to three is usual for somebody who does this beside other things."),
        min_value=0,
        max_value=MOST_PLACES,
    )
    hours = forms.DecimalField(
        label=_("About how many hours a week in all?"), min_value=0, max_value=MOST_HOURS, decimal_places=1
    )
    minutes_each = forms.IntegerField(
        label=_("About how many minutes a week with each person?"), min_value=15, max_value=600
    )
    heavy = forms.BooleanField(
        label=_(
            "Some of those I walk with need more of me at the moment: count beginnings as one and a half"
        ),
        required=False,
    )

    @staticmethod
    def starting_from(practice: SupporterPractice) -> dict[str, Any]:
        hours = practice.weekly_minutes / 60
        return {
            "accepting": practice.accepting,
            "places": practice.places,
            "hours": int(hours) if hours == int(hours) else round(hours, 1),
            "minutes_each": practice.minutes_each,
            "heavy": practice.weight_limit is not None,
        }

    @property
    def limits(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "accepting": said["accepting"],
            "places": said["places"],
            "weekly_minutes": int(said["hours"] * 60),
            "minutes_each": said["minutes_each"],
            # Ordinary walks weigh two halves each: the number of places, said in weight.
            "weight_limit": 2 * said["places"] if said["heavy"] else None,
        }


class HoursForm(KindForm):
    hours = forms.MultipleChoiceField(label=_("When are you free?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours"].choices = [(key, key) for key in WEEK.keys]  # type: ignore[attr-defined]


class OfferForm(KindForm):
    """What I can offer. Nothing here asks why."""

    languages = forms.MultipleChoiceField(
        label=_("Languages I can talk in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    modes = forms.MultipleChoiceField(
        label=_("Ways of talking I offer"), required=False, widget=forms.CheckboxSelectMultiple
    )
    wish_topics = forms.MultipleChoiceField(
        label=_("What I would like to talk about"), required=False, widget=forms.CheckboxSelectMultiple
    )
    cannot_topics = forms.MultipleChoiceField(
        label=_("What I would rather not be asked about"),
        help_text=_("You are then never asked by somebody who carries this. Nobody reads this list."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    accepts = forms.MultipleChoiceField(
        label=_("Whom I feel able to support"),
        help_text=_("Leave all open for everybody."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stage = forms.ChoiceField(label=_("Where I am on my own way"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        identity = dict(choices_of(ItemKind.IDENTITY))
        choices = {
            "languages": list(topics.LANGUAGES.labels.items()),
            "modes": [(key, gettext(words)) for key, words in topics.CONTACT_MODES.labels.items()],
            "wish_topics": choices_of(ItemKind.EXPERIENCE),
            "cannot_topics": choices_of(ItemKind.EXPERIENCE),
            "accepts": [(key, identity[key]) for key in ("woman", "man", "non_binary")],
            "stage": [("", _("I would rather not say"))]
            + [(key, gettext(words)) for key, words in topics.STAGES.labels.items()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def offer(self) -> Offer:
        return Offer(**self.cleaned_data)


class AboutForm(KindForm):
    words = LongText(
        label=_("A few words about me"),
        help_text=_("What somebody could like to know before they ask you. Leave your name out."),
        required=False,
        max_length=1500,
        who_sees=_("Members of this programme who look for somebody, without your name."),
    )


class AwayWordsForm(KindForm):
    words = LongText(
        label=_("What should the people you walk with read, when you are not well?"),
        help_text=_("Write it in a good hour. You do not need to say why."),
        required=False,
        max_length=1500,
        who_sees=_("The people you walk with, and only while you are away."),
    )


class CoverForm(KindForm):
    person = forms.ChoiceField(label=_("Who could be there for them?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, practice: SupporterPractice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {each.public_id: each for each in cover_choices(practice)}
        choices = [(public_id, each.name) for public_id, each in self._people.items()]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person:
        return self._people[self.cleaned_data["person"]]
