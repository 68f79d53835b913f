"""A programme's own way with groups, as data: change one thing, in one language, and leave the shipped file as it is.

Texts go into the language they were written in; English is the ground that other languages fall back to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import fields
from typing import Any, Final

from companionway.people.group_rules import GroupRules, Part
from companionway.people.group_schema import LABELS, LISTS, MORE_SWITCHES, NUMBERS, SWITCHES

PLAIN: Final = (
    "decides_by", *NUMBERS, "quorum_percent", *SWITCHES, *MORE_SWITCHES, "quiet_from", "quiet_until", "kept_because",
)  # fmt: skip
# What a fork may have fewer or less of than its practice model, and never more.
LESS: Final = ("kinds", "shares")
# Records that a programme may give up. The others hold up what people already have: lists, notes, agreements, safety.
RECORDS: Final = ("attendance", "head_counts", "outcomes", "ending_reasons", "referrals")
# Where a language keeps its words for what English keeps in place: item -> key of `[groups.in.LANGUAGE]`.
SPOKEN: Final = {
    "words": "words",
    "levels": "level_labels",
    "units": "unit_labels",
    "placements": "placement_labels",
    "kept_because": "kept_because",
    **{key: key for key in LISTS},
}
Groups = dict[str, Any]


def items_of(rules: GroupRules | None) -> dict[str, Any]:
    """Every single thing a programme's groups may differ in: a stable path -> what is said there."""
    if rules is None:
        return {}
    found: dict[str, Any] = {key: getattr(rules, key) for key in (*LESS, *PLAIN)}
    found |= {key: "\n".join(getattr(rules, key)) for key in LISTS}
    for key in ("words", *LABELS):
        found |= {f"{key}.{name}": word for name, word in getattr(rules, key).items()}
    for role in rules.roles:
        found[f"roles.{role.key}.label"] = role.label
        found[f"roles.{role.key}.holds_frame"] = role.holds_frame
        found[f"roles.{role.key}.rotates_after_days"] = role.rotates_after_days
    for form in rules.formats:
        found[f"formats.{form.key}.name"] = form.name
        for place, part in enumerate(form.parts, 1):
            found |= {
                f"formats.{form.key}.{place}.{each.name}": getattr(part, each.name) for each in fields(Part)
            }
    return found


def item_of(path: str) -> str:
    """What can be put back in one go: a plain key, `roles`, or one format."""
    parts = path.split(".")
    return ".".join(parts[:2]) if parts[0] == "formats" else parts[0]


def said(groups: Groups, language: str, more: Mapping[str, Any]) -> Groups:
    """The groups with other plain answers, sentences and words (`more`: items of `PLAIN`, `LISTS`, `words` ...)."""
    made = deepcopy(groups)
    for key, value in more.items():
        if key in SPOKEN and language != "en":
            kept = made.setdefault("in", {}).setdefault(language, {})
            kept[SPOKEN[key]] = {**kept.get(SPOKEN[key], {}), **value} if isinstance(value, dict) else value
        else:
            made[key] = {**made.get(key, {}), **value} if isinstance(value, dict) else value
    return made


def with_roles(groups: Groups, language: str, roles: Sequence[Mapping[str, Any]]) -> Groups:
    """The groups with these roles, in this order; one without a key is new, one not named is gone."""
    made, before = deepcopy(groups), {role["key"]: role for role in groups["roles"]}
    known, labels = set(before), {}
    made["roles"] = []
    for role in roles:
        key = role.get("key") or _free(known, "own")
        known.add(key)
        ground = before.get(key, {"label": role["label"]})
        labels[key] = role["label"]
        label = role["label"] if language == "en" else ground["label"]
        made["roles"].append({**ground, **role, "key": key, "label": label})
    if language != "en":
        made.setdefault("in", {}).setdefault(language, {})["role_labels"] = labels
    for spoken in made.get("in", {}).values():
        if "role_labels" in spoken:
            kept = spoken["role_labels"]
            spoken["role_labels"] = {key: label for key, label in kept.items() if key in labels}
    return made


def with_format(
    groups: Groups, language: str, key: str, name: str, parts: Sequence[tuple[int | None, Mapping[str, Any]]]
) -> Groups:
    """The groups with one format told anew: its parts in order, each with the place it had before (None: it is new)."""
    made = deepcopy(groups)
    form = next(each for each in made["formats"] if each["key"] == key)
    before, english = form["parts"], language == "en"
    form["parts"] = [
        dict(part)
        if english or place is None
        else {**part, "title": before[place]["title"], "words": before[place].get("words", "")}
        for place, part in parts
    ]
    spoken = made.get("in", {}) if english else {language: {}, **made.get("in", {})}
    for each, kept in spoken.items():
        texts = kept.get("format_parts", {}).get(key, [])
        moved = [
            {"title": part["title"], "words": part["words"]}
            if each == language
            else (texts[place] if place is not None and place < len(texts) else {})
            for place, part in parts
        ]
        if texts or each == language:
            kept["format_parts"] = {**kept.get("format_parts", {}), key: moved}
    if english:
        form["name"] = name
    else:
        made["in"] = spoken
        spoken[language]["format_names"] = {**spoken[language].get("format_names", {}), key: name}
    return made


def with_copy(groups: Groups, key: str, name: str) -> Groups:
    """The groups with one more format, like the one with this key but called otherwise."""
    made = deepcopy(groups)
    model = next(each for each in made["formats"] if each["key"] == key)
    new = _free({each["key"] for each in made["formats"]}, "own")
    made["formats"].append({**deepcopy(model), "key": new, "name": name})
    for spoken in made.get("in", {}).values():
        if key in spoken.get("format_parts", {}):
            spoken["format_parts"] = {
                **spoken["format_parts"],
                new: deepcopy(spoken["format_parts"][key]),
            }
    return made


def without_format(groups: Groups, key: str) -> Groups:
    made = deepcopy(groups)
    made["formats"] = [each for each in made["formats"] if each["key"] != key]
    for spoken in made.get("in", {}).values():
        for part in ("format_names", "format_parts"):
            if part in spoken:
                spoken[part] = {name: value for name, value in spoken[part].items() if name != key}
    return made


def put_back(groups: Groups, shipped: Mapping[str, Any], item: str) -> Groups:
    """The groups with one item (see `item_of`) as the shipped file says it, in every language."""
    if item.startswith("formats."):
        return _format_back(groups, shipped, item.removeprefix("formats."))
    made = deepcopy(groups)
    _as_in(made, shipped, item)
    spoken = "role_labels" if item == "roles" else SPOKEN.get(item)
    for language in {*made.get("in", {}), *shipped.get("in", {})} if spoken else ():
        kept = made.setdefault("in", {}).setdefault(language, {})
        _as_in(kept, shipped.get("in", {}).get(language, {}), str(spoken))
    return made


def _format_back(groups: Groups, shipped: Mapping[str, Any], key: str) -> Groups:
    model = next((each for each in shipped["formats"] if each["key"] == key), None)
    there = [each["key"] for each in groups["formats"]]
    made = without_format(groups, key)
    if model is None:
        return made
    made["formats"].insert(there.index(key) if key in there else len(there), deepcopy(model))
    for language, said_there in shipped.get("in", {}).items():
        kept = made.setdefault("in", {}).setdefault(language, {})
        for part in ("format_names", "format_parts"):
            if key in said_there.get(part, {}):
                kept[part] = {**kept.get(part, {}), key: deepcopy(said_there[part][key])}
    return made


def _as_in(kept: Groups, model: Mapping[str, Any], key: str) -> None:
    if key in model:
        kept[key] = deepcopy(model[key])
    else:
        kept.pop(key, None)


def _free(taken: set[str], stem: str) -> str:
    return next(f"{stem}_{number}" for number in range(1, len(taken) + 2) if f"{stem}_{number}" not in taken)
