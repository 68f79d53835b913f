"""After something hard, and when the role drifts: offers, never marks."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from companionway.concerns import policy as concerns_policy
from companionway.concerns import queries as concerns_queries
from companionway.concerns import services as concerns
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person, Programme
from companionway.supervision import policy, queries
from companionway.supervision.events import (
    DebriefAnswered,
    DebriefOffered,
    DriftTicked,
    SignsChosen,
    WeeksShared,
)
from companionway.supervision.models import CONCERN, DriftTick, HardContact, OwnSigns, Supervision
from companionway.supervision.moving import of_one, taken, whom
from companionway.supervision.services._agenda import put_on_agenda
from companionway.supervision.states import DebriefState, Drift, ItemKind
from companionway.support import policy as support_policy


@transaction.atomic
def note_hard_contact(
    *,
    actor: Person | None,
    person: Person,
    programme: Programme,
    subject: str,
    relationship_id: int | None = None,
    is_told: bool = False,
    now: datetime,
) -> HardContact:
    """Something hard happened in somebody's supporting: offer a debrief in the same moment.

    Said by the person themselves, or by the house when a concern closes (`actor` None). `subject` names where it
    came from; the same one again changes nothing. Not a word of it is kept, and nobody else is told. `is_told`: they
    have heard of the offer from the room it came from, and are not told twice.
    """
    if actor is not None and actor.pk != person.pk:
        raise Refused(_("Only the person themselves can say this."))
    require(policy.may_be_held(person, programme))
    walks = support_policy.walked_by(person).filter(pk=relationship_id or 0)
    row, is_new = HardContact.objects.get_or_create(
        person=person,
        subject=subject,
        defaults={
            "programme": programme,
            "relationship_id": relationship_id if walks.exists() else None,
            "happened_at": now,
            "offered_at": now,
        },
    )
    if is_new:
        told = of_one(person.pk, programme.pk, actor, f"contact:{row.pk}")
        announce(DebriefOffered(**told, contact_id=row.pk, is_told=is_told), at=now)
    return row


@transaction.atomic
def answer_debrief(
    *, actor: Person, contact: HardContact, answer: DebriefState, now: datetime
) -> HardContact:
    """Yes to a debrief (the supervisor is told, and it stands on the agenda), not this time, or it has been.

    Skipping is allowed and noted, and told to nobody. Where a concern offered the same talk, this is the answer to
    that offer, too: nobody is asked twice, and the rest after it follows the one answer.
    """
    rows = policy.contacts_visible_to(actor).select_for_update(of=("self",))
    locked = rows.select_related("programme").get(pk=contact.pk)
    require(policy.may_answer_debrief(actor, locked, answer))
    locked.debrief, locked.answered_at = answer, now
    locked.save(update_fields=["debrief", "answered_at"])
    wants = answer == DebriefState.WANTED
    _answer_the_concern(actor, locked, now)
    held = queries.current_of(actor, locked.programme_id)
    if wants and held is not None:
        about = f"relationship:{locked.relationship_id}" if locked.relationship_id else ""
        put_on_agenda(actor=actor, supervision=held, kind=ItemKind.DEBRIEF, about=about, now=now)
    told = of_one(actor.pk, locked.programme_id, actor, f"contact:{locked.pk}")
    supervisor_id = held.supervisor_id if held and wants else None
    announce(DebriefAnswered(**told, contact_id=locked.pk, wants=wants, supervisor_id=supervisor_id), at=now)
    return locked


def _answer_the_concern(actor: Person, contact: HardContact, now: datetime) -> None:
    offer = concerns_queries.offer_to(actor, contact.concern_id) if contact.concern_id else None
    if offer is None:
        return
    if concerns_policy.may_answer_offer(actor, offer):
        wanted = contact.debrief != DebriefState.SKIPPED
        offer = concerns.answer_debrief(actor=actor, task=offer, wanted=wanted, now=now)
    if contact.debrief != DebriefState.WANTED and concerns_policy.may_finish(actor, offer):
        concerns.finish_task(actor=actor, task=offer, now=now)


@transaction.atomic
def follow_the_concern(*, actor: Person, concern_id: int, wanted: bool, now: datetime) -> HardContact | None:
    """The talk that a concern offered was answered there: the same answer holds here, said once.

    A yes stands on the agenda with the practice supervisor, by reference only.
    """
    mine = policy.contacts_visible_to(actor).filter(subject=f"{CONCERN}{concern_id}")
    contact = mine.filter(debrief=DebriefState.OFFERED).first()
    if contact is None:
        return None
    answer = DebriefState.WANTED if wanted else DebriefState.SKIPPED
    return answer_debrief(actor=actor, contact=contact, answer=answer, now=now)


@transaction.atomic
def offer_after_concern(*, actor: Person | None, concern_id: int, now: datetime) -> int:
    """A concern is over: offer a debrief to each supporter or supervisor who carried it. Returns to how many.

    Source: a debrief is offered by itself within minutes of a hard contact (safety.md, T12).
    """
    carried = concerns_queries.carried_of(concern_id)
    if carried is None:
        return 0
    offered = 0
    for person in Person.objects.here().filter(pk__in=carried.person_ids).order_by("pk"):
        walk = queries.walk_with(person, carried.about_id)
        programme = walk.programme if walk else queries.first_held_in(person)
        if programme is None or not policy.may_be_held(person, programme):
            continue
        note_hard_contact(
            actor=actor if actor == person else None,
            person=person,
            programme=programme,
            subject=f"{CONCERN}{concern_id}",
            relationship_id=walk.pk if walk else None,
            is_told=person.pk in carried.offered_ids,
            now=now,
        )
        offered += 1
    return offered


@transaction.atomic
def tick_drift(
    *, actor: Person, programme: Programme, kind: Drift, on_agenda: bool = False, now: datetime
) -> DriftTick:
    """Say that one was asked to do what is not the role. One tick; no words, no names of colleagues.

    Managers see it only as a pattern of at least five people in a closed quarter, never as anybody's own.
    """
    require(policy.may_be_held(actor, programme))
    row, is_new = DriftTick.objects.get_or_create(
        person=actor, programme=programme, kind=kind, ticked_on=timezone.localdate(now)
    )
    if is_new:
        announce(DriftTicked(**of_one(actor.pk, programme.pk, actor)), at=now)
    held = queries.current_of(actor, programme)
    if on_agenda and held is not None:
        words = str(Drift(kind).label)
        put_on_agenda(actor=actor, supervision=held, words=words, kind=ItemKind.DRIFT, now=now)
    return row


@transaction.atomic
def share_weeks(*, actor: Person, supervision: Supervision, shares: bool, now: datetime) -> Supervision:
    """Let the supervisor see one's weeks too, or no longer. The person has always seen them first."""
    locked = taken(actor, supervision)
    require(policy.may_share_weeks(actor, locked))
    locked.weeks_shared_at = now if shares else None
    locked.save(update_fields=["weeks_shared_at"])
    announce(WeeksShared(**whom(locked, actor), is_shared=shares), at=now)
    return locked


@transaction.atomic
def look_for_signs(*, actor: Person, wants: bool, now: datetime) -> None:
    """Ask us to look for signs of tiredness in one's own weeks, for nobody else, or to stop."""
    require(policy.may_say_gains(actor))
    if wants:
        OwnSigns.objects.get_or_create(person=actor, defaults={"since_at": now})
    else:
        OwnSigns.objects.filter(person=actor).delete()
    announce(SignsChosen(actor_id=actor.pk, subject=f"person:{actor.pk}", wants=wants), at=now)
