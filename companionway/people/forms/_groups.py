"""Saying otherwise how groups of a programme are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companionway.people import group_forks, group_schema
from companionway.people.group_rules import GroupRole, GroupRules, Part
from companionway.people.group_titles import KINDS, PART_KINDS, RECORDS, RULES, SHARES, TITLES
from companionway.ui.forms import KindForm, LongText, ShortText, be_kind

_GROUP_WORDS = {
    "group": gettext_lazy("A group: one"),
    "groups": gettext_lazy("Groups: several"),
    "meeting": gettext_lazy("A meeting"),
    "newcomer": gettext_lazy("Somebody who comes for the first time"),
}
MOST_LINES, LONGEST_LINE = 30, 400


class GroupPlainForm(KindForm):
    """Switches and numbers that the tradition leaves open; what it holds for always has no field."""

    def __init__(self, *args: Any, rules: GroupRules, held: Mapping[str, Any], **kwargs: Any) -> None:
        first = {key: getattr(rules, key) for key in group_forks.PLAIN}
        super().__init__(*args, initial=first, **kwargs)
        self.fields["decides_by"] = forms.ChoiceField(
            label=TITLES["decides_by"], choices=list(RULES.items()), widget=forms.RadioSelect
        )
        for key, least, most in (
            ("facilitators_needed", 1, 9),
            ("smallest_number", 0, 100),
            ("quorum_percent", 0, 100),
        ):
            self.fields[key] = forms.IntegerField(label=TITLES[key], min_value=least, max_value=most)
        for key in (
            *group_schema.SWITCHES,
            "predictable",
            "has_motions",
            "keeps_minutes",
            "leaves_out_itself",
        ):
            self.fields[key] = forms.BooleanField(label=TITLES[key], required=False)
        for key in [key for key in self.fields if key in held and key != "smallest_number"]:
            del self.fields[key]
        if "smallest_number" in held:
            self.fields["smallest_number"] = forms.IntegerField(
                label=TITLES["smallest_number"],
                help_text=_("It can hide more than the practice model does, and not less."),
                min_value=held["smallest_number"],
                max_value=100,
            )
        for field in self.fields.values():
            be_kind(field)


class GroupLessForm(KindForm):
    """Less than the practice model, never more: fewer kinds, words that pass, records kept no more."""

    def __init__(
        self, *args: Any, rules: GroupRules, shipped: Mapping[str, Any], kept: list[str], **kwargs: Any
    ):
        first = {"kinds": list(rules.kinds), "shares": rules.shares, "kept_because": rules.kept_because}
        super().__init__(*args, initial=first, **kwargs)
        self.fields["kinds"] = forms.MultipleChoiceField(
            label=TITLES["kinds"],
            help_text=_("Groups that are there already go on as they are."),
            choices=[(key, KINDS[key]) for key in shipped["kinds"]],
            widget=forms.CheckboxSelectMultiple,
        )
        if shipped["shares"] == "kept":
            self.fields["shares"] = forms.ChoiceField(
                label=TITLES["shares"], choices=list(SHARES.items()), widget=forms.RadioSelect
            )
            self.fields["kept_because"] = LongText(
                label=TITLES["kept_because"],
                help_text=_("Needed where it is kept for a day, and neither notes nor who came are."),
                required=False,
                max_length=LONGEST_LINE,
                rows=3,
                who_sees=_("Everybody at the door of a meeting."),
            )
        self.fields["no_more"] = forms.MultipleChoiceField(
            label=_("Keep no more from now on"),
            help_text=_(
                "This cannot be taken back: people come because of it. What is kept already goes when its time is over."
            ),
            choices=[(key, RECORDS[key]) for key in kept],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        if not kept:
            del self.fields["no_more"]
        for field in self.fields.values():
            be_kind(field)

    @property
    def said(self) -> dict[str, Any]:
        given = {key: value for key, value in self.cleaned_data.items() if key != "no_more"}
        # A reason left empty is none: whether one is needed, the rules say.
        return {key: value for key, value in given.items() if value or key != "kept_because"}


class GroupSentencesForm(KindForm):
    """What a new group's agreement begins with, and what somebody new is told: a sentence on each line."""

    agreement = LongText(
        label=TITLES["agreement"],
        help_text=gettext_lazy("A sentence on each line. Each group changes them by its own decision."),
        max_length=6000,
        rows=8,
        who_sees=gettext_lazy("Everybody who looks at this service."),
    )
    what_happens = LongText(
        label=TITLES["what_happens"],
        help_text=gettext_lazy("One thing after the other, a line for each."),
        max_length=6000,
        rows=8,
        who_sees=gettext_lazy("Everybody who looks at this service."),
    )

    def __init__(self, *args: Any, rules: GroupRules, **kwargs: Any) -> None:
        first = {key: "\n".join(getattr(rules, key)) for key in group_schema.LISTS}
        super().__init__(*args, initial=first, **kwargs)

    def clean_agreement(self) -> list[str]:
        return _lines(self.cleaned_data["agreement"])

    def clean_what_happens(self) -> list[str]:
        return _lines(self.cleaned_data["what_happens"])


class GroupWordsForm(KindForm):
    """What a group, a meeting and so on are called, and the names of levels, units and kinds of work."""

    def __init__(self, *args: Any, rules: GroupRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for table in ("words", *group_schema.LABELS):
            for key, word in getattr(rules, table).items():
                label = _GROUP_WORDS[key] if table == "words" else TITLES[table]
                self.fields[f"{table}-{key}"] = field = ShortText(
                    label=label, initial=word, max_length=60 if table == "words" else 200
                )
                be_kind(field)

    @property
    def said(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, word in self.cleaned_data.items():
            table, key = name.split("-", 1)
            found.setdefault(table, {})[key] = word
        return found


class GroupRoleForm(KindForm):
    """One service position; an empty name takes it away, and in the last one adds nothing."""

    label = ShortText(label=gettext_lazy("Name of the role"), max_length=60, required=False)
    holds_frame = forms.BooleanField(label=gettext_lazy("Opens, pauses and closes meetings"), required=False)
    rotates_after_days = forms.IntegerField(
        label=gettext_lazy("After how many days somebody else takes it"),
        help_text=gettext_lazy("0: as long as they wish."),
        min_value=0,
        max_value=3660,
        initial=0,
    )

    def __init__(self, *args: Any, role: GroupRole | None = None, **kwargs: Any) -> None:
        self.key = role.key if role else ""
        names = ("label", "holds_frame", "rotates_after_days")
        first = {name: getattr(role, name) for name in names} if role else {}
        super().__init__(*args, initial=first, **kwargs)


class FormatForm(KindForm):
    name = ShortText(label=gettext_lazy("Name of the format"), max_length=80)


class PartForm(KindForm):
    """One part of a meeting; an empty title takes it away, and in the last one adds nothing."""

    title = ShortText(label=gettext_lazy("Title"), max_length=80, required=False)
    words = LongText(
        label=gettext_lazy("What is said"),
        max_length=1000,
        required=False,
        rows=3,
        who_sees=gettext_lazy("Everybody in the meeting."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(PART_KINDS.items()), initial="topic")
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=480, initial=10)
    role = forms.ChoiceField(label=gettext_lazy("Who leads it"), required=False)
    share_seconds = forms.IntegerField(
        label=gettext_lazy("Seconds for each person who shares"),
        help_text=gettext_lazy("0: nobody is timed."),
        min_value=0,
        max_value=3600,
        initial=0,
    )
    may_pass = forms.BooleanField(label=gettext_lazy("People may pass"), required=False, initial=True)
    cross_talk = forms.BooleanField(label=gettext_lazy("People may answer each other"), required=False)

    def __init__(
        self, *args: Any, rules: GroupRules, part: Part | None = None, place: int | None = None, **kwargs: Any
    ) -> None:
        self.place = place
        names = ("title", "words", "kind", "minutes", "role", "share_seconds", "may_pass", "cross_talk")
        first = {name: getattr(part, name) for name in names} if part else {}
        super().__init__(*args, initial=first, **kwargs)
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("nobody in particular")),
                *((role.key, role.label) for role in rules.roles),
            ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        seconds, minutes = data.get("share_seconds"), data.get("minutes")
        if data.get("title") and seconds and minutes and seconds > minutes * 60:
            self.add_error("share_seconds", _("A share cannot be longer than the whole part."))
        return data


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        raise ValidationError(_("Please keep to thirty lines, each of no more than 400 characters."))
    return lines
