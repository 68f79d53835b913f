"""Who finds a group, belongs to it, comes in, decides with it, and holds it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.groups.models import (
    Agreed,
    Group,
    GroupQuerySet,
    Meets,
    Membership,
    Pin,
    Poll,
    Proposal,
    SpacePause,
    TalkWish,
    Waiting,
)
from companionway.groups.states import ProposalState
from companionway.meetings import policy as meetings
from companionway.people import policy as people_policy
from companionway.people import queries as people
from companionway.people import roles
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person, Programme, RoleHeld
from companionway.practice import queries as practice
from companionway.safety import queries as safety

ARRANGE = "meetings.arrange"


def holds(person: Any, **which: Any) -> QuerySet[Meets]:
    """Meetings of a group in which this person has a position now."""
    return Meets.objects.filter(series__holders__person=person, series__holders__until_at=None, **which)


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


def may_view(actor: Person, group: Group) -> Verdict:
    if visible_to(actor).filter(pk=group.pk).exists():
        return YES
    return no(_("This is not open to you."))


def _takes_part(actor: Person) -> Any:
    """Programmes in which they are one of those who come; a role of the team alone brings nobody into a group."""
    as_peer = RoleHeld.objects.filter(person=actor, until_at=None, role__in=(roles.MEMBER, roles.SUPPORTER))
    return as_peer.values("programme")


def belonging_to(actor: Person) -> GroupQuerySet:
    """Groups whose proposals, polls and space are this person's: let in, holding it, or with nothing to join."""
    here = _takes_part(actor)
    nothing_to_join = Q(programme__keeps_register=False) | Q(kind__in=("open", "drop_in"))
    found = Group.objects.filter(
        _mine(actor) | Q(nothing_to_join, programme__in=here, age_band=actor.age_band)
    )
    return found.filter(ended_at=None)


def may_begin(actor: Person, programme: Programme) -> Verdict:
    if GroupRules.of(programme) is None:
        return no(_("In this programme there are no groups."))
    if not actor.holds(ARRANGE, programme):
        return no(_("Only the team can begin a group here."))
    return YES


def holds_frame(actor: Person, group: Group, now: datetime) -> bool:
    """Whether they open, pause and close the meetings of this group now."""
    in_time = {"series__holders__holds_frame": True, "series__holders__since_at__lte": now}
    return Meets.objects.filter(
        group=group, series__holders__person=actor, series__holders__until_at=None, **in_time
    ).exists()


def may_arrange(actor: Person, group: Group, now: datetime) -> Verdict:
    if actor.holds(ARRANGE, group.programme_id) or holds_frame(actor, group, now):
        return YES
    return no(_("Only those who hold this group, or the team, can change this."))


def may_begin_meetings(actor: Person, group: Group, now: datetime) -> Verdict:
    """Give it meetings of its own: whoever may arrange it, where they may begin meetings at all."""
    if not (verdict := may_arrange(actor, group, now)):
        return verdict
    if not group.is_going_on:
        return no(_("This group has ended."))
    return meetings.may_begin(actor, group.programme)


def nobody_of_this_name() -> str:
    return _("We found nobody of this name in this programme. Please check how it is written.")


def may_hold(actor: Person, person: Person, group: Group, now: datetime) -> Verdict:
    """Give somebody a position: an adult holds a group of young people only when trained for that."""
    if not (verdict := may_arrange(actor, group, now)):
        return verdict
    if person.organisation_id != actor.organisation_id or person.erased_at:
        return no(nobody_of_this_name())
    if not people.programmes_of(person).filter(pk=group.programme_id).exists():
        return no(nobody_of_this_name())
    if not _fits(person, group, as_holder=True) or people.is_stopped(person, group.programme_id):
        return no(_("This person cannot hold this group."))
    return YES


def _fits(person: Person, group: Group, *, as_holder: bool) -> bool:
    """One age among those who come; whoever holds it serves that age (`people.policy.band_served`)."""
    if not as_holder:
        return person.age_band == group.age_band and group.age_band in group.programme.takes
    trained = practice.trained_for(person, group.programme)
    return people_policy.band_served(group.programme, person, trained) == group.age_band


def belongs(actor: Person, group: Group) -> Verdict:
    if not group.is_going_on:
        return no(_("This group has ended."))
    if people.is_stopped(actor, group.programme_id):
        return no(_("You take no part here at the moment. Your page says why and until when."))
    if belonging_to(actor).filter(pk=group.pk).exists():
        return YES
    return no(_("This is for those who belong to the group."))


def cannot_be_let_in() -> Verdict:
    """One sentence for every reason that is nobody's to know."""
    return no(
        _("This group cannot let you in at the moment. That is nothing you did. Here are other groups.")
    )


def people_in(group: Group) -> set[int]:
    """Everybody who is let in, holds it, or is in its space now."""
    there = set(Membership.objects.filter(group=group).values_list("person_id", flat=True))
    held = Meets.objects.filter(group=group, series__holders__until_at=None)
    there |= set(held.values_list("series__holders__person_id", flat=True)) - {None}
    if group.space is not None:
        in_space = group.space.participants.filter(left_at=None)
        there |= set(in_space.values_list("person_id", flat=True))
    return there


def may_be_with(actor: Person, group: Group) -> bool:
    """Nobody in it is somebody whom they must not meet."""
    return not (safety.people_kept_from(actor.pk) & (people_in(group) - {actor.pk}))


def may_ask(actor: Person, group: Group) -> Verdict:
    """Ask for a place in a group that keeps a list."""
    if not may_view(actor, group) or not group.is_going_on:
        return no(_("This is not open to you."))
    if not group.has_list:
        return no(_("There is nothing to join here: come as you like."))
    if not _takes_part(actor).filter(programme=group.programme_id).exists():
        return no(_("This is for those who take part in the programme."))
    if people.is_stopped(actor, group.programme_id):
        return no(_("You take no part here at the moment. Your page says why and until when."))
    if Membership.objects.filter(group=group, person=actor).exists():
        return no(_("You belong to this group already."))
    if Waiting.objects.filter(group=group, person=actor).exists():
        return no(_("You have asked already. Nobody can come before you."))
    if not _fits(actor, group, as_holder=False) or not may_be_with(actor, group):
        return cannot_be_let_in()
    return YES


def may_take(actor: Person, waiting: Waiting, now: datetime) -> Verdict:
    """Take the place that is held for them."""
    if waiting.person_id != actor.pk:
        return no(_("This is not open to you."))
    if waiting.offered_until is None or waiting.offered_until <= now:
        return no(_("No place is held for you at the moment."))
    if not waiting.group.is_going_on or people.is_stopped(actor, waiting.group.programme_id):
        return cannot_be_let_in()
    if not _fits(actor, waiting.group, as_holder=False) or not may_be_with(actor, waiting.group):
        return cannot_be_let_in()
    return YES


def pauses_now(group_id: int, person_id: int) -> QuerySet[SpacePause]:
    return SpacePause.objects.filter(group=group_id, person=person_id, ended_at=None)


def may_enter(actor: Person, group: Group, agreed: int, newest: int) -> Verdict:
    """Come into the space: belonging, and having agreed to what stands now."""
    rules = GroupRules.of(group.programme)
    if rules is None or not rules.has_space or group.space is None:
        return no(_("This group has no place to write in."))
    if not (verdict := belongs(actor, group)):
        return verdict
    is_holder = holds(actor, group=group).exists()
    if not _fits(actor, group, as_holder=is_holder) or not may_be_with(actor, group):
        return cannot_be_let_in()
    if agreed != newest:
        return no(_("Please read what the group agreed first."))
    return YES


def agreed_by(actor: Person, group: Group) -> int:
    """The version this person said yes to at the door; 0 where they did not, or where nobody keeps it."""
    found = Agreed.objects.filter(group=group, person=actor).values_list("number", flat=True).first()
    return found or 0


def may_open_space(actor: Person, group: Group, now: datetime) -> Verdict:
    rules = GroupRules.of(group.programme)
    if rules is None or not rules.has_space:
        return no(_("In this tradition groups have no space to write in."))
    if group.space_id is not None or not group.is_going_on:
        return no(_("This group has its space already, or has ended."))
    return may_arrange(actor, group, now)


def may_propose(actor: Person, group: Group) -> Verdict:
    return belongs(actor, group)


def proposals_visible_to(actor: Person) -> QuerySet[Proposal]:
    return Proposal.objects.filter(group__in=belonging_to(actor).values("pk"))


def polls_visible_to(actor: Person) -> QuerySet[Poll]:
    return Poll.objects.filter(group__in=belonging_to(actor).values("pk"))


def pins_visible_to(actor: Person) -> QuerySet[Pin]:
    return Pin.objects.filter(group__in=belonging_to(actor).values("pk"))


def may_vote(actor: Person, group: Group, stands: Proposal | Poll, now: datetime) -> Verdict:
    is_open = stands.is_open if isinstance(stands, Poll) else stands.state == ProposalState.OPEN
    if not is_open or stands.closes_at <= now:
        return no(_("This is decided already."))
    return belongs(actor, group)


def may_pin(actor: Person, group: Group, now: datetime) -> Verdict:
    """Whoever holds the frame; everybody else proposes it to the group."""
    if not (verdict := belongs(actor, group)):
        return verdict
    if group.space_id is None:
        return no(_("This group has no place to write in."))
    if holds_frame(actor, group, now):
        return YES
    return no(_("Those who hold the group put words here. You can propose it to the group."))


def may_pause(actor: Person, person: Person, group: Group, now: datetime) -> Verdict:
    """One who holds the frame, for some days. Longer, or out of the group, is decided by those who answer reports."""
    if not holds_frame(actor, group, now):
        return no(_("Only those who hold this group can do this."))
    if person.pk == actor.pk:
        return no(_("Somebody else would have to do this."))
    if group.space is None or not group.space.participants.filter(person=person, left_at=None).exists():
        return no(_("This person is not in the space."))
    if pauses_now(group.pk, person.pk).exists():
        return no(_("This person pauses already."))
    return YES


def may_ask_for_talk(actor: Person, to: Person, group: Group, now: datetime) -> Verdict:
    if not (verdict := belongs(actor, group)):
        return verdict
    if to.pk == actor.pk or not holds_frame(to, group, now):
        return no(_("Please choose one of those who hold the group."))
    if safety.never_together(actor.pk, to.pk):
        return no(_("Please choose somebody else who holds the group."))
    return YES


def talk_wishes_visible_to(actor: Person) -> QuerySet[TalkWish]:
    """Whoever asked, and whoever was asked. Nobody else."""
    return TalkWish.objects.filter(Q(person=actor) | Q(to=actor))


def pauses_visible_to(actor: Person) -> QuerySet[SpacePause]:
    """Whoever pauses reads the reason, and so does whoever said it."""
    return SpacePause.objects.filter(Q(person=actor) | Q(by=actor))
