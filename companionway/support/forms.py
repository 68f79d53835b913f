"""What people may type here. Refusals are sentences, and every word typed comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.people.practice_models import Prompt
from companionway.support.states import CheckAnswer, LookReason, Spacing
from companionway.ui.forms import KindForm, LongText

BOTH_SEE = _("Both of you can read this, and nobody else.")
NOTE_SEEN_BY = _(
    "Both of you can read this. Somebody of the team only with a reason that you are both shown."
)
ONLY_I = _("Only you can read this until it is given.")


class Numbered(KindForm):
    """Carries the number of the version its writer had before their eyes."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)

    def look_again(self, newest: int) -> None:
        """A newer version exists and is shown now: the words stay, and sending once more is meant."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "after": str(newest)}


class AgreementForm(Numbered):
    """One box per question of the practice model."""

    def __init__(self, *args: Any, prompts: Iterable[Prompt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for prompt in prompts:
            self.fields[f"p_{prompt['key']}"] = LongText(
                label=prompt["question"], help_text=prompt["hint"], required=False, max_length=2000, rows=3
            )

    @staticmethod
    def starting_from(words: Mapping[str, str], newest: int) -> dict[str, Any]:
        return {"after": newest, **{f"p_{key}": text for key, text in words.items()}}

    @property
    def words(self) -> dict[str, str]:
        return {
            name.removeprefix("p_"): text for name, text in self.cleaned_data.items() if name.startswith("p_")
        }


class NoteForm(Numbered):
    words = LongText(label=_("Your words"), who_sees=NOTE_SEEN_BY, max_length=5000)


class PauseForm(KindForm):
    words = LongText(
        label=_("A few words for the other"), required=False, max_length=1000, rows=3, who_sees=BOTH_SEE
    )
    until = forms.DateField(
        label=_("Until about"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class EndingForm(KindForm):
    last_meeting_on = forms.DateField(
        label=_("The day of the last meeting"),
        help_text=_("You can leave this open for now."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    spacing = forms.ChoiceField(
        label=_("Until then we meet"), choices=Spacing, required=False, widget=forms.RadioSelect
    )


class EndForm(KindForm):
    """The kinds are the practice model's own; leaving it open is fine."""

    kind = forms.ChoiceField(
        label=_("How would you call this ending?"),
        help_text=_("You can leave this open. Both of you see the answer."),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kinds:
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        else:
            del self.fields["kind"]


class SomeoneElseForm(KindForm):
    never_again = forms.BooleanField(
        label=_("Please never bring the two of us together again"),
        help_text=_("The other is not told about this."),
        required=False,
    )


class LetterForm(Numbered):
    words = LongText(label=_("Your letter"), who_sees=ONLY_I, max_length=8000, rows=10)
    is_ready = forms.BooleanField(
        label=_("It is ready to be given"),
        help_text=_(
            "It is given when both letters are ready, or at the last meeting. Until then you can change it."
        ),
        required=False,
    )


class CheckForm(KindForm):
    answer = forms.ChoiceField(label=_("What would you like?"), choices=CheckAnswer, widget=forms.RadioSelect)


class LookForm(KindForm):
    reason_key = forms.ChoiceField(label=_("The reason"), choices=LookReason, widget=forms.RadioSelect)
    words = LongText(
        label=_("In a sentence"),
        max_length=500,
        rows=3,
        who_sees=_("Both people are shown your name and these words."),
    )
