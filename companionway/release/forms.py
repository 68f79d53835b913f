"""What people may type here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from companionway.conversations.words import NOTE_LENGTH
from companionway.ui.forms import KindForm, LongText, ShortText


class ReplyForm(KindForm):
    """A reply that waits, or one written anew."""

    text = LongText(
        label=_("Your words"),
        max_length=settings.MESSAGE_MAX_LENGTH,
        rows=6,
        who_sees=_("You and your mentors, until it is sent."),
    )
    note = ShortText(label=_("Content note"), max_length=NOTE_LENGTH, required=False)
    client_id = forms.CharField(required=False, widget=forms.HiddenInput)


class DecideForm(KindForm):
    """Carries the number of the words the mentor had before their eyes."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)


class SendBackForm(DecideForm):
    words = LongText(
        label=_("What was good, and what could be said otherwise?"),
        max_length=3000,
        rows=5,
        who_sees=_("The supporter who wrote it, and the other mentors."),
    )
    could_harm = forms.BooleanField(
        label=_("This could have hurt somebody: read all of their replies again for now"), required=False
    )


class BesideForm(KindForm):
    words = LongText(
        label=_("What would you like to say?"),
        max_length=3000,
        rows=4,
        help_text=_("Please do not copy what was written in the conversation: point to it."),
        who_sees=_("The supporter who learns, and the mentors."),
    )
    quoted_id = forms.TypedChoiceField(
        label=_("Point to a message"), required=False, coerce=int, empty_value=None, choices=()
    )

    def __init__(self, *args: Any, quotable: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quoted_id"].choices = [("", _("No message")), *quotable]  # type: ignore[attr-defined]


class BeginForm(KindForm):
    who = forms.ChoiceField(label=_("Who begins to learn?"), choices=())

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = people  # type: ignore[attr-defined]
