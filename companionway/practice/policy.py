"""Who may see and do what here. Every rule returns a reason a person can be shown."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.people import policy as people
from companionway.people.models import Person, Programme
from companionway.people.practice_models import PracticeModel
from companionway.practice.models import Cover, SupporterPractice
from companionway.practice.states import MOVES, CoverState


def visible_to(actor: Person) -> QuerySet[SupporterPractice]:
    """One's own; and for coordinators those of their programmes.

    Where a tradition lets coordinators see nothing of relationships, only the list people put themselves on.
    """
    mine = actor.programmes_with("introductions.coordinate")
    coordinated = Q(programme__in=mine) & (Q(programme__coordinator_sees=True) | Q(accepting=True))
    return SupporterPractice.objects.filter(Q(person=actor) | coordinated)


def may_view(actor: Person, practice: SupporterPractice) -> Verdict:
    if practice.person_id == actor.pk:
        return YES
    if not actor.holds("introductions.coordinate", practice.programme_id):
        return no(_("This belongs to somebody else."))
    if practice.programme.coordinator_sees or practice.accepting:
        return YES
    return no(_("This belongs to somebody else."))


def may_offer(actor: Person, programme: Programme) -> Verdict:
    """Whether they may offer support here: supporters, and in a mutual tradition anybody who takes part."""
    if actor.holds("support.accompany", programme):
        return YES
    if PracticeModel.of(programme).mutual and actor.holds("support.ask", programme):
        return YES
    return no(_("This is for the people who support others in this programme."))


def may_keep(actor: Person, practice: SupporterPractice) -> Verdict:
    """Limits, hours, words and times away are the person's own: nobody sets them for somebody else."""
    if practice.person_id != actor.pk:
        return no(_("Only the person themselves can change this."))
    return may_offer(actor, practice.programme)


def may_set_training(actor: Person, practice: SupporterPractice) -> Verdict:
    if not actor.holds("introductions.coordinate", practice.programme_id):
        return no(_("A coordinator of this programme keeps this."))
    if practice.person_id == actor.pk:
        return no(_("Somebody else keeps this for you."))
    return YES


def may_stand_in(practice: SupporterPractice, fellow: SupporterPractice) -> Verdict:
    """Whoever stands in is there for people of the same age: the one rule of `people.policy`."""
    served = [
        people.band_served(each.programme, each.person, each.supports_band) for each in (practice, fellow)
    ]
    if served[0] and served[0] == served[1]:
        return YES
    return no(_("They are there for people of another age."))


def covers_visible_to(actor: Person) -> QuerySet[Cover]:
    """Where they are asked to cover, and who covers for them."""
    return Cover.objects.filter(Q(person=actor) | Q(practice__person=actor))


def may_view_cover(actor: Person, cover: Cover) -> Verdict:
    if actor.pk in (cover.person_id, cover.practice.person_id):
        return YES
    return no(_("This is between two other people."))


def may_answer_cover(actor: Person, cover: Cover) -> Verdict:
    if cover.person_id != actor.pk:
        return no(_("Only the person who was asked can answer."))
    if CoverState.YES not in MOVES[CoverState(cover.state)]:
        return no(_("This question is no longer open."))
    mine = SupporterPractice.objects.filter(person=actor, programme=cover.practice.programme_id).first()
    if mine is not None and not (verdict := may_stand_in(cover.practice, mine)):
        return verdict
    return may_offer(actor, cover.practice.programme)


def may_end_cover(actor: Person, cover: Cover) -> Verdict:
    """Either of the two may step back at any time."""
    if actor.pk not in (cover.person_id, cover.practice.person_id):
        return no(_("This is between two other people."))
    if CoverState.ENDED not in MOVES[CoverState(cover.state)]:
        return no(_("This has already ended."))
    return YES
