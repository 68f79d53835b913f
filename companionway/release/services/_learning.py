"""Beginning to learn, signing for the next stage, stepping back, and the end of it. The member is told each time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from companionway.conversations import gates
from companionway.conversations import queries as conversation_queries
from companionway.conversations import services as conversations
from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.people.models import Person, Programme
from companionway.reasoning import release as rules
from companionway.release import events, policy, queries, trainees
from companionway.release.models import Signature, Thread, Traineeship
from companionway.release.states import Stage


@transaction.atomic
def begin_learning(*, actor: Person, person: Person, programme: Programme, now: datetime) -> Traineeship:
    """From now on a mentor reads what they write before it goes. Twice is once. Raises Refused. Source: F16."""
    require(policy.may_begin(actor, person, programme))
    conversations.first_in_order()
    traineeship, is_new = Traineeship.objects.get_or_create(
        person=person,
        programme=programme,
        ended_at=None,
        defaults={"stage_at": now, "began_at": now, "begun_by": actor},
    )
    if is_new:
        trainees.forget()
        announce(
            events.TraineeshipBegan(
                actor_id=actor.pk,
                about_id=person.pk,
                subject=f"traineeship:{traineeship.pk}",
                traineeship_id=traineeship.pk,
                programme_id=programme.pk,
            ),
            at=now,
        )
        for talk in conversation_queries.supported_by(person.pk, programme.pk):
            tell_in(traineeship, talk, "mentor_every", now)
    return traineeship


@transaction.atomic
def sign(*, actor: Person, traineeship: Traineeship, now: datetime) -> bool:
    """A mentor signs for the next stage; with enough mentors it begins (True). Raises Refused.

    One signature for "some replies", two of different mentors for "on request". Source: `reasoning.release`.
    """
    found = _locked(traineeship)
    evidence = queries.evidence_of(found, now)
    require(policy.may_sign(actor, found, evidence))
    to = rules.may_move_to(rules.Stage(found.stage), evidence)
    assert to is not None
    Signature.objects.create(
        traineeship=found,
        to_stage=to,
        signed_by=actor,
        signed_at=now,
        read=evidence.read,
        sent_back=evidence.sent_back,
    )
    subject = f"traineeship:{found.pk}"
    signed = events.SignedFor(
        actor_id=actor.pk, about_id=found.person_id, subject=subject, traineeship_id=found.pk, stage_key=to
    )
    announce(signed, at=now)
    if found.signatures.filter(to_stage=to, laid_aside_at=None).count() < rules.SIGNERS[to]:
        return False
    _move(actor, found, Stage(to), now)
    return True


@transaction.atomic
def step_back(*, actor: Person, traineeship: Traineeship, now: datetime) -> None:
    """Every reply is read again; earlier signatures count no more. Raises Refused."""
    found = _locked(traineeship)
    require(policy.may_step_back(actor, found))
    go_back(actor, found, now)


@transaction.atomic
def end_learning(*, actor: Person, traineeship: Traineeship, now: datetime) -> None:
    """They write on their own, for good; the member is told that nobody reads first any more. Raises Refused."""
    found = _locked(traineeship)
    require(policy.may_end(actor, found))
    found.ended_at = now
    found.save(update_fields=["ended_at"])
    _told(actor, found, "mentor_done", now)
    announce(
        events.TraineeshipEnded(
            actor_id=actor.pk,
            about_id=found.person_id,
            subject=f"traineeship:{found.pk}",
            traineeship_id=found.pk,
        ),
        at=now,
    )


def go_back(actor: Person | None, traineeship: Traineeship, now: datetime) -> None:
    """Inside another deed: the newest replies say so, or a mentor."""
    traineeship.signatures.filter(laid_aside_at=None).update(laid_aside_at=now)
    if traineeship.stage != Stage.EVERY:
        _move(actor, traineeship, Stage.EVERY, now)


def _locked(traineeship: Traineeship) -> Traineeship:
    conversations.first_in_order()
    found = Traineeship.objects.select_for_update(of=("self",)).select_related("person", "programme")
    return found.get(pk=traineeship.pk)


def _move(actor: Person | None, traineeship: Traineeship, to: Stage, now: datetime) -> None:
    traineeship.stage, traineeship.stage_at = to, now
    traineeship.save(update_fields=["stage", "stage_at"])
    _told(actor, traineeship, f"mentor_{to}", now)
    announce(
        events.StageChanged(
            actor_id=actor.pk if actor else None,
            about_id=traineeship.person_id,
            subject=f"traineeship:{traineeship.pk}",
            traineeship_id=traineeship.pk,
            stage_key=to,
        ),
        at=now,
    )


def _told(actor: Person | None, traineeship: Traineeship, line: str, now: datetime) -> None:
    trainees.forget()
    for talk in conversation_queries.supported_by(traineeship.person_id, traineeship.programme_id):
        tell_in(traineeship, talk, line, now)


def tell_in(traineeship: Traineeship, talk: Any, line: str, now: datetime) -> None:
    """One plain line to both, and a thread beside it for the trainee and the mentors."""
    gates.changed_in(talk.pk)
    conversations.say_system_line(
        actor=None, conversation=talk, key=line, name=traineeship.person.name, now=now
    )
    Thread.objects.get_or_create(
        traineeship=traineeship,
        conversation=talk,
        defaults={"programme_id": traineeship.programme_id, "opened_at": now},
    )
