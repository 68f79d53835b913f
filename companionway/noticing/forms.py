"""What those on call may type."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.noticing.services import MOST_REASON
from companionway.noticing.states import Deed
from companionway.ui.forms import KindForm, LongText


class AnswerForm(KindForm):
    """Which deed, and why (asked for where nothing is done). `up_to` is the newest that was on the page."""

    deed = forms.ChoiceField(choices=Deed.choices, widget=forms.HiddenInput)
    reason = LongText(
        label=_("In a few words"),
        required=False,
        max_length=MOST_REASON,
        rows=2,
        who_sees=_("Those on call read this. It is kept sealed."),
    )
    up_to = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class SwitchForm(KindForm):
    is_on = forms.BooleanField(required=False)
