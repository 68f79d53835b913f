"""Names, passphrases and codes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companionway.people import names, queries
from companionway.people.models import Programme, Purpose
from companionway.ui.forms import KindForm, ShortText

LEAST_PASSPHRASE = 10
# Longer ones are welcome in life, but hashing a book is how a server is kept busy.
MOST_PASSPHRASE = 256


def _shared() -> forms.BooleanField:
    return forms.BooleanField(
        label=gettext_lazy("Other people use this device"),
        help_text=gettext_lazy(
            "You are signed out after ten minutes without doing anything, and nothing stays on this device."
        ),
        required=False,
    )


class NameForm(KindForm):
    name = ShortText(
        label=gettext_lazy("What shall we call you?"),
        help_text=gettext_lazy("Any name you like. It need not be yours. People you talk with will see it."),
        max_length=60,
    )
    suggestions: list[str] = []

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if not names.has_letters(name):
            raise ValidationError(_("Please use at least one letter, so that others can say your name."))
        if names.sounds_official(name, queries.service_name()):
            self.suggestions = queries.free_names_like("")
            raise ValidationError(_("This could be taken for the team's name. Please choose another one."))
        if not queries.is_name_free(name):
            self.suggestions = queries.free_names_like(name)
            raise ValidationError(_("Somebody here has this name, or one that looks just like it."))
        return name


class AgeForm(KindForm):
    age = forms.ChoiceField(
        label=gettext_lazy("How old are you?"),
        help_text=gettext_lazy("We ask so that young people and adults are not brought together in private."),
        choices=[
            ("under", gettext_lazy("Under 16")),
            ("young", gettext_lazy("16 or 17")),
            ("adult", gettext_lazy("18 or older")),
        ],
        widget=forms.RadioSelect,
    )


class ProgrammeChoiceForm(KindForm):
    programme = forms.ChoiceField(
        label=gettext_lazy("What would you like to be part of?"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, programmes: list[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.public_id, each.name) for each in programmes]


class ConsentForm(KindForm):
    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("What may we do?"),
        help_text=gettext_lazy("Each one is yours to choose, and you can take it back at any time."),
        choices=[
            (purpose, purpose.label)
            for purpose in Purpose
            if purpose not in (Purpose.CONTACT_EMAIL, Purpose.CONTACT_PUSH)
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class PassphraseForm(KindForm):
    """A new passphrase, twice. Never a rule about signs; three or four words do best."""

    new = forms.CharField(
        label=gettext_lazy("Choose a passphrase"),
        help_text=gettext_lazy(
            "At least 10 characters. Three or four words that only you would put together do well."
        ),
        widget=forms.PasswordInput,
        strip=False,
        min_length=LEAST_PASSPHRASE,
        max_length=MOST_PASSPHRASE,
    )
    again = forms.CharField(
        label=gettext_lazy("The same once more"),
        widget=forms.PasswordInput,
        strip=False,
        max_length=MOST_PASSPHRASE,
    )

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_new(self) -> str:
        chosen = str(self.cleaned_data["new"])
        try:
            CommonPasswordValidator().validate(chosen)
        except ValidationError as common:
            raise ValidationError(
                _("Many people use this one, so it is easy to guess. Please add a word.")
            ) from common
        own = names.folded(self.name)
        if own and names.folded(chosen).replace(own, "").strip(" 0123456789") == "":
            raise ValidationError(_("This is your name, which others know. Please choose something else."))
        return chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "new" in data and "again" in data and data["new"] != data["again"]:
            self.add_error("again", _("This is not the same as the first. Please write both once more."))
        return data


class NewPassphraseForm(PassphraseForm):
    """Changing it asks for the present one, so that an open screen is not enough."""

    now = forms.CharField(
        label=gettext_lazy("Your present passphrase"),
        widget=forms.PasswordInput,
        strip=False,
        max_length=MOST_PASSPHRASE,
    )
    field_order = ["now", "new", "again"]

    def __init__(self, *args: Any, asks_present: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_present:
            del self.fields["now"]


class SignInForm(KindForm):
    name = ShortText(
        label=gettext_lazy("Your name here"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase"), widget=forms.PasswordInput, strip=False, max_length=MOST_PASSPHRASE
    )
    shared = _shared()


class WayBackForm(KindForm):
    name = ShortText(label=gettext_lazy("Your name here"), max_length=80)
    code = ShortText(
        label=gettext_lazy("The seven words on your sheet"),
        help_text=gettext_lazy("Capital letters and dashes do not matter."),
        max_length=200,
    )
    shared = _shared()


class OneTimeCodeForm(PassphraseForm):
    code = ShortText(label=gettext_lazy("The seven words you were given"), max_length=200)
    shared = _shared()
    field_order = ["code", "new", "again"]


class SixDigitsForm(KindForm):
    code = ShortText(
        label=gettext_lazy("The six digits your app shows now"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
