"""The service positions of a programme: those its tradition names, or two plain ones."""

from __future__ import annotations

from django.utils.translation import gettext as _

from companionway.meetings.states import FACILITATOR, INTERPRETER, WELCOMER
from companionway.people.group_rules import GroupRole, GroupRules
from companionway.people.models import Programme


def of_programme(programme: Programme) -> tuple[GroupRole, ...]:
    rules = GroupRules.of(programme)
    if rules is not None:
        return rules.roles
    return (
        GroupRole(FACILITATOR, _("Holds the meeting"), True, 0),
        GroupRole(WELCOMER, _("Meets people at the door"), False, 0),
    )


def named(programme: Programme, key: str) -> GroupRole | None:
    return next((each for each in of_programme(programme) if each.key == key), None)


def has_interpreters(programme: Programme) -> bool:
    rules = GroupRules.of(programme)
    return rules is not None and rules.interpreters


def promise_of(programme: Programme, role: str) -> tuple[str, ...]:
    """What whoever interprets promises, before they are named at the door; nothing for other positions."""
    rules = GroupRules.of(programme)
    return rules.agreement if rules and role == INTERPRETER else ()


def needed(programme: Programme) -> int:
    """How many must hold the frame of a meeting."""
    rules = GroupRules.of(programme)
    return rules.facilitators_needed if rules else 1
