"""Which groups somebody finds and which are theirs; and how they stand to one group, asked in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from companionway.groups.models import (
    Group,
    GroupQuerySet,
    Kept,
    LeftOut,
    Meets,
    Membership,
    TalkOfThree,
    TalkWish,
    Waiting,
)
from companionway.people import queries as people
from companionway.people import roles
from companionway.people.models import Person, RoleHeld

ARRANGE = "meetings.arrange"


def holds(person: Any, **which: Any) -> QuerySet[Meets]:
    """Meetings of a group in which this person has a position now."""
    return Meets.objects.filter(series__holders__person=person, series__holders__until_at=None, **which)


def _holds_frame(actor: Person, now: datetime, **which: Any) -> QuerySet[Meets]:
    in_time = {"series__holders__holds_frame": True, "series__holders__since_at__lte": now}
    return Meets.objects.filter(
        series__holders__person=actor, series__holders__until_at=None, **in_time, **which
    )


def holds_frame(actor: Person, group: Group, now: datetime) -> bool:
    """Whether they open, pause and close the meetings of this group now."""
    return _holds_frame(actor, now, group=group).exists()


def left_out_now(**which: Any) -> QuerySet[LeftOut]:
    """Who is left out of a group at the moment; what only stands to be decided leaves nobody out."""
    return LeftOut.objects.filter(since_at__isnull=False, ended_at=None, **which)


def _mine(actor: Person) -> Q:
    held = holds(actor, group=OuterRef("pk"))
    member = Membership.objects.filter(group=OuterRef("pk"), person=actor)
    return Q(Exists(member)) | Q(Exists(held))


def visible_to(actor: Person) -> GroupQuerySet:
    """Groups of the programmes one belongs to, without joining; those one is in, holds, waits for, or arranges."""
    here = Q(programme__in=people.programmes_of(actor).values("pk"), is_listed=True, ended_at=None)
    arranged = Q(programme_id__in=actor.programmes_with(ARRANGE))
    waits = Q(Exists(Waiting.objects.filter(group=OuterRef("pk"), person=actor)))
    return Group.objects.filter(here | arranged | waits | _mine(actor))


def takes_part(actor: Person, **which: Any) -> QuerySet[RoleHeld]:
    """As one of those who come; a role of the team alone brings nobody into a group."""
    as_peer = (roles.MEMBER, roles.SUPPORTER)
    return RoleHeld.objects.filter(person=actor, until_at=None, role__in=as_peer, **which)


def belonging_to(actor: Person) -> GroupQuerySet:
    """Groups whose proposals, polls and space are this person's: let in, holding it, or with nothing to join."""
    here = takes_part(actor).values("programme")
    nothing_to_join = Q(programme__keeps_register=False) | Q(kind__in=("open", "drop_in"))
    found = Group.objects.filter(
        _mine(actor) | Q(nothing_to_join, programme__in=here, age_band=actor.age_band)
    )
    away = left_out_now(group=OuterRef("pk"), person=actor)
    return found.filter(~Exists(away), ended_at=None)


@dataclass(frozen=True, slots=True)
class Stands:
    """How somebody stands to one group at this moment."""

    is_seen: bool
    is_inside: bool
    is_member: bool
    is_waiting: bool
    is_kept: bool
    is_stopped: bool
    is_left_out: bool
    is_asked: bool
    takes_part: bool
    holds_frame: bool
    in_space: bool
    is_muted: bool
    belong: int


def stands(actor: Person, group: Group, now: datetime) -> Stands:
    """All that the pages and the rules ask about one person and one group."""
    this: dict[str, Any] = {"group": OuterRef("pk"), "person": actor}
    there = {"space__participants__person": actor, "space__participants__left_at": None}
    inside = Group.objects.filter(pk=OuterRef("pk"), **there)
    three = TalkOfThree.objects.filter(Q(third=actor) | Q(one=actor) | Q(other=actor), group=OuterRef("pk"))
    row = Group.objects.filter(pk=group.pk).values(
        is_seen=Exists(visible_to(actor).filter(pk=OuterRef("pk"))),
        is_inside=Exists(belonging_to(actor).filter(pk=OuterRef("pk"))),
        is_member=Exists(Membership.objects.filter(**this)),
        is_waiting=Exists(Waiting.objects.filter(**this)),
        is_kept=Exists(Kept.objects.filter(**this)),
        is_stopped=people.takes_no_part(actor.pk, OuterRef("programme")),
        is_left_out=Exists(left_out_now(**this)),
        is_asked=Exists(TalkWish.objects.filter(group=OuterRef("pk"), to=actor)) | Exists(three),
        takes_part=Exists(takes_part(actor, programme=OuterRef("programme"))),
        holds_frame=Exists(_holds_frame(actor, now, group=OuterRef("pk"))),
        in_space=Exists(inside),
        is_muted=Exists(inside.filter(space__participants__is_muted=True)),
        belong=Count("members"),
    )
    return Stands(**row.get())
