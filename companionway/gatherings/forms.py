"""What people may type in a meeting. Every word typed comes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.ui.forms import KindForm, LongText, ShortText

SEAT, QUIET = "seat", "quiet"


def what_is_wrong(form: KindForm) -> str:
    """Every refusal in one line, for an answer to a script."""
    return " ".join(str(each) for errors in form.errors.values() for each in errors)


class DoorForm(KindForm):
    name = ShortText(
        label=_("What may people call you here?"),
        help_text=_("A first name, any name you like, or nothing. It is for this meeting only."),
        max_length=40,
        required=False,
    )
    sits = forms.ChoiceField(
        label=_("Where would you like to sit?"),
        choices=[
            (SEAT, _("On a seat: I may share, and I may always pass")),
            (QUIET, _("On a quiet seat: I only listen. Those who hold the meeting know, nobody else")),
        ],
        widget=forms.RadioSelect,
        initial=SEAT,
    )
    is_new = forms.BooleanField(
        label=_("This is my first time here"),
        help_text=_("Those who hold the meeting can then say hello to you."),
        required=False,
    )

    def __init__(self, *args: Any, has_quiet_seats: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_quiet_seats:
            del self.fields["sits"]


class ShareForm(KindForm):
    text = LongText(label=_("What would you like to share?"), max_length=3000, rows=4)
    note = ShortText(
        label=_("Is something in it heavy?"),
        help_text=_("A word or two that people read before they open it. You can leave this empty."),
        max_length=80,
        required=False,
    )
    client_id = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)


class PauseForm(KindForm):
    reason = ShortText(label=_("Why do we pause?"), help_text=_("Everybody reads this."), max_length=200)


class MuteForm(KindForm):
    reason = ShortText(
        label=_("Why do you ask them not to write for now?"),
        help_text=_("A kind sentence. They read it, and whoever holds this meeting with you; nobody else."),
        max_length=200,
    )


class HandOverForm(KindForm):
    words = LongText(
        label=_("What should the next who hold it know?"),
        help_text=_("About the evening: what helped, what was hard, what to look after. Please name nobody."),
        who_sees=_("Those who hold this meeting, now and next."),
        max_length=3000,
        rows=6,
    )


class OutsideForm(KindForm):
    words = LongText(
        label=_("What did you find, and where?"),
        help_text=_("Please name nobody you only suspect. You need not say who you are."),
        who_sees=_("Those who hold these meetings. They do not learn who wrote it."),
        max_length=2000,
        rows=5,
    )


class CountForm(KindForm):
    count = forms.IntegerField(label=_("How many people came?"), min_value=0, max_value=500)


class ArrivalForm(KindForm):
    """`came_at` and `client_id` come from a device that kept them while it had no network."""

    name = ShortText(label=_("Your name, or any name you like"), max_length=40, required=False)
    client_id = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    came_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, asks_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = asks_name
