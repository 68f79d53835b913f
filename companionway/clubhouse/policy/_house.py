"""Who belongs to a house, and that this alone decides. Members and members of staff may do the same."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _

from companionway.clubhouse.models import (
    MOST_HANDS,
    AgendaItem,
    HouseAction,
    HouseDecision,
    HouseMeeting,
    Recurring,
    Task,
    TaskQuerySet,
    Unit,
    UnitQuerySet,
)
from companionway.clubhouse.states import HouseMeetingState
from companionway.foundation.policy import YES, Verdict, no
from companionway.people import practice_models, roles
from companionway.people import queries as people
from companionway.people.models import Person, Programme, RoleHeld
from companionway.safety import queries as safety

KEY: Final = "clubhouse"


def _traditions() -> list[str]:
    """Traditions with units of the day: the clubhouse, and whatever is written to be like it."""
    return [key for key, groups in practice_models.with_groups().items() if groups.get("units")]


def houses() -> QuerySet[Programme]:
    """Every house on this server."""
    return Programme.objects.filter(practice_model__in=_traditions())


def visible_to(actor: Person) -> QuerySet[Programme]:
    """The houses the actor belongs to now, in any role. Whoever takes no part for a time has none."""
    held = {where for _role, where in actor.roles_now if where is not None}
    return houses().filter(pk__in=held).exclude(people.takes_no_part(actor.pk, OuterRef("pk")))


def houses_of(actor: Person) -> list[Programme]:
    """The same by name, each with its organisation and its hours."""
    return list(visible_to(actor).select_related("organisation", "house").order_by("name", "pk"))


def left_houses_of(actor: Person) -> QuerySet[Programme]:
    """Houses they were a member of once and may come back to: all of them, unless it was decided otherwise."""
    mine = RoleHeld.objects.filter(person=actor, role=roles.MEMBER)
    now = {where for _role, where in actor.roles_kept if where is not None}
    rows = houses().filter(pk__in=mine.values("programme")).exclude(pk__in=now)
    found = rows.exclude(people.takes_no_part(actor.pk, OuterRef("pk")))
    return found.order_by("name", "pk")


def belongs(actor: Person, programme: Programme) -> Verdict:
    """The one question of this room. There is no deed for members only, and none for members of staff only."""
    if visible_to(actor).filter(pk=programme.pk).exists():
        return YES
    return no(_("This is not open to you."))


def may_come_back(actor: Person, programme: Programme) -> Verdict:
    """At once, however long it was: nobody has to agree. Only a decision about safety keeps somebody out."""
    if left_houses_of(actor).filter(pk=programme.pk).exists() or belongs(actor, programme):
        return YES
    return no(_("This is not open to you."))


def members_of(programme: Programme) -> QuerySet[Person]:
    """Everybody who belongs to a house now, by name."""
    held = RoleHeld.objects.filter(programme=programme, until_at=None)
    rows = Person.objects.here().filter(pk__in=held.values("person"))
    return rows.exclude(people.takes_no_part(OuterRef("pk"), programme.pk)).order_by("name", "pk")


def others_of(actor: Person, programme: Programme, apart: Collection[int] | None = None) -> QuerySet[Person]:
    """Everybody else who belongs, without those whom the actor must not meet (`apart`, where the page knows them)."""
    kept_from = safety.people_kept_from(actor.pk) if apart is None else apart
    return members_of(programme).exclude(pk__in={actor.pk, *kept_from})


def works_in(actor: Person) -> set[int]:
    """Houses in which somebody is a member of staff too: asked only for what was promised to an employer."""
    return {where for role, where in actor.roles_now if where is not None and role != roles.MEMBER}


def is_staff(actor: Person, programme_id: int) -> bool:
    """Whether somebody is a member of staff of this house too."""
    return programme_id in works_in(actor)


def units_visible_to(actor: Person) -> UnitQuerySet:
    return Unit.objects.filter(programme__in=visible_to(actor))


def units_of(actor: Person) -> QuerySet[Unit]:
    """The units they made theirs."""
    return units_visible_to(actor).standing().filter(people__person=actor)


def tasks_visible_to(actor: Person) -> TaskQuerySet:
    return Task.objects.filter(unit__in=units_visible_to(actor)).on_the_board()


def recurring_visible_to(actor: Person) -> QuerySet[Recurring]:
    return Recurring.objects.filter(unit__in=units_visible_to(actor))


def meetings_visible_to(actor: Person) -> QuerySet[HouseMeeting]:
    """Every house meeting of every house they belong to: there is no other kind of meeting here."""
    return HouseMeeting.objects.filter(programme__in=visible_to(actor))


def items_visible_to(actor: Person) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting__in=meetings_visible_to(actor))


def decisions_visible_to(actor: Person) -> QuerySet[HouseDecision]:
    return HouseDecision.objects.filter(meeting__in=meetings_visible_to(actor))


def actions_visible_to(actor: Person) -> QuerySet[HouseAction]:
    return HouseAction.objects.filter(meeting__in=meetings_visible_to(actor))


def _not_free() -> Verdict:
    # One sentence for every reason: from it nobody learns that somebody is kept from somebody.
    return no(_("This one is not free just now. There is other work on the board."))


def may_take(task: Task, on_it: Collection[int], kept_from: Collection[int]) -> Verdict:
    """Take a task, alone or beside those who are on it. `kept_from`: whom the taker must not meet."""
    if task.taken_away_at is not None or task.done_at is not None or task.unit.closed_at is not None:
        return no(_("This is done already, or not needed any more. Thank you."))
    if set(on_it) & set(kept_from) or len(on_it) >= min(task.hands, MOST_HANDS):
        return _not_free()
    return YES


def may_add_item(meeting: HouseMeeting) -> Verdict:
    if meeting.state in (HouseMeetingState.COMING, HouseMeetingState.OPEN):
        return YES
    return no(_("This meeting is over. Please put it on the next one."))


def may_take_item_back(actor: Person, item: AgendaItem) -> Verdict:
    if item.author_id != actor.pk:
        return no(_("Only whoever wrote this can take it back."))
    return may_add_item(item.meeting)


def may_write_in(meeting: HouseMeeting) -> Verdict:
    """Decisions are written while the house sits together."""
    if meeting.state == HouseMeetingState.OPEN:
        return YES
    return no(_("Decisions are written in the meeting, while everybody is there."))


def may_write_minutes(meeting: HouseMeeting) -> Verdict:
    if meeting.state in (HouseMeetingState.OPEN, HouseMeetingState.CLOSED):
        return YES
    return no(_("These minutes are agreed. What is different now belongs to the next meeting."))


def may_agree_minutes(meeting: HouseMeeting, now_open: HouseMeeting | None, has_minutes: bool) -> Verdict:
    """Minutes are agreed in a later meeting, while it sits."""
    if meeting.state != HouseMeetingState.CLOSED or not has_minutes:
        return no(_("There are no minutes to agree to here."))
    if now_open is None or now_open.pk == meeting.pk or now_open.on <= meeting.on:
        return no(_("Minutes are agreed in the next meeting, while everybody is there."))
    return YES
