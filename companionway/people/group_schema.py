"""What `[groups]` of a practice model's file may say: its keys, and every way in which it can contradict itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext_noop as _

# open: whoever has the experience; closed: who was let in; drop_in: whoever comes, no list; cohort: one run together.
KINDS: Final = ("open", "closed", "drop_in", "cohort")
# How a group changes its own agreement: see `reasoning.deciding`.
RULES: Final = ("conscience", "consensus", "majority", "two_thirds")
# passing: what is written in a meeting's room is gone when it closes. kept: a day longer, so that it can be reported.
SHARES: Final = ("passing", "kept")
PARTS: Final = ("welcome", "reading", "round", "silence", "topic", "reflection", "business", "break", "close")
GROUP_WORDS: Final = ("group", "groups", "meeting", "newcomer")

SWITCHES: Final = (
    "quiet_seat", "has_space", "waiting_list", "read_first", "hides_place", "easy_read_first", "interpreters",
    "named_co_facilitator",
)  # fmt: skip
# What a practice model can say is never asked of anybody; `group_titles.NEVER_ASKED` has the words.
NEVER_ASKED: Final = (
    "address", "assessment", "attendance", "case_number", "contact", "country", "diagnosis", "history", "last_name",
    "location", "measures", "notes", "photo", "recording", "referral", "risk", "route", "school", "status",
)  # fmt: skip
MORE_SWITCHES: Final = (
    "adults_apart", "reentry", "both_sign", "sees_attendance", "no_staff_space", "predictable", "has_motions",
    "keeps_minutes", "leaves_out_itself",
)  # fmt: skip
NUMBERS: Final = ("facilitators_needed", "smallest_number")
LISTS: Final = ("agreement", "what_happens")
LABELS: Final = ("levels", "units", "placements")
NEEDED: Final = ("kinds", "decides_by", "shares", "roles", "formats", "words", *SWITCHES, *NUMBERS, *LISTS)
MAY_SAY: Final = (
    "always", "in", "kept_because", "ages", "quiet_from", "quiet_until", "never_asked", "quorum_percent",
    *MORE_SWITCHES, *LABELS,
)  # fmt: skip
_IN: Final = {
    "words", "role_labels", "level_labels", "unit_labels", "placement_labels", "format_names", "format_parts",
    "kept_because", *LISTS,
}  # fmt: skip
_PART: Final = {"kind", "title", "words", "minutes", "role", "share_seconds", "may_pass", "cross_talk"}
_ROLE: Final = {"key", "label", "holds_frame", "rotates_after_days", "elected"}
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def problems_of(data: Mapping[str, Any]) -> list[str]:
    """One plain sentence per problem in `[groups]` of a whole file; empty where it has none or none is wrong."""
    if "groups" not in data:
        return []
    groups = data["groups"]
    if not isinstance(groups, dict):
        return ["[groups] must be a table: what groups of this tradition are like."]
    found = [f'[groups] needs "{key}".' for key in NEEDED if key not in groups]
    unknown = sorted(set(groups) - set(NEEDED) - set(MAY_SAY))
    found += [f'[groups] has "{key}", which nothing uses.' for key in unknown]
    found += _misshapen(groups)
    if found:
        return found
    said = [*_roles_wrong(groups), *_formats_wrong(groups)]
    if said:
        return said
    return [*_contradictions(groups, data.get("records") or {}), *_translations_wrong(groups)]


def _misshapen(groups: Mapping[str, Any]) -> Iterator[str]:
    for key in (*SWITCHES, *MORE_SWITCHES):
        if not isinstance(groups.get(key, False), bool):
            yield f'[groups] "{key}" must be true or false.'
    for key in (*NUMBERS, "quorum_percent"):
        if not _is_number(groups.get(key, 0), 0, 100):
            yield f'[groups] "{key}" must be a number from 0 to 100.'
    for key in LISTS:
        if key in groups and not _are_texts(groups[key]):
            yield f'[groups] "{key}" must be a list of sentences.'
    for key, known in (("kinds", KINDS), ("ages", ("young", "adult")), ("never_asked", NEVER_ASKED)):
        if key in groups and (not _are_texts(groups[key]) or set(groups[key]) - set(known)):
            yield f'[groups] "{key}" must name at least one of {", ".join(known)}.'
    for key, known in (("decides_by", RULES), ("shares", SHARES)):
        if key in groups and groups[key] not in known:
            yield f'[groups] "{key}" must be one of {", ".join(known)}.'
    if "always" in groups and not _are_texts(groups["always"]):
        yield '[groups] "always" must be a list of keys.'
    if "kept_because" in groups and not _is_text(groups["kept_because"]):
        yield '[groups] "kept_because" must be a sentence.'
    for key in (*LABELS, "words"):
        labels = groups.get(key, {})
        if not isinstance(labels, dict) or not all(map(_is_text, labels.values())):
            yield f'[groups] "{key}" must be a table of words.'
        elif key == "words" and "words" in groups:
            yield from (f'[groups.words] needs "{word}".' for word in GROUP_WORDS if word not in labels)
            for word in sorted(set(labels) - set(GROUP_WORDS)):
                yield f'[groups.words] has "{word}", which nothing uses.'
    for key in ("quiet_from", "quiet_until"):
        if key in groups and not (_is_text(groups[key]) and _CLOCK.fullmatch(groups[key])):
            yield f'[groups] "{key}" must be a time like "21:00".'


def _roles_wrong(groups: Mapping[str, Any]) -> Iterator[str]:
    roles = groups["roles"]
    if not isinstance(roles, list) or not roles or not all(isinstance(each, dict) for each in roles):
        yield "[[groups.roles]] must name at least one role."
        return
    for place, role in enumerate(roles, 1):
        if not _is_text(role.get("key")) or not _is_text(role.get("label")):
            yield f"Role {place} of the groups needs a key and a label."
        for key in sorted(set(role) - _ROLE):
            yield f'Role {place} of the groups has "{key}", which nothing uses.'
        for key in ("holds_frame", "elected"):
            if not isinstance(role.get(key, False), bool):
                yield f'Role {place} of the groups: "{key}" must be true or false.'
        if not _is_number(role.get("rotates_after_days", 0), 0, 3660):
            yield f'Role {place} of the groups: "rotates_after_days" must be a number of days.'
    if len({str(role.get("key")) for role in roles}) < len(roles):
        yield "Two roles of the groups have the same key."
    if not any(role.get("holds_frame") is True for role in roles):
        yield "Nobody holds the frame: give one role of the groups holds_frame = true."


def _formats_wrong(groups: Mapping[str, Any]) -> Iterator[str]:
    formats = groups["formats"]
    if not isinstance(formats, list) or not formats or not all(isinstance(each, dict) for each in formats):
        yield "[[groups.formats]] must have at least one meeting format."
        return
    roles = {str(role.get("key")) for role in groups["roles"] if isinstance(role, dict)}
    for place, form in enumerate(formats, 1):
        if not _is_text(form.get("key")) or not _is_text(form.get("name")):
            yield f"Format {place} needs a key and a name."
        for key in sorted(set(form) - {"key", "name", "parts"}):
            yield f'Format {place} has "{key}", which nothing uses.'
        parts = form.get("parts")
        if not isinstance(parts, list) or not parts or not all(isinstance(each, dict) for each in parts):
            yield f"Format {place} needs parts, from the welcome to the close."
            continue
        for number, part in enumerate(parts, 1):
            for wrong in _part_wrong(part, roles):
                yield f"Part {number} of format {place} {wrong}"
    if len({str(form.get("key")) for form in formats}) < len(formats):
        yield "Two formats have the same key."


def _part_wrong(part: Mapping[str, Any], roles: set[str]) -> Iterator[str]:
    for key in sorted(set(part) - _PART):
        yield f'has "{key}", which nothing uses.'
    if part.get("kind") not in PARTS:
        yield f"needs a kind: one of {', '.join(PARTS)}."
    if not _is_text(part.get("title")):
        yield "needs a title."
    if not isinstance(part.get("words", ""), str):
        yield "has words that are no sentence."
    if part.get("role", "") and part["role"] not in roles:
        yield f'names the role "{part["role"]}", which this tradition does not have.'
    for key in ("may_pass", "cross_talk"):
        if not isinstance(part.get(key, False), bool):
            yield f'says something else than true or false for "{key}".'
    seconds = part.get("share_seconds", 0)
    if not _is_number(part.get("minutes"), 1, 480):
        yield "needs minutes, a number from 1 to 480."
    elif not _is_number(seconds, 0, 3600) or seconds > part["minutes"] * 60:
        yield "has a share that is longer than the part itself."


def _contradictions(groups: Mapping[str, Any], records: Mapping[str, Any]) -> Iterator[str]:
    """What cannot both be true. Sources: domain.md 1.2 and 1.3; the rest is plain logic."""
    minors, kinds = "young" in groups.get("ages", ()), groups["kinds"]
    no_list = records.get("register") is False
    keeps_less = records.get("attendance") is False or records.get("notes") is False
    held = {key for key in groups.get("always", ()) if groups.get(key)}
    for wrong, said in (
        (
            no_list and groups["waiting_list"],
            _("There can be no waiting list where nobody keeps a register."),
        ),
        (no_list and "cohort" in kinds, _("A cohort needs a register, and this tradition keeps none.")),
        (no_list and groups.get("quorum_percent", 0), _("A quorum needs a register, and none is kept.")),
        (
            groups["waiting_list"] and set(kinds) <= {"open", "drop_in"},
            _(
                "Nobody waits for an open or a drop-in group: the waiting list needs a closed group or a cohort."
            ),
        ),
        (
            groups["read_first"] and records.get("coordinator_sees") is False,
            _("Nobody but those inside may read what is written here, so nobody can read it first."),
        ),
        (minors and not groups["read_first"], _("Where young people meet, read_first must be true.")),
        (minors and not groups.get("adults_apart"), _("Where young people meet, adults_apart must be true.")),
        (
            groups["shares"] == "kept" and keeps_less and not groups.get("kept_because"),
            _("Shares are kept though attendance or notes never are: say why in kept_because."),
        ),
        (
            groups["named_co_facilitator"] and groups["facilitators_needed"] < 2,
            _("A named co-facilitator means that two are needed."),
        ),
        (groups.get("both_sign") and not records.get("notes"), _("There are no notes that two could sign.")),
        (
            groups.get("sees_attendance") and not records.get("attendance"),
            _("There is no attendance that anybody could see."),
        ),
        (
            bool(groups.get("quiet_from")) != bool(groups.get("quiet_until")),
            _("Quiet hours need both quiet_from and quiet_until."),
        ),
        (
            set(groups.get("always", ())) - held,
            f'"always" names what is not so: {", ".join(sorted(set(groups.get("always", ())) - held))}.',
        ),
    ):
        if wrong:
            yield said


def _translations_wrong(groups: Mapping[str, Any]) -> Iterator[str]:
    known = {
        "role_labels": {each["key"] for each in groups["roles"]},
        "format_names": {each["key"] for each in groups["formats"]},
        "format_parts": {each["key"] for each in groups["formats"]},
        "words": set(GROUP_WORDS),
        **{f"{key[:-1]}_labels": set(groups.get(key, {})) for key in LABELS},
    }
    lengths = {each["key"]: len(each["parts"]) for each in groups["formats"]}
    for language, said in groups.get("in", {}).items():
        where = f"[groups.in.{language}]"
        yield from (f'{where} has "{key}", which nothing uses.' for key in sorted(set(said) - _IN))
        for key, keys in known.items():
            for name in sorted(set(said.get(key, {})) - keys):
                yield f'{where} says "{name}" in {key}, which nothing uses.'
        for key, parts in said.get("format_parts", {}).items():
            if len(parts) != lengths.get(key, len(parts)):
                yield f'{where} has another number of parts than the format "{key}".'
        for key in LISTS:
            if key in said and not _are_texts(said[key]):
                yield f'{where} "{key}" must be a list of sentences.'


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_text(each) for each in value)


def _is_number(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
