"""The samples on the gallery page. Made-up people; nothing here comes from the database."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companionway.ui.forms import KindForm, LongText, ShortText

PAGES = {name: f"ui/gallery/{name}.html" for name in ("home", "talk", "question", "answers")}


class SampleForm(KindForm):
    """One field of every kind."""

    name = ShortText(
        label=_("What shall we call you?"), help_text=_("Any name you like. You can change it later.")
    )
    story = LongText(
        label=_("What is going on for you?"),
        help_text=_("In your own words. A few are enough."),
        who_sees=_("Only you and Sam can read this."),
        required=False,
    )
    day = forms.ChoiceField(
        label=_("How is today?"),
        choices=[("hard", _("Hard")), ("low", _("Low")), ("okay", _("Okay")), ("good", _("Good"))],
        widget=forms.RadioSelect,
        required=False,
    )
    ways = forms.MultipleChoiceField(
        label=_("How would you like to talk?"),
        choices=[("text", _("Text chat")), ("voice", _("A call")), ("walk", _("A walk together"))],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("fr", "Français")])
    passphrase = forms.CharField(label=_("Passphrase"), widget=forms.PasswordInput)
    agree = forms.BooleanField(label=_("I have read how long my words are kept."))


def samples() -> dict[str, Any]:
    """Everything the gallery template shows. The second form has been sent empty, to show its answers."""
    now = timezone.now()
    return {
        "clean": SampleForm(auto_id="clean_%s"),
        "wrong": SampleForm({"name": "", "story": "a" * 5001, "language": "xx"}, auto_id="wrong_%s"),
        "moment": now,
        "earlier": now - timedelta(days=1, hours=3),
        "pages": Paginator(range(50), 10).page(2),
        "words": [_("hearing voices"), _("bereavement"), _("new parent")],
    }
