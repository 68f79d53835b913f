"""What people may type here. Refusals are sentences, every word typed comes back, and every question may be skipped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companionway.introductions.queries import Wishes
from companionway.introductions.services import Passing
from companionway.introductions.states import PassingReason
from companionway.people.models import Audience, ItemKind
from companionway.people.topics import choices_of
from companionway.reasoning import topics
from companionway.reasoning.topics import WEEK
from companionway.ui.forms import KindForm, LongText

WEIGHTS = [("0", _("Does not matter")), ("1", _("A little")), ("2", _("Quite")), ("4", _("Very much"))]
WEIGHED = {
    "experience": _("Somebody who has been through what I have"),
    "availability": _("Somebody who is free when I am"),
    "goals": _("Somebody who hopes for what I hope for"),
    "identity": _("Somebody like me in who they are"),
    "further_along": _("Somebody further along the way"),
}
READ_BEFORE = _("Supporters you ask, and those who may offer if you let them: without your name.")


class AskForm(KindForm):
    agrees_to_matching = forms.BooleanField(
        label=_("Yes, use what I share here to find somebody who fits"),
        help_text=_("You can take this back at any time. Then we stop looking."),
    )


class WordsForm(KindForm):
    words = LongText(
        label=_("What would you like somebody to know before they say yes?"),
        help_text=_("One sentence is enough. Leave out your name and where you live."),
        required=False,
        max_length=1500,
        who_sees=READ_BEFORE,
    )


class OwnWordsForm(KindForm):
    """One thing in the person's own words, and who may read it."""

    text = LongText(label="", required=False, max_length=4000)
    audience = forms.ChoiceField(
        label=_("Who may see it?"),
        help_text=_(
            '"The person I talk with" includes supporters who consider meeting you, without your name.'
        ),
        choices=Audience,
        widget=forms.RadioSelect,
        initial=Audience.SUPPORTER,
    )

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label


class TopicsForm(KindForm):
    topics = forms.MultipleChoiceField(
        label=_("What have you been through?"),
        help_text=_("Tick what you want somebody to know about, or to have been through too."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    audience = forms.ChoiceField(
        label=_("Who may see what you tick now?"),
        help_text=_("What you ticked before keeps the answer you gave then."),
        choices=[each for each in Audience.choices if each[0] != Audience.NOBODY],
        widget=forms.RadioSelect,
        initial=Audience.MATCHING,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = choices_of(ItemKind.EXPERIENCE)  # type: ignore[attr-defined]


class KeyTopicsForm(KindForm):
    key_topics = forms.MultipleChoiceField(
        label=_("Which of these matter most to share with somebody?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, mine: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(choices_of(ItemKind.EXPERIENCE))
        self.fields["key_topics"].choices = [  # type: ignore[attr-defined]
            (key, known[key]) for key in mine if key in known
        ]


class WeightsForm(KindForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for reason, words in WEIGHED.items():
            self.fields[reason] = forms.ChoiceField(
                label=words, choices=WEIGHTS, required=False, widget=forms.RadioSelect
            )

    @staticmethod
    def starting_from(wishes: Wishes) -> dict[str, str]:
        return {reason: str(weight) for reason, weight in wishes.weights.items()}

    @property
    def weights(self) -> dict[str, int]:
        return {reason: int(said) for reason, said in self.cleaned_data.items() if said}


class TalkingForm(KindForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages you would like to talk in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    modes = forms.MultipleChoiceField(
        label=_("How would you like to talk?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    accepts = forms.MultipleChoiceField(
        label=_("With whom could you talk?"),
        help_text=_("Leave all open for everybody."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stage = forms.ChoiceField(
        label=_("Where are you on your own way?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        identity = dict(choices_of(ItemKind.IDENTITY))
        choices = {
            "languages": list(topics.LANGUAGES.labels.items()),
            "modes": [(key, gettext(words)) for key, words in topics.CONTACT_MODES.labels.items()],
            "accepts": [(key, identity[key]) for key in ("woman", "man", "non_binary")],
            "stage": [("", _("I would rather not say"))]
            + [(key, gettext(words)) for key, words in topics.STAGES.labels.items()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]


class HoursForm(KindForm):
    hours = forms.MultipleChoiceField(label=_("When would be good?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours"].choices = [(key, key) for key in WEEK.keys]  # type: ignore[attr-defined]


class PassingForm(KindForm):
    """Why somebody else is asked before the one who waits longest."""

    reason = forms.ChoiceField(
        label=_("Why this person first?"), choices=PassingReason, widget=forms.RadioSelect
    )
    why = LongText(
        label=_("In your words"),
        max_length=600,
        rows=3,
        who_sees=_("Coordinators; and the person who waits longer, in what they download about themselves."),
    )

    @property
    def passing(self) -> Passing:
        return Passing(PassingReason(self.cleaned_data["reason"]), self.cleaned_data["why"])


class ValuesForm(KindForm):
    values_first = forms.ChoiceField(
        label=_("When there are not enough places, what comes first?"),
        choices=[
            (
                "waiting_order",
                _("Who has waited longest; then all matches together fit best. A few people get a poor fit."),
            ),
            (
                "worst_off",
                _(
                    "Who has waited longest; then nobody fits far worse than others. All together fit a little less."
                ),
            ),
            (
                "fit",
                _(
                    "Who has waited over 90 days, then who fits best. Others may be overtaken by people who came later."
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )


class LevelForm(KindForm):
    level = forms.IntegerField(
        label=_("Level of training they need beside them (0 for none)"), min_value=0, max_value=9
    )
