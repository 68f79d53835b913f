"""Where a programme's groups differ from their practice model, item by item, and who changed what when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from companionway.foundation.models import Record
from companionway.people import group_forks, group_rules, practice_models
from companionway.people.events import ProgrammeForked
from companionway.people.group_rules import GroupRules
from companionway.people.group_titles import KINDS, PART_FIELDS, PART_KINDS, RECORDS, RULES, SHARES, TITLES
from companionway.people.models import Person, Programme

MOST_FORKS = 100


@dataclass(frozen=True, slots=True)
class GroupDifference:
    """One thing that is otherwise here. `model` or `here` is empty where only the other one says anything."""

    path: str
    # What can be put back in one go, see `group_forks.item_of`.
    item: str
    label: str
    model: str
    here: str


@dataclass(frozen=True, slots=True)
class Fork:
    """Somebody said some items otherwise, or put them back."""

    at: datetime
    by: str
    what: tuple[str, ...]


def group_differences(programme: Programme) -> list[GroupDifference]:
    """What groups of this programme do otherwise than the shipped practice model, in the language of the page."""
    language = get_language() or "en"
    shipped = group_rules.read(practice_models.shipped_groups(programme.practice_model), language)
    here = GroupRules.of(programme)
    model, own = group_forks.items_of(shipped), group_forks.items_of(here)
    names = {**_names(here), **_names(shipped)}
    return [
        GroupDifference(
            path,
            group_forks.item_of(path),
            _label(path, names),
            _value(path, model.get(path)),
            _value(path, own.get(path)),
        )
        for path in {**model, **own}
        if model.get(path) != own.get(path)
    ] + _records_given_up(programme)


def _records_given_up(programme: Programme) -> list[GroupDifference]:
    """What the practice model keeps of people, and this programme does not. There is no way back, so no item."""
    shipped = practice_models.shipped_policies().get(programme.practice_model)
    here = group_rules.records_of(programme)
    return [
        GroupDifference(f"records.{key}", "", _label(f"records.{key}", {}), _("kept"), _("kept no more"))
        for key in group_forks.RECORDS
        if shipped and getattr(shipped, key) and not here[key]
    ]


def shipped_groups(programme: Programme) -> Mapping[str, Any]:
    """What the practice model itself says of groups, for a form that may only say less; where it says nothing, what the
    programme says of its own.
    """
    own: Mapping[str, Any] = programme.model_data.get("groups", {})
    return practice_models.shipped_groups(programme.practice_model) or own


def records_to_give_up(programme: Programme) -> list[str]:
    """What is kept of people here, and need not be."""
    here = group_rules.records_of(programme)
    return [key for key in group_forks.RECORDS if here[key]]


def forks_of(programme: Programme) -> list[Fork]:
    """Who changed what of the practice model here, newest first. Two queries."""
    rows = list(
        Record.objects.filter(name=ProgrammeForked.name, subject=f"programme:{programme.pk}").order_by("-pk")[
            :MOST_FORKS
        ]
    )
    people = dict(Person.objects.filter(pk__in={row.actor_id for row in rows}).values_list("pk", "name"))
    names = {
        **_names(GroupRules.of(programme)),
        **_names(
            group_rules.read(practice_models.shipped_groups(programme.practice_model), get_language() or "en")
        ),
    }
    return [
        Fork(
            row.happened_at,
            people.get(row.actor_id, "") if row.actor_id else "",
            tuple(_label(item, names) for item in row.payload["what"]),
        )
        for row in rows
    ]


def _names(rules: GroupRules | None) -> dict[str, str]:
    if rules is None:
        return {}
    roles = {f"roles.{each.key}": each.label for each in rules.roles}
    return roles | {f"formats.{each.key}": each.name for each in rules.formats}


def _label(path: str, names: dict[str, str]) -> str:
    first, *rest = path.split(".")
    title = str(TITLES.get(first, first))
    if not rest:
        return title
    if first == "records":
        return f"{title}: {RECORDS.get(rest[0], rest[0])}"
    name = names.get(f"{first}.{rest[0]}", "") if first in ("roles", "formats") else ""
    if first == "formats" and len(rest) == 3:
        inside = _("part %(number)s: %(what)s") % {"number": rest[1], "what": PART_FIELDS[rest[2]]}
        return f"{title} “{name}”, {inside}"
    if first in ("roles", "formats"):
        return f"{title}: “{name}”" + (f", {PART_FIELDS[rest[-1]]}" if len(rest) > 1 else "")
    return title


def _value(path: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if path == "kinds":
        return "\n".join(str(KINDS[each]) for each in value)
    if path == "shares":
        return str(SHARES[value])
    if path == "decides_by":
        return str(RULES.get(value, value))
    if path.endswith(".kind") and path.startswith("formats."):
        return str(PART_KINDS.get(value, value))
    if path.endswith(".minutes"):
        return ngettext("%(n)s minute", "%(n)s minutes", value) % {"n": value}
    return str(value)
