"""Begin a group, change what it says of itself, say when it meets and who holds it, end it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.conversations import services as conversations
from companionway.foundation.policy import Refused, require
from companionway.groups import policy
from companionway.groups.events import GroupBegun, GroupChanged, GroupEnded, PositionChanged
from companionway.groups.models import Group, OnTree
from companionway.groups.moving import rules_of, taken, tell, write_version
from companionway.groups.services._joining import offer_places
from companionway.groups.states import WITH_A_LIST
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person, Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """What a group says of itself before anybody comes."""

    name: str
    about: str = ""
    kind: str
    level: str = ""
    age_band: str = "adult"
    capacity: int | None = None
    is_listed: bool = True
    shows_before: bool = False


def says_of(group: Group) -> Says:
    """What it says of itself now, to be changed in part with `dataclasses.replace`."""
    return Says(**{each.name: getattr(group, each.name) for each in fields(Says)})


def _check(says: Says, rules: GroupRules, programme: Programme, kind: str = "") -> None:
    if not says.name.strip():
        raise Refused(_("Please give the group a name."))
    if says.kind not in {*rules.kinds, kind}:
        raise Refused(_("Please choose one of the kinds of group that this tradition has."))
    if says.level and says.level not in rules.levels:
        raise Refused(_("Please choose one of the answers listed."))
    if says.age_band not in programme.takes:
        raise Refused(_("This programme does not take people of that age."))
    if programme.has_no_staff_space and (says.kind in WITH_A_LIST or not says.is_listed):
        raise Refused(_("Here every group is open to every member and stands in the list."))
    if says.capacity is not None and says.capacity < 1:
        raise Refused(_("Please write how many places there are, or leave it empty."))


@transaction.atomic
def begin_group(*, actor: Person, programme: Programme, says: Says, now: datetime) -> Group:
    """Begin a group by its programme's tradition; its agreement begins with the sentences of the tradition."""
    require(policy.may_begin(actor, programme))
    rules = GroupRules.of(programme)
    assert rules is not None
    _check(says, rules, programme)
    group = Group.objects.create(
        programme=programme,
        name=says.name.strip(),
        about=says.about,
        kind=says.kind,
        level=says.level,
        age_band=says.age_band,
        capacity=says.capacity,
        is_listed=says.is_listed,
        shows_before=says.shows_before,
        decides_by=rules.decides_by,
        begun_at=now,
    )
    write_version(group, list(rules.agreement), now)
    tell(GroupBegun, group, actor=actor, now=now)
    return group


@transaction.atomic
def change_group(*, actor: Person, group: Group, says: Says, now: datetime) -> Group:
    """Change what it says of itself. Its kind and age stay: people came for them. Places that free are offered."""
    locked = taken(actor, group)
    require(policy.may_arrange(actor, locked, now))
    if says.kind != locked.kind or says.age_band != locked.age_band:
        raise Refused(_("People came to this kind of group. For another kind, begin another group."))
    _check(says, rules_of(locked), locked.programme, locked.kind)
    locked.name, locked.about, locked.level = says.name.strip(), says.about, says.level
    locked.capacity, locked.is_listed, locked.shows_before = says.capacity, says.is_listed, says.shows_before
    locked.save()
    if locked.space is not None:
        conversations.rename_space(actor=actor, conversation=locked.space, heading=locked.name, now=now)
    offer_places(locked, now)
    tell(GroupChanged, locked, actor=actor, now=now)
    return locked


@transaction.atomic
def take_position(*, actor: Person, group: Group, person: Person, role: str, now: datetime) -> None:
    """Give somebody a position of the tradition, in every series of the group. Rotation: ends the one before by
    `step_down`. Raises Refused where ages must not meet."""
    locked = taken(actor, group)
    require(policy.may_hold(actor, person, locked, now))
    known = rules_of(locked).role_of(role)
    if known is None:
        raise Refused(_("Please choose one of the positions listed."))
    all_series = [each.series for each in locked.meets.select_related("series")]
    if not all_series:
        raise Refused(_("Please say first when the group meets."))
    for series in all_series:
        if not series.holders.filter(person=person, role=role, until_at=None).exists():
            series.holders.create(person=person, role=role, holds_frame=known.holds_frame, since_at=now)
    tell(PositionChanged, locked, actor=actor, about=person, now=now)


@transaction.atomic
def step_down(*, actor: Person, group: Group, person: Person, role: str, now: datetime) -> None:
    """Lay a position down, or pass it on. One's own at any time."""
    locked = taken(actor, group)
    if actor.pk != person.pk:
        require(policy.may_arrange(actor, locked, now))
    for meets in locked.meets.select_related("series"):
        meets.series.holders.filter(person=person, role=role, until_at=None).update(until_at=now)
    has_other = policy.holds(person, group=locked).exists()
    if locked.space is not None and not has_other and not policy.belongs(person, locked):
        conversations.leave_space(actor=person, conversation=locked.space, now=now)
    tell(PositionChanged, locked, actor=actor, about=person, now=now)


@transaction.atomic
def end_group(*, actor: Person, group: Group, now: datetime) -> Group:
    """The group has ended. What was written in its space can still be read; nobody waits for a place any more."""
    locked = taken(actor, group)
    require(policy.may_arrange(actor, locked, now))
    if not locked.is_going_on:
        return locked
    locked.ended_at = now
    locked.save(update_fields=["ended_at"])
    locked.queue.all().delete()
    OnTree.objects.filter(group=locked).delete()
    if locked.space is not None:
        conversations.close_conversation(actor=actor, conversation=locked.space, now=now)
    tell(GroupEnded, locked, actor=actor, now=now)
    return locked
