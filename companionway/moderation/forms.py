"""What people may type here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from companionway.moderation import policy
from companionway.moderation.services import Said
from companionway.moderation.states import TIMED, Finding, Outcome
from companionway.people.models import Person
from companionway.safety.states import Reason
from companionway.ui.forms import KindForm, LongText

ANSWER = _(
    "Thank you for telling us. We have read it and done what we think is right. To be fair to everybody, we do not say"
    " more about somebody else."
)


class DecideForm(KindForm):
    outcome = forms.ChoiceField(
        label=_("What do you decide?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    days = forms.IntegerField(
        label=_("If a pause, or staying away from a group: for how many days?"),
        min_value=1,
        max_value=365,
        required=False,
    )
    takes_away = forms.BooleanField(
        label=_("Take the message away as well"),
        help_text=_(
            "Both read that the team took one away, and nobody there reads its words. An appeal can bring it back."
        ),
        required=False,
    )
    is_everywhere = forms.BooleanField(label=_("In the whole organisation, not only here"), required=False)
    reason = forms.ChoiceField(label=_("Why"), choices=Reason.choices)
    facts = LongText(
        label=_("What happened, as far as you know"),
        help_text=_("Facts, in plain words. Leave out who told, and whatever would show it."),
        who_sees=_("The person it is about, whoever reads it second, and a panel if they appeal."),
        max_length=3000,
    )
    was_noticed = forms.BooleanField(label=_("A computer's noticing of words played a part"), required=False)
    holds_meanwhile = forms.BooleanField(
        label=_("Keep them out, or away from the group, for up to seven days while a second person reads it"),
        required=False,
    )

    def __init__(
        self, *args: Any, has_reporter: bool, has_message: bool, groups: QuerySet[Any, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        outcome: Any = self.fields["outcome"]
        if groups.exists():
            group: Any = forms.ModelChoiceField(
                groups, label=_("If it is one group: which?"), to_field_name="public_id", required=False
            )
            group.label_from_instance = lambda each: each.name
            self.fields["group"] = group
            self.order_fields(["outcome", "group"])
        else:
            outcome.choices = [each for each in outcome.choices if each[0] != Outcome.LEFT_OUT]
        if not has_message:
            del self.fields["takes_away"]
            outcome.choices = [each for each in outcome.choices if each[0] != Outcome.REMOVAL]
        if has_reporter:
            self.fields["answer"] = LongText(
                label=_("What the person who told us reads"),
                initial=ANSWER,
                required=False,
                max_length=2000,
                who_sees=_("The person who reported this."),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") in TIMED and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Please say for how many days."))
        if (
            cleaned.get("outcome") == Outcome.LEFT_OUT
            and not cleaned.get("group")
            and "group" not in self.errors
        ):
            self.add_error("group", _("Please say which group they stay away from."))
        if cleaned.get("outcome") == Outcome.NOTHING and cleaned.get("takes_away"):
            self.add_error("takes_away", _("Where nothing wrong was found, the message stays."))
        return cleaned

    @property
    def said(self) -> Said:
        facts = dict(self.cleaned_data)
        facts["outcome"] = Outcome(facts["outcome"])
        if facts["outcome"] not in TIMED:
            facts["days"] = None
        if facts["outcome"] != Outcome.LEFT_OUT:
            facts["group"] = None
        return Said(**facts)


class BackForm(KindForm):
    words = LongText(
        label=_("Why not like this?"), max_length=2000, rows=3, who_sees=_("Whoever wrote the decision.")
    )


class AppealForm(KindForm):
    words = LongText(
        label=_("What should the panel know?"),
        help_text=_("In your own words. A few are enough, and spelling does not matter."),
        who_sees=_("The three people on the panel. Not whoever decided."),
        rows=8,
    )


class ViewForm(KindForm):
    finding = forms.ChoiceField(
        label=_("What do you think?"), choices=Finding.choices, widget=forms.RadioSelect
    )
    days = forms.IntegerField(
        label=_("If it should end sooner: in how many days?"), min_value=0, max_value=365, required=False
    )
    words = LongText(
        label=_("Why"),
        max_length=3000,
        who_sees=_("The person who appealed, without your name beside it, and nobody else."),
    )

    def __init__(self, *args: Any, outcome: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if outcome == Outcome.REMOVAL:
            # A message is away or it is there: there is no sooner.
            del self.fields["days"]
            finding: Any = self.fields["finding"]
            finding.choices = [each for each in Finding.choices if each[0] != Finding.CHANGED]


class NamesForm(KindForm):
    """Two names that may be one person's."""

    one = forms.ModelChoiceField(Person.objects.none(), label=_("One name"), to_field_name="public_id")
    other = forms.ModelChoiceField(
        Person.objects.none(), label=_("The other name"), to_field_name="public_id"
    )

    def __init__(self, *args: Any, actor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = policy.people_named_by(actor).order_by("name", "pk")
        for key in ("one", "other"):
            field: Any = self.fields[key]
            field.queryset, field.label_from_instance = people, lambda person: person.name
