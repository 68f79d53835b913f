"""What people may choose about notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.notices.choices import Choices
from companionway.notices.states import Channel, Kind
from companionway.ui.forms import KindForm


class EmailForm(KindForm):
    address = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_(
            "Used only to tell you that something waits. The e-mail never says what, from whom, or where."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ChoicesForm(KindForm):
    """Which kinds come by which way, and whether once a day is enough."""

    email = forms.MultipleChoiceField(
        label=_("By e-mail"), required=False, widget=forms.CheckboxSelectMultiple
    )
    push = forms.MultipleChoiceField(
        label=_("On my devices"), required=False, widget=forms.CheckboxSelectMultiple
    )
    once_a_day = forms.BooleanField(label=_("At most once a day, in the evening"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[Kind], chosen: Choices, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "once_a_day": chosen.once_a_day,
            **{
                channel: [kind for kind in kinds if chosen.wants(kind, channel)]
                for channel in ("email", "push")
            },
        }
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for channel in ("email", "push"):
            self.fields[channel].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]

    def off(self) -> dict[str, frozenset[str]]:
        """What was left out, per channel."""
        every = frozenset(kind.value for kind in self.kinds)
        return {
            Channel.EMAIL.value: every - set(self.cleaned_data["email"]),
            Channel.PUSH.value: every - set(self.cleaned_data["push"]),
        }


class DeviceForm(KindForm):
    """What a browser's script sends when its owner agreed."""

    endpoint = forms.CharField(max_length=2000)
    p256dh = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=40)
