"""What a report of something of a group carries: that thing, and nothing beside it."""

from __future__ import annotations

from companionway.groups import opening, policy, queries
from companionway.groups.models import Group
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person
from companionway.safety.extracts import Extract
from companionway.safety.extracts import register as register_extract


def _answers_for(actor: Person, group: Group, by_id: int | None) -> int | None:
    """Whom it is about: whoever wrote it, where that is kept; otherwise one who holds the group."""
    if by_id is not None:
        return by_id if by_id != actor.pk else None
    rules = GroupRules.of(group.programme)
    held = queries.holders_of(group, rules) if rules else []
    return next((each.person_id for each in held if each.is_frame and each.person_id != actor.pk), None)


def _extract(actor: Person, group: Group, by_id: int | None, text: str) -> Extract | None:
    about = _answers_for(actor, group, by_id)
    if about is None or not text:
        return None
    return Extract(text=text, about_person_id=about, programme_id=group.programme_id)


def of_group(actor: Person, identifier: str) -> Extract | None:
    group = policy.visible_to(actor).select_related("programme").filter(public_id=identifier).first()
    if group is None:
        return None
    said = [group.name, group.about, *queries.agreement_of(group)]
    return _extract(actor, group, None, "\n".join(each for each in said if each))


def of_proposal(actor: Person, identifier: str) -> Extract | None:
    rows = policy.proposals_visible_to(actor).select_related("group__programme")
    if (row := rows.filter(public_id=identifier).first()) is None:
        return None
    facts = opening.facts_of(row)
    return _extract(
        actor, row.group, row.by_id, "\n".join([*facts.get("sentences", []), facts.get("words", "")]).strip()
    )


def of_poll(actor: Person, identifier: str) -> Extract | None:
    rows = policy.polls_visible_to(actor).select_related("group__programme")
    if (row := rows.filter(public_id=identifier).first()) is None:
        return None
    facts = opening.facts_of(row)
    return _extract(
        actor, row.group, row.by_id, "\n".join([facts.get("question", ""), *facts.get("options", [])])
    )


def of_pin(actor: Person, identifier: str) -> Extract | None:
    rows = policy.pins_visible_to(actor).select_related("group__programme")
    if (row := rows.filter(public_id=identifier).first()) is None:
        return None
    return _extract(actor, row.group, row.pinned_by_id, str(opening.facts_of(row).get("words", "")))


def of_pause(actor: Person, identifier: str) -> Extract | None:
    """The reason somebody was given, for the one it was given to."""
    row = policy.pauses_visible_to(actor).filter(person=actor, public_id=identifier).first()
    if row is None:
        return None
    return _extract(actor, row.group, row.by_id, queries.reason_of(row))


def of_left_out(actor: Person, identifier: str) -> Extract | None:
    """What somebody was written when it was put to the group that they stay away, for the one it was written to."""
    row = policy.left_out_visible_to(actor).filter(is_by_group=True, public_id=identifier).first()
    if row is None:
        return None
    return _extract(actor, row.group, row.by_id, queries.reason_left_out(row))


def register() -> None:
    register_extract("group", of_group)
    register_extract("group_proposal", of_proposal)
    register_extract("group_poll", of_poll)
    register_extract("group_pin", of_pin)
    register_extract("group_pause", of_pause)
    register_extract("group_left_out", of_left_out)
