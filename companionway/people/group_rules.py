"""What a practice model says about groups and their meetings: `[groups]` in its file, one shape for every tradition.

A tradition without `[groups]` has none. The record policy (who came, how many, who belongs) stands with the others in
`practice_models.RecordPolicy`, where the database keeps it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language

from companionway.people.practice_models import HasModel

# open: whoever has the experience; closed: who was let in; drop_in: whoever comes, no list; cohort: one run together.
KINDS: Final = ("open", "closed", "drop_in", "cohort")
# How a group changes its own agreement: see `reasoning.deciding`.
RULES: Final = ("conscience", "consensus", "majority", "two_thirds")
# passing: what is written in a meeting's room is gone when it closes. kept: a day longer, so that it can be reported.
SHARES: Final = ("passing", "kept")
PARTS: Final = ("welcome", "reading", "round", "silence", "topic", "reflection", "business", "break", "close")


@dataclass(frozen=True, slots=True)
class GroupRole:
    """One service position in a group. `rotates_after_days` 0: as long as they wish."""

    key: str
    label: str
    holds_frame: bool
    rotates_after_days: int


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

    @classmethod
    def of(cls, programme: HasModel) -> GroupRules | None:
        """The programme's own copy in the language of the page; None where this tradition has no groups."""
        return read((programme.model_data or {}).get("groups"), get_language() or "en")

    def format_of(self, key: str) -> Format:
        """The format with this key, or the first: a group goes on when its format was taken out of the file."""
        return next((each for each in self.formats if each.key == key), self.formats[0])

    def role_of(self, key: str) -> GroupRole | None:
        return next((each for each in self.roles if each.key == key), None)


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
