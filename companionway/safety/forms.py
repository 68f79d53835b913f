"""What people may type here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from companionway.people.models import Person, Programme, RoleHeld
from companionway.safety import countries, policy
from companionway.safety.models import LineKind
from companionway.safety.states import Reason
from companionway.ui.forms import KindForm, LongText, ShortText


class ReportForm(KindForm):
    reason = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[("", _("I would rather not say")), *Reason.choices],
        required=False,
    )
    words = LongText(
        label=_("What happened?"),
        help_text=_("In your own words. A few are enough."),
        who_sees=_("The people who answer reports here. Not the person it is about."),
    )


class AnswerForm(KindForm):
    words = LongText(
        label=_("Your answer"),
        help_text=_("Say what you have done, and what happens next."),
        who_sees=_("The person who reported this."),
    )


def _people_in(programme: Programme) -> QuerySet[Person]:
    held = RoleHeld.objects.filter(programme=programme, until_at=None)
    return Person.objects.here().filter(pk__in=held.values("person")).order_by("name", "pk")


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody by name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.pronouns})" if obj.pronouns else str(obj.name)


class WishForm(KindForm):
    """A member's own words about somebody they must never meet here."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Where"), empty_label=None)
    words = LongText(
        label=_("Who should you never be introduced to?"),
        help_text=_("A name, or how we could recognise the person. You need not say why."),
        max_length=2000,
    )

    def __init__(self, *args: Any, actor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        field.queryset = policy.programmes_asked_in(actor).order_by("name")  # type: ignore[attr-defined]
        field.label_from_instance = lambda programme: programme.name  # type: ignore[attr-defined]
        if field.queryset.count() == 1:  # type: ignore[attr-defined]
            field.widget = forms.HiddenInput()
            field.initial = field.queryset.get().pk  # type: ignore[attr-defined]


class PairForm(KindForm):
    """Two people of a programme who must never be brought together."""

    one = PersonChoice(Person.objects.none(), label=_("One person"))
    other = PersonChoice(Person.objects.none(), label=_("The other person"))
    words = LongText(
        label=_("Why"),
        required=False,
        max_length=2000,
        help_text=_("Facts, shortly. Neither of the two is told."),
        who_sees=_("Coordinators of this programme."),
    )

    def __init__(self, *args: Any, programme: Programme, actor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = _people_in(programme).exclude(pk=actor.pk)
        for key in ("one", "other"):
            self.fields[key].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("one") and cleaned.get("one") == cleaned.get("other"):
            self.add_error("other", _("Please choose two different people."))
        return cleaned


class SettleForm(KindForm):
    """Whom a member meant."""

    other = PersonChoice(
        Person.objects.none(), label=_("Who is meant"), required=False, empty_label=_("Nobody who is here")
    )

    def __init__(self, *args: Any, programme: Programme, apart_from: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = _people_in(programme).exclude(pk=apart_from.pk)
        self.fields["other"].queryset = people  # type: ignore[attr-defined]


class LineForm(KindForm):
    """A number for the Help now page, as the operator's own page gives it."""

    country = forms.ChoiceField(choices=sorted(countries.NAMES.items()), label=_("Country"))
    kind = forms.ChoiceField(choices=LineKind.choices, label=_("What it is for"))
    name = ShortText(label=_("Name of the service"))
    number = ShortText(label=_("Number to call"), required=False, max_length=60)
    text_number = ShortText(label=_("How to send a text message"), required=False, max_length=80)
    chat_url = forms.URLField(
        label=_("Address of the chat"), required=False, max_length=300, assume_scheme="https"
    )
    hours = ShortText(label=_("When somebody answers"), required=False)
    languages = ShortText(label=_("Languages"), required=False)
    audience = ShortText(label=_("For whom"), required=False)
    cost = ShortText(label=_("What it costs"), required=False)
    appears_on_bill = forms.TypedChoiceField(
        label=_("Does the call appear on the telephone bill?"),
        choices=(("", _("Nobody knows")), ("no", _("No")), ("yes", _("Yes"))),
        coerce={"": None, "no": False, "yes": True}.get,
        empty_value=None,
        required=False,
    )
    operator_url = forms.URLField(
        label=_("The operator's own page, where you read this"), max_length=300, assume_scheme="https"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(key) for key in ("number", "text_number", "chat_url")):
            self.add_error("number", _("Please give a number, a text number or a chat."))
        return cleaned


class CheckForm(KindForm):
    read_it = forms.BooleanField(
        label=_("I have read the operator's own page today, and all of this agrees with it.")
    )
