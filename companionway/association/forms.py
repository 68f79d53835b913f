"""What people may type about minutes. Every word typed comes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.association.queries import Entry
from companionway.association.services import Said
from companionway.ui.forms import KindForm, LongText

EVERY_MEMBER = _("The officers now; every member when two have signed. Nobody outside.")
NOBODYS_LIFE = _("Of the association's affairs only. Never what anybody said about their own life.")


class BeginForm(KindForm):
    held_on = forms.DateField(
        label=_("On which day was the meeting?"), widget=forms.DateInput(attrs={"type": "date"})
    )


class MinutesForm(KindForm):
    """Decisions and elections are not here: they are taken over."""

    present = forms.IntegerField(
        label=_("How many members were there?"), required=False, min_value=0, max_value=32000,
        help_text=_("A number only. Nobody writes down who it was."),
    )  # fmt: skip
    opening = LongText(
        label=_("Opening and order of the day"), required=False, rows=3, who_sees=EVERY_MEMBER,
        help_text=NOBODYS_LIFE,
    )  # fmt: skip
    reports = LongText(
        label=_("Reports of the officers"), required=False, rows=6, who_sees=EVERY_MEMBER,
        help_text=NOBODYS_LIFE,
    )  # fmt: skip
    other = LongText(
        label=_("What else there was, and what somebody will do"), required=False, rows=6,
        who_sees=EVERY_MEMBER, help_text=NOBODYS_LIFE,
    )  # fmt: skip
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, counts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not counts:
            del self.fields["present"]

    def said(self) -> Said:
        given = {key: value for key, value in self.cleaned_data.items() if key != "edition"}
        return Said(**given)


class SignersForm(KindForm):
    """The two officers, or two members whom the meeting chose."""

    OFFICERS, MEMBERS = "officers", "members"
    who = forms.ChoiceField(
        label=_("Who signs?"),
        choices=[
            (OFFICERS, _("The secretary and the chair")),
            (MEMBERS, _("Two members whom the meeting chose")),
        ],
        widget=forms.RadioSelect,
        initial=OFFICERS,
    )
    first = forms.ChoiceField(label=_("The first member"), required=False)
    second = forms.ChoiceField(label=_("The second member"), required=False)

    def __init__(self, *args: Any, entries: list[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ids = {each.public_id: each.person_id for each in entries if each.votes}
        names = [("", _("Nobody yet")), *((each.public_id, each.name) for each in entries if each.votes)]
        for key in ("first", "second"):
            chosen = self.fields[key]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = names

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("who") == self.MEMBERS:
            for key in ("first", "second"):
                if not said.get(key):
                    self.add_error(key, _("Please choose one of the members."))
        return said

    def members(self) -> tuple[int, ...]:
        said = self.cleaned_data
        if said["who"] != self.MEMBERS:
            return ()
        return self._ids[said["first"]], self._ids[said["second"]]


class CorrectForm(KindForm):
    approved_by = forms.ChoiceField(
        label=_("Which decision of a later meeting approved the correction?"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, approvals: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["approved_by"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(approvals.items())
