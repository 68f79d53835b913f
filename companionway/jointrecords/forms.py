"""What the two may type. Every word typed comes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from companionway.clubhouse.fields import SomebodyField
from companionway.jointrecords.states import RecordKind
from companionway.people.models import Person
from companionway.ui.forms import KindForm, LongText


class AskRecordForm(KindForm):
    """Who writes with me; for a record about somebody else, who it is about."""

    other = SomebodyField(
        Person.objects.none(), label=_("With whom?"), empty_label=None, to_field_name="public_id"
    )
    about = forms.ChoiceField(
        label=_("About whom?"),
        choices=[("me", _("About me")), ("them", _("About them"))],
        initial="me",
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=RecordKind.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, others: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others  # type: ignore[attr-defined]


class RecordForm(KindForm):
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)
    words = LongText(
        label=_("What shall stand here?"),
        who_sees=_("The two of you, and nobody else."),
        max_length=6000,
        rows=8,
    )

    def look_again(self, number: int) -> None:
        self.data = {**{name: self.data.get(name) for name in self.data}, "after": str(number)}
