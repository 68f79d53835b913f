"""What a practice model says about groups and their meetings: `[groups]` in its file, one shape for every tradition.

A tradition without `[groups]` has none. The record policy (who came, how many, who belongs) stands with the others in
`practice_models.RecordPolicy`, where the database keeps it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import get_language

from companionway.people import practice_models
from companionway.people.group_schema import KINDS, MORE_SWITCHES, PARTS, RULES, SHARES, problems_of
from companionway.people.practice_models import HasModel

__all__ = [
    "KINDS",
    "PARTS",
    "RULES",
    "SHARES",
    "Format",
    "GroupRole",
    "GroupRules",
    "Part",
    "problems_of",
    "read",
]

# What the database keeps for every room: the key in a tradition's file -> the programme's column.
COLUMNS: Final = {
    "read_first": "reads_first",
    "hides_place": "hides_place",
    "adults_apart": "keeps_adults_apart",
    "no_staff_space": "has_no_staff_space",
    "both_sign": "has_two_signatures",
    "easy_read_first": "puts_easy_words_first",
    "smallest_number": "smallest_number",
}


@dataclass(frozen=True, slots=True)
class GroupRole:
    """One service position in a group. `rotates_after_days` 0: as long as they wish."""

    key: str
    label: str
    holds_frame: bool
    rotates_after_days: int
    # Chosen by a vote of the members (an officer), not by whoever arranges the meetings.
    elected: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a meeting. `share_seconds` 0: nobody is timed."""

    kind: str
    title: str
    words: str
    minutes: int
    role: str
    share_seconds: int
    may_pass: bool
    cross_talk: bool


@dataclass(frozen=True, slots=True)
class Format:
    """How a meeting goes, from the welcome to the close."""

    key: str
    name: str
    parts: tuple[Part, ...]

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)


@dataclass(frozen=True, slots=True)
class GroupRules:
    """What groups of one tradition are like, in the words of one language."""

    kinds: tuple[str, ...]
    decides_by: str
    roles: tuple[GroupRole, ...]
    facilitators_needed: int
    quiet_seat: bool
    shares: str
    has_space: bool
    waiting_list: bool
    # Whatever is written waits until somebody has read it.
    read_first: bool
    # Neither the place nor the town is shown to anybody who was not let in.
    hides_place: bool
    # Numbers of people below this are never shown; 0 shows every number.
    smallest_number: int
    easy_read_first: bool
    interpreters: bool
    named_co_facilitator: bool
    # What a group may say of itself, such as the level of a charter; empty where there is none.
    levels: Mapping[str, str]
    # The sentences a new group's agreement begins with, until the group changes them.
    agreement: tuple[str, ...]
    # What somebody new is told, minute by minute, before they come.
    what_happens: tuple[str, ...]
    formats: tuple[Format, ...]
    # What a group, a meeting and somebody new are called here: group, groups, meeting, newcomer.
    words: Mapping[str, str] = field(default_factory=dict)
    # What a fork of this tradition cannot switch off.
    always: tuple[str, ...] = ()
    # Why what is written is kept a day, where this tradition keeps neither notes nor who came.
    kept_because: str = ""
    # The age bands these groups are for; empty: as the programme says.
    ages: tuple[str, ...] = ()
    # Nothing can be written from ... until (local clock times such as "21:00"); both empty: there are no quiet hours.
    quiet_from: str = ""
    quiet_until: str = ""
    # No private messages between adults and minors.
    adults_apart: bool = False
    # What nobody is ever asked and no page has a field for, such as "country" or "status".
    never_asked: tuple[str, ...] = ()
    # Whoever was away is back the moment they come, however long it was; nothing is asked.
    reentry: bool = False
    # What is written about a person is written with them and stands only when both have signed.
    both_sign: bool = False
    # Everybody sees what is kept of their own coming.
    sees_attendance: bool = False
    # No room and no conversation that only staff can enter.
    no_staff_space: bool = False
    # The parts of a meeting come in the order that was announced; nothing is put in between.
    predictable: bool = False
    # Members bring motions, vote, elect officers; minutes are written and shown to every member.
    has_motions: bool = False
    keeps_minutes: bool = False
    # The group itself decides, by its own rule and without names, that somebody stays away; elsewhere the team does.
    leaves_out_itself: bool = False
    # How many of the members a decision needs, in hundredths of the register; 0: whoever is there.
    quorum_percent: int = 0
    # Of a clubhouse: the units of its day, and the kinds of work outside, by key.
    units: Mapping[str, str] = field(default_factory=dict)
    placements: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, programme: HasModel) -> GroupRules | None:
        """The programme's own copy in the language of the page; None where this tradition has no groups.

        A gap is filled from the shipped file, and what the tradition says is always so stays so in every copy.
        """
        return read(data_of(programme), get_language() or "en")

    def format_of(self, key: str) -> Format:
        """The format with this key, or the first: a group goes on when its format was taken out of the file."""
        return next((each for each in self.formats if each.key == key), self.formats[0])

    def role_of(self, key: str) -> GroupRole | None:
        return next((each for each in self.roles if each.key == key), None)


def data_of(programme: HasModel) -> dict[str, Any]:
    """The plain data of a programme's `[groups]`; empty where its tradition has no groups."""
    own = (programme.model_data or {}).get("groups") or {}
    said = {**practice_models.shipped_groups(programme.practice_model), **own}
    return {**said, **_held_against(said, programme)} if said else {}


def _held_against(said: Mapping[str, Any], programme: HasModel) -> dict[str, Any]:
    held = held_in(programme)
    return {
        key: said[key] if is_as_strict(key, said.get(key), value) else value for key, value in held.items()
    }


def is_as_strict(key: str, here: Any, held: Any) -> bool:
    """Whether what a fork says gives up nothing that is held: the same, or a number of people that hides more."""
    if key == "smallest_number":
        return isinstance(here, int) and here >= held
    return bool(here == held)


def records_of(programme: Any) -> dict[str, bool]:
    """The record policy as the programme's own columns say it: never more than its practice model keeps."""
    return {key: getattr(programme, practice_models.column_of(key)) for key in practice_models.RECORD_KEYS}


def held_in(programme: HasModel) -> dict[str, Any]:
    """What no fork of this programme's tradition can change, as the shipped file says it.

    Where minors may join, somebody reads first, whatever the tradition. Source: domain.md, fact 11.
    """
    shipped = practice_models.shipped_groups(programme.practice_model)
    held = {key: shipped[key] for key in ("always", *shipped.get("always", ())) if key in shipped}
    return held | MINORS if "young" in getattr(programme, "age_bands", ()) else held


def columns_of(groups: Mapping[str, Any]) -> dict[str, Any]:
    """The programme's columns as `[groups]` says them, for the database to keep."""
    return {column: groups.get(key, _NOTHING[key]) for key, column in COLUMNS.items()}


MINORS: Final = {"read_first": True, "adults_apart": True}
_NOTHING: Final = {key: 0 if key == "smallest_number" else False for key in COLUMNS}


def read(data: Any, language: str) -> GroupRules | None:
    """`[groups]` of a checked file. What a language does not say is English."""
    if not data:
        return None
    said = {**data, **data.get("in", {}).get(language.split("-")[0], {})}
    labels, titles = said.get("role_labels", {}), said.get("format_names", {})
    return GroupRules(
        kinds=tuple(data["kinds"]),
        decides_by=data["decides_by"],
        roles=tuple(
            GroupRole(
                key=each["key"],
                label=labels.get(each["key"], each["label"]),
                holds_frame=each.get("holds_frame", False),
                rotates_after_days=each.get("rotates_after_days", 0),
                elected=each.get("elected", False),
            )
            for each in data["roles"]
        ),
        facilitators_needed=data["facilitators_needed"],
        quiet_seat=data["quiet_seat"],
        shares=data["shares"],
        has_space=data["has_space"],
        waiting_list=data["waiting_list"],
        read_first=data["read_first"],
        hides_place=data["hides_place"],
        smallest_number=data["smallest_number"],
        easy_read_first=data["easy_read_first"],
        interpreters=data["interpreters"],
        named_co_facilitator=data["named_co_facilitator"],
        levels={**data.get("levels", {}), **said.get("level_labels", {})},
        agreement=tuple(said["agreement"]),
        what_happens=tuple(said["what_happens"]),
        formats=tuple(
            Format(
                key=each["key"],
                name=titles.get(each["key"], each["name"]),
                parts=tuple(_part(part) for part in _parts_of(each, said)),
            )
            for each in data["formats"]
        ),
        words={**data.get("words", {}), **said.get("words", {})},
        always=tuple(data.get("always", ())),
        kept_because=said.get("kept_because", ""),
        ages=tuple(data.get("ages", ())),
        never_asked=tuple(data.get("never_asked", ())),
        units={**data.get("units", {}), **said.get("unit_labels", {})},
        placements={**data.get("placements", {}), **said.get("placement_labels", {})},
        quorum_percent=data.get("quorum_percent", 0),
        quiet_from=data.get("quiet_from", ""),
        quiet_until=data.get("quiet_until", ""),
        **{key: data.get(key, False) for key in MORE_SWITCHES},
    )


def _parts_of(form: Mapping[str, Any], said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts, with titles and words of the language where the file has them: `format_parts.KEY` in order."""
    spoken = said.get("format_parts", {}).get(form["key"], [])
    return [
        {**part, **(spoken[place] if place < len(spoken) else {})} for place, part in enumerate(form["parts"])
    ]


def _part(data: Mapping[str, Any]) -> Part:
    return Part(
        kind=data["kind"],
        title=data["title"],
        words=data.get("words", ""),
        minutes=data["minutes"],
        role=data.get("role", ""),
        share_seconds=data.get("share_seconds", 0),
        may_pass=data.get("may_pass", True),
        cross_talk=data.get("cross_talk", False),
    )
