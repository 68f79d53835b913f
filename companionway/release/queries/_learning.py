"""Those who learn: their stage, the figures behind it, and what the member is promised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from companionway.conversations import queries as conversations
from companionway.people import roles
from companionway.people.models import Person, Programme, RoleHeld
from companionway.reasoning import release as rules
from companionway.release import policy, trainees
from companionway.release.models import HeldReply, Signature, Traineeship
from companionway.release.states import ReplyState, Stage

# What was read longer ago says little about today.
COUNTS_FOR = timedelta(days=180)


def learning_in(person_id: int, conversation_id: int) -> QuerySet[Traineeship]:
    """The traineeship by which this person supports in this conversation, if there is one."""
    programme_id = conversations.supports_in(person_id, conversation_id)
    return Traineeship.objects.filter(person=person_id, programme=programme_id or 0, ended_at=None)


def evidence_of(traineeship: Traineeship, now: datetime) -> rules.Evidence:
    """The replies read that say something about all: oldest first, whether each was sent back."""
    found = HeldReply.objects.filter(
        traineeship=traineeship,
        why__in=list(rules.COUNTED),
        state__in=[ReplyState.RELEASED, ReplyState.SENT_BACK],
        decided_at__gt=now - COUNTS_FOR,
    )
    states = found.order_by("decided_at", "pk").values_list("state", flat=True)
    return rules.Evidence(
        outcomes=tuple(state == ReplyState.SENT_BACK for state in states),
        learning_for=now - traineeship.began_at,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One trainee as mentors and coordinators see them: figures about replies, none of their words."""

    traineeship: Traineeship
    evidence: rules.Evidence
    share: float
    to: Stage | None
    missing: int
    signatures: list[Signature]
    signers: int

    @property
    def percent(self) -> int:
        stage = self.traineeship.stage
        return 100 if stage == Stage.EVERY else round(self.share * 100) if stage == Stage.SAMPLED else 0

    @property
    def at_most(self) -> int:
        """Of a hundred replies, at most so many would be sent back, as far as these figures can tell."""
        return round(100 * rules.upper_bound(self.evidence.sent_back, self.evidence.read))

    @property
    def stage_words(self) -> str:
        return str(Stage(self.traineeship.stage).label)

    @property
    def to_words(self) -> str:
        return str(self.to.label) if self.to else ""


def row_of(traineeship: Traineeship, now: datetime) -> Row:
    evidence, stage = evidence_of(traineeship, now), rules.Stage(traineeship.stage)
    to = rules.may_move_to(stage, evidence)
    signed = traineeship.signatures.filter(laid_aside_at=None).select_related("signed_by")
    return Row(
        traineeship=traineeship,
        evidence=evidence,
        share=rules.share_to_read(evidence),
        to=Stage(to) if to else None,
        missing=rules.good_replies_missing(stage, evidence),
        signatures=list(signed.order_by("signed_at")),
        signers=rules.SIGNERS.get(to, 0) if to else 0,
    )


def trainees_for(actor: Person, now: datetime) -> list[Row]:
    """Everybody who learns in the programmes this person reads in or oversees."""
    found = policy.trainees_visible_to(actor).filter(ended_at=None).select_related("person", "programme")
    return [row_of(each, now) for each in found.order_by("began_at")]


def could_begin(actor: Person) -> dict[str, tuple[Person, Programme]]:
    """Whom this coordinator could let begin: supporters of their programmes who do not learn there now."""
    found: dict[str, tuple[Person, Programme]] = {}
    programmes = Programme.objects.filter(pk__in=actor.programmes_with(policy.OVERSEE), coordinator_sees=True)
    learning = set(Traineeship.objects.filter(ended_at=None).values_list("person_id", "programme_id"))
    held = RoleHeld.objects.filter(role=roles.SUPPORTER, programme__in=programmes, until_at=None)
    for each in held.select_related("person", "programme").order_by("person__name", "pk"):
        key = (each.person_id, each.programme_id)
        is_here = each.person.is_active and each.person.erased_at is None
        if key not in learning and each.person_id != actor.pk and is_here and each.programme is not None:
            found[f"{each.person.public_id}-{each.programme.public_id}"] = (each.person, each.programme)
    return found


@dataclass(frozen=True, slots=True)
class Promise:
    """What the two of a conversation are told about who reads, and until when."""

    traineeship: Traineeship
    # The address of the conversation.
    talk: str
    turns: int = rules.TURNS_BEFORE
    hours: int = int(rules.PROMISE.total_seconds() // 3600)

    @property
    def name(self) -> str:
        return self.traineeship.person.name

    @property
    def stage(self) -> str:
        return self.traineeship.stage


def promise_in(conversation_id: int, people: Iterable[int] | None = None) -> Promise | None:
    """The promise that holds in this conversation; None where nobody learns."""
    if people is None:
        people = [each.person_id for each in conversations.people_in(conversation_id) if each.is_supporter]
    for person_id in sorted(people):
        if found := learning_in(person_id, conversation_id).select_related("person").first():
            return Promise(found, conversations.address_of(conversation_id))
    return None


def promise_between(programme_id: int, conversation_id: int | None, supporter_id: int) -> Promise | None:
    """The same, asked by pages about two people: nothing is asked of the database where nobody learns."""
    if conversation_id is None or not trainees.among(programme_id, frozenset({supporter_id})):
        return None
    return promise_in(conversation_id, [supporter_id])
