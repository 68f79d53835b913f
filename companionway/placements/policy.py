"""Who sees places to work, who may have one, and who is asked when somebody cannot come."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.clubhouse import policy as house
from companionway.clubhouse.policy import belongs, is_staff
from companionway.foundation.policy import YES, Verdict, no
from companionway.people.models import Person
from companionway.placements.models import (
    CanCover,
    Holding,
    Interest,
    Placement,
    PlacementQuerySet,
    WorkDay,
)
from companionway.placements.states import JobKind
from companionway.safety import queries as safety


def placements_visible_to(actor: Person) -> PlacementQuerySet:
    """What is offered stands open to everybody who belongs."""
    return Placement.objects.filter(programme__in=house.visible_to(actor))


def holdings_visible_to(actor: Person) -> QuerySet[Holding]:
    """Who has a place of the house is known in the house. A job of one's own is known to oneself."""
    ours = Q(placement__in=placements_visible_to(actor), placement__kind=JobKind.TRANSITIONAL)
    return Holding.objects.filter(ours | Q(person=actor))


def work_days_visible_to(actor: Person) -> QuerySet[WorkDay]:
    """Days of places of the house: one's own, and for those who cover there and for members of staff all of them."""
    covers = CanCover.objects.filter(placement=OuterRef("placement"), person=actor)
    has_it = Holding.objects.going_on().filter(placement=OuterRef("placement"), person=actor)
    seen = (
        Q(person=actor)
        | Q(Exists(covers))
        | Q(Exists(has_it))
        | Q(placement__programme__in=house.works_in(actor))
    )
    return WorkDay.objects.filter(
        seen, placement__programme__in=house.visible_to(actor), placement__closed_at=None
    )


def may_say_interest(actor: Person, placement: Placement) -> Verdict:
    if placement.closed_at is not None:
        return no(_("This place is not there any more."))
    return belongs(actor, placement.programme)


def may_choose(actor: Person, interest: Interest) -> Verdict:
    """Write down whom the house chose: anybody who belongs, for a place of the house, never for themselves."""
    if not interest.placement.is_of_the_house:
        return no(_("Here the employer chooses. The house helps with looking and asking."))
    if actor.pk == interest.person_id:
        return no(_("Please let somebody else write this down."))
    return belongs(actor, interest.placement.programme)


def may_begin_work(actor: Person, holding: Holding) -> Verdict:
    if holding.person_id != actor.pk or holding.from_on is not None or holding.ended_on is not None:
        return no(_("This is not open to you."))
    return belongs(actor, holding.placement.programme)


def may_end_work(actor: Person, holding: Holding) -> Verdict:
    """Whoever has it, at any time, without a reason."""
    if holding.person_id != actor.pk or holding.ended_on is not None:
        return no(_("This is not open to you."))
    return YES


def may_say_cannot_come(actor: Person, day: WorkDay, today: date) -> Verdict:
    if day.person_id != actor.pk or day.day < today:
        return no(_("This is not open to you."))
    return YES


def has_it(placement_id: int) -> Holding | None:
    """Who has a place now."""
    return Holding.objects.going_on().filter(placement=placement_id).first()


def may_cover(actor: Person, day: WorkDay, today: date) -> Verdict:
    """Go on a day for which nobody is there: whoever said they can on that day of the week, and members of staff."""
    if day.person_id is not None or day.day < today:
        return no(_("Somebody goes already. Thank you."))
    verdict = belongs(actor, day.placement.programme)
    if not verdict:
        return verdict
    offers = CanCover.objects.filter(placement=day.placement_id, person=actor).first()
    can = offers is not None and day.day.weekday() in offers.weekdays
    # What was promised to the employer is asked of members of staff, on any day.
    if not can and not is_staff(actor, day.placement.programme_id):
        return no(_("Please say first on which days you can go there."))
    holder = has_it(day.placement_id)
    if holder is not None and safety.never_together(actor.pk, holder.person_id):
        return no(_("This day is not free just now. Thank you for asking."))
    return YES
