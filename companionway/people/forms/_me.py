"""What a person says about themselves and what they need."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companionway.people import needs, topics
from companionway.people.models import Audience
from companionway.ui.forms import KindForm, LongText, ShortText
from companionway.ui.times import time_zones

NOT_CHOSEN = ""


class ItemForm(KindForm):
    """Own words, and who may see them."""

    text = LongText(label=gettext_lazy("In your own words"), rows=6)
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may see this?"), choices=Audience.choices, widget=forms.RadioSelect
    )


def _audiences() -> list[tuple[str, str]]:
    return [(NOT_CHOSEN, _("Not mine")), *((key, str(words)) for key, words in Audience.choices)]


class TopicsForm(KindForm):
    """Each topic of one kind: not mine, or mine with its audience."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audiences = _audiences()
        for key, words in topics.choices_of(kind):
            self.fields[key] = forms.ChoiceField(label=words, choices=audiences, required=False)

    @property
    def chosen(self) -> dict[str, str]:
        return {key: audience for key, audience in self.cleaned_data.items() if audience}


class NeedsForm(KindForm):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages I like to talk in"),
        choices=needs.languages,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    modes = forms.MultipleChoiceField(
        label=gettext_lazy("Ways I like to talk"),
        choices=needs.modes,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    never = forms.MultipleChoiceField(
        label=gettext_lazy("Please never"),
        help_text=gettext_lazy("Nobody here will do this, whatever happens."),
        choices=needs.never,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    access = forms.MultipleChoiceField(
        label=gettext_lazy("What I need to take part"),
        choices=needs.access,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    safe_times = ShortText(
        label=gettext_lazy("Times when it is safe to write to me"),
        help_text=gettext_lazy("For example: weekdays after 7 pm. Leave it empty if any time is fine."),
        max_length=200,
        required=False,
    )
    words = LongText(
        label=gettext_lazy("Anything else"),
        who_sees=gettext_lazy("The person you talk with, once you both said yes. Nobody else."),
        max_length=1000,
        required=False,
    )


class PreferencesForm(KindForm):
    pronouns = ShortText(label=gettext_lazy("Pronouns"), max_length=40, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the pages"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=time_zones)
    quiet_from = forms.TimeField(
        label=gettext_lazy("Quiet from"),
        help_text=gettext_lazy("Nothing rings in these hours. Messages still arrive. For example 22:00."),
        required=False,
    )
    quiet_until = forms.TimeField(label=gettext_lazy("Quiet until"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and (data.get("quiet_from") is None) != (data.get("quiet_until") is None):
            self.add_error("quiet_until", _("Please give both times, or leave both empty."))
        return data


class DeleteForm(KindForm):
    word = ShortText(label=gettext_lazy("Write the word"), max_length=40)

    @staticmethod
    def wanted() -> str:
        return _("delete everything")

    def clean_word(self) -> str:
        if str(self.cleaned_data["word"]).casefold() != self.wanted().casefold():
            raise ValidationError(
                _("Nothing was deleted. To go on, please write: %(word)s") % {"word": self.wanted()}
            )
        return self.wanted()
