"""What people may type about groups. Every word typed comes back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.groups.models import Group
from companionway.groups.services import Says, says_of
from companionway.groups.states import MOST_DAYS_BY_GROUP, MOST_PAUSE_DAYS, Kind, ProposalKind
from companionway.meetings.forms import SeriesForm
from companionway.meetings.models import Series
from companionway.people.group_rules import GroupRules
from companionway.people.models import Programme
from companionway.ui.forms import KindForm, LongText, ShortText

EVERYBODY_HERE = _("Everybody in the programme, before anybody joins.")
THE_GROUP = _("Everybody of this group.")
# Nobody is chosen before somebody chose them.
NOBODY_YET = ("", _("Please choose"))


def lines_of(words: str) -> list[str]:
    return [each.strip() for each in words.split("\n") if each.strip()]


class GroupForm(KindForm):
    """What a group says of itself."""

    name = ShortText(label=_("What is the group called?"), help_text=_("Without health words, if you can."))
    about = LongText(label=_("What is it like?"), required=False, max_length=2000, who_sees=EVERYBODY_HERE)
    kind = forms.ChoiceField(label=_("What kind of group?"), widget=forms.RadioSelect)
    level = forms.ChoiceField(label=_("How does it see itself?"), required=False)
    age_band = forms.ChoiceField(label=_("For whom?"), widget=forms.RadioSelect)
    capacity = forms.IntegerField(
        label=_("How many places?"), required=False, min_value=1, max_value=1000,
        help_text=_("Leave it empty where everybody finds room."),
    )  # fmt: skip
    is_listed = forms.BooleanField(label=_("It stands in the list of groups"), required=False, initial=True)
    shows_before = forms.BooleanField(
        label=_("Whoever comes to the space reads what was written before they came"), required=False
    )

    def __init__(
        self, *args: Any, programme: Programme, rules: GroupRules, group: Group | None = None, **kwargs: Any
    ) -> None:
        if group is not None:
            kwargs.setdefault("initial", asdict(says_of(group)))
        super().__init__(*args, **kwargs)
        labels = {"adult": _("Adults"), "young": _("Young people")}
        choices: dict[str, list[tuple[str, Any]]] = {
            "kind": [(each, Kind(each).label) for each in rules.kinds],
            "level": [("", _("Nothing of this")), *rules.levels.items()],
            "age_band": [(each, labels.get(each, each)) for each in programme.takes],
        }
        for name, given in choices.items():
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = given
        if not rules.levels:
            del self.fields["level"]
        if group is not None:
            # People came for these: they stay.
            for name in ("kind", "age_band"):
                self.fields[name].widget = forms.HiddenInput()

    def says(self) -> Says:
        return Says(**{**self.cleaned_data, "level": self.cleaned_data.get("level", "")})


class MeetsForm(SeriesForm):
    """What is said of meetings of a group. Who finds them follows from the group."""

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, programme=group.programme, **kwargs)
        del self.fields["is_closed"]
        if group.has_list:
            del self.fields["is_public"]


class ChooseForm(KindForm):
    series = forms.ChoiceField(label=_("Which meetings?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, free: list[Series], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._free = {each.public_id: each for each in free}
        series = self.fields["series"]
        assert isinstance(series, forms.ChoiceField)
        series.choices = [(key, each.name) for key, each in self._free.items()]

    @property
    def has_free(self) -> bool:
        return bool(self._free)

    @property
    def chosen(self) -> Series:
        return self._free[self.cleaned_data["series"]]


class AgreementForm(KindForm):
    sentences = LongText(
        label=_("What we agree"), help_text=_("One sentence on each line."), rows=8, who_sees=THE_GROUP
    )


class ProposalForm(KindForm):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(each.value, each.label) for each in (ProposalKind.MOTION, ProposalKind.PIN)],
        widget=forms.RadioSelect,
    )
    words = LongText(label=_("What do you propose?"), max_length=1000, who_sees=THE_GROUP)


class PollForm(KindForm):
    question = ShortText(label=_("What would you like to ask?"), max_length=200)
    options = LongText(
        label=_("Answers to choose from"), rows=4, max_length=800, who_sees=THE_GROUP,
        help_text=_("One on each line, two to eight of them."),
    )  # fmt: skip


class PinForm(KindForm):
    words = LongText(
        label=_("What should stand at the head of the space?"), max_length=1000, who_sees=THE_GROUP
    )


class PauseForm(KindForm):
    person = forms.ChoiceField(label=_("Who?"), help_text=_("Only people who wrote there are listed."))
    days = forms.IntegerField(label=_("For how many days?"), min_value=1, max_value=MOST_PAUSE_DAYS)
    reason = LongText(
        label=_("Why?"), max_length=1000, rows=4, who_sees=_("The person it is about, and you."),
        help_text=_("About what happened, not about what kind of person they are."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ChoiceField)
        person.choices = [NOBODY_YET, *people]


class LeavingOutForm(KindForm):
    """What one who holds the group puts to it; whom it is about stands in no line that the group reads."""

    person = forms.ChoiceField(label=_("Who?"), help_text=_("Only people who had a pause here are listed."))
    sentence = forms.ChoiceField(
        label=_("Which sentence of the agreement is it about?"), help_text=_("The group reads this, and no name."),
        widget=forms.RadioSelect,
    )  # fmt: skip
    days = forms.IntegerField(label=_("For how many days?"), min_value=1, max_value=MOST_DAYS_BY_GROUP)
    reason = LongText(
        label=_("Why?"), max_length=1000, rows=4, who_sees=_("The person it is about, and you."),
        help_text=_("About what happened, not about what kind of person they are."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], sentences: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, given in (
            ("person", [NOBODY_YET, *people]),
            ("sentence", [(each, each) for each in sentences]),
        ):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = given


class OwnWordsForm(KindForm):
    """What somebody says to the group about themselves, without their name beside it."""

    words = LongText(
        label=_("What would you like the group to know?"), max_length=1000, rows=4, who_sees=THE_GROUP,
        help_text=_("Your name does not stand beside it."),
    )  # fmt: skip


class TalkForm(KindForm):
    to = forms.ChoiceField(label=_("Whom would you like to ask?"), widget=forms.RadioSelect)
    words = LongText(
        label=_("What is it about?"), max_length=1000, rows=4, who_sees=_("The one you ask, and you.")
    )

    def __init__(self, *args: Any, holders: list[tuple[str, str]], read_by_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields["words"]
        if read_by_all and isinstance(words, LongText):
            words.who_sees = _("You, and everybody who holds the group. No adult reads it alone.")
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = holders


class TalkOfThreeForm(KindForm):
    """Whom a talk of three is between. `holders` empty: whoever asks holds the group and names both."""

    one = forms.ChoiceField(label=_("Between whom?"))
    third = forms.ChoiceField(label=_("Who should be there with you?"), widget=forms.RadioSelect)
    other = forms.ChoiceField(
        label=_("And whom?"), help_text=_("Only people who wrote in the space are listed.")
    )

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], holders: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if holders:
            del self.fields["one"]
            self.fields["other"].label = _("With whom would you like to talk?")
        else:
            del self.fields["third"]
        for name, given in (
            ("one", [NOBODY_YET, *people]),
            ("third", holders),
            ("other", [NOBODY_YET, *people]),
        ):
            if isinstance(chosen := self.fields.get(name), forms.ChoiceField):
                chosen.choices = given

    @property
    def chosen(self) -> tuple[str, str, str]:
        """Names of the third, the one and the other; empty for whoever asks."""
        said = self.cleaned_data
        return said.get("third", ""), said.get("one", ""), said["other"]


class TreeForm(KindForm):
    reached_by = ShortText(
        label=_("How can they reach you?"),
        help_text=_("A telephone number, or another way. Read by those who stand on the phone tree too."),
        max_length=200,
    )


class PositionForm(KindForm):
    name = ShortText(label=_("The name they use here"))
    role = forms.ChoiceField(label=_("Which position?"))

    def __init__(self, *args: Any, rules: GroupRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(each.key, each.label) for each in rules.roles]
