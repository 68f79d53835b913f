"""The addresses of a programme's own way with groups: for administrators, where its tradition has groups."""

from __future__ import annotations

from typing import Any

from companionway.people.group_rules import GroupRules
from companionway.people.models import Programme

NAMES = {
    f"people:admin_programme_{each}"
    for each in (
        "groups",
        "less",
        "plain",
        "sentences",
        "group_words",
        "roles",
        "back",
        "format",
        "copy",
        "remove",
    )
}
# Pages about the programme itself whose name does not say so.
WITH_PROGRAMME = {"people:admin_words", "people:admin_open"}


def things(world: Any, parts: tuple[str, ...]) -> list[tuple[str, dict[str, Any], frozenset[str]]]:
    here = Programme.objects.filter(organisation=world.organisation)
    found = next((each for each in here.order_by("pk") if GroupRules.of(each)), None)
    rules = GroupRules.of(found) if found else None
    # Without groups these pages are nobody's.
    insiders = world.parts.administrators if rules else frozenset()
    programme = found or here.earliest("pk")
    kwargs: dict[str, Any] = {"public_id": programme.public_id}
    if "key" in parts:
        kwargs["key"] = rules.formats[0].key if rules else "usual"
    return [("programme", kwargs, insiders)]
