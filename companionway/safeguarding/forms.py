"""What people may type here. The first form is for somebody frightened, at night, on an old telephone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.people.models import Person, Programme
from companionway.safeguarding import policy, profiles
from companionway.safeguarding.opening import Decision, Told
from companionway.safeguarding.states import READING_REASONS, Category, Part
from companionway.ui.forms import KindForm, LongText, ShortText

ONLY_LEADS = _("The safeguarding leads named above. Nobody else, not even coordinators.")
YES_NO = (("no", _("No")), ("yes", _("Yes")))
ME, HERE, ELSE = "me", "here", "else"


class Names(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class Name(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class TellForm(KindForm):
    is_immediate = forms.ChoiceField(
        choices=YES_NO, widget=forms.RadioSelect, label=_("Is somebody in danger at this moment?")
    )
    facts = LongText(
        label=_("What happened, or what worries you?"),
        help_text=_("As you would say it. You need not be sure, and it need not be tidy."),
        who_sees=ONLY_LEADS,
    )
    quote = LongText(
        label=_("Words as they were said"),
        required=False,
        rows=3,
        help_text=_("If somebody said something you remember, write it just as they said it."),
    )
    about = forms.ChoiceField(widget=forms.RadioSelect, label=_("Who is it about?"))
    who = ShortText(
        label=_("How could we recognise the person?"),
        required=False,
        max_length=300,
        help_text=_("A name, or a few words: my neighbour's son, about six."),
    )
    category = forms.ChoiceField(choices=Category.choices, label=_("What is it about?"), initial="unsure")
    informed = ShortText(label=_("Who knows already?"), required=False, max_length=300)
    away = Names(
        Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label=_("Somebody of the team who must not see this"),
        help_text=_("Because it is about them, or they are close to who it is about. They are not told."),
    )

    def __init__(self, *args: Any, actor: Person, programme: Programme, here: Person | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.actor, self.here = actor, here
        whom: list[tuple[str, Any]] = [(ELSE, _("Somebody else")), (ME, _("Me"))]
        if here is not None:
            whom.insert(0, (HERE, here.name))
        self.fields["about"].choices = whom  # type: ignore[attr-defined]
        self.fields["about"].initial = whom[0][0]
        team = policy.team_of(programme).exclude(pk=actor.pk)
        self.fields["away"].queryset = team  # type: ignore[attr-defined]

    def deed(self) -> dict[str, Any]:
        """What the service takes. Only of a valid form."""
        given = self.cleaned_data
        about = {ME: self.actor, HERE: self.here}.get(given["about"])
        described = given["who"] or (about.name if about else "")
        told = Told(
            category=given["category"],
            facts=given["facts"],
            is_immediate=given["is_immediate"] == "yes",
            quote=given["quote"],
            who=described,
            informed=given["informed"],
        )
        return {"told": told, "about": about, "away": list(given["away"])}


class ReasonForm(KindForm):
    """Why a lead opens what somebody else wrote."""

    reason_key = forms.ChoiceField(
        choices=READING_REASONS.items, widget=forms.RadioSelect, label=_("Why do you open it?")
    )
    words = ShortText(
        label=_("More about it"),
        required=False,
        max_length=300,
        help_text=_("Kept with the record. The person who wrote it is shown only the reason above."),
    )


class WordsForm(KindForm):
    words = LongText(label=_("Words"))

    def deed(self) -> dict[str, Any]:
        return {"words": self.cleaned_data["words"]}


class MoreForm(WordsForm):
    words = LongText(
        label=_("What you want to add"),
        help_text=_("What stands cannot be changed. If something in it was wrong, say so here."),
        who_sees=_("The safeguarding leads."),
    )


class AnswerForm(WordsForm):
    words = LongText(
        label=_("Your answer"),
        help_text=_(
            "What you do now, and when they hear from you again. No more about others than they need."
        ),
        who_sees=_("The person who told it, and the safeguarding leads."),
    )


class CloseForm(WordsForm):
    words = LongText(label=_("How it ended"), who_sees=_("The safeguarding leads."))


class WhyForm(WordsForm):
    words = LongText(label=_("Why"), who_sees=_("The safeguarding leads."), rows=3)


class DecisionForm(KindForm):
    decision = LongText(label=_("What was decided"), rows=3)
    why = LongText(label=_("Why"), rows=3)
    told = LongText(
        label=_("Who was told, and what"), rows=2, help_text=_("Nobody is an answer, too: then write that.")
    )
    person_told = LongText(label=_("What the person was told"), required=False, rows=3)
    why_not = LongText(
        label=_("If they were not told: why not"),
        required=False,
        rows=2,
        who_sees=_("The safeguarding leads."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("person_told") and not cleaned.get("why_not"):
            self.add_error(
                "person_told", _("Please say what the person was told, or below why they were not.")
            )
        return cleaned

    def deed(self) -> dict[str, Any]:
        return {"decision": Decision(**self.cleaned_data)}


class KeepFromForm(KindForm):
    person = Name(Person.objects.none(), label=_("Who"))
    part = forms.ChoiceField(choices=Part.choices, widget=forms.RadioSelect, label=_("Why"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def deed(self) -> dict[str, Any]:
        return {"person": self.cleaned_data["person"], "part": Part(self.cleaned_data["part"])}


class HandOutForm(KindForm):
    to_whom = ShortText(
        label=_("For whom"), help_text=_("The authority, and the name there."), max_length=200
    )
    reason = LongText(label=_("Why they may have it"), rows=3)


class ArrangementForm(KindForm):
    countries = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, required=False, label=_("Whose duties hold for us")
    )
    outside_name = ShortText(
        label=_("Contact outside our organisation"),
        required=False,
        help_text=_("Shown to who tells something when fewer than two leads are here."),
    )
    outside_reach = ShortText(label=_("How to reach them"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(key, profile.name) for key, profile in profiles.available().items()]
        self.fields["countries"].choices = named  # type: ignore[attr-defined]
