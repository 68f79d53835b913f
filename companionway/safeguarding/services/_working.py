"""What a lead does: open with a reason, decide, answer, close, and see that nobody too close reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import Event, announce
from companionway.foundation.policy import Refused, require
from companionway.people import services as people
from companionway.people.models import Person
from companionway.safeguarding import events, opening, policy
from companionway.safeguarding.models import Concerned, Reading, SafeguardingRecord
from companionway.safeguarding.opening import Decision
from companionway.safeguarding.states import READING_REASONS, EntryKind, Part, RecordState


@transaction.atomic
def open_record(
    *, actor: Person, record: SafeguardingRecord, reason_key: str, words: str = "", now: datetime
) -> Reading:
    """Open what somebody else wrote, for a stated reason, for a while. Who wrote it is shown that and why."""
    seen = policy.readable_by(actor).select_related("author").get(pk=record.pk)
    require(policy.may_read(actor, seen))
    if reason_key not in READING_REASONS:
        raise Refused(_("Please choose one of the answers listed."))
    sealed = opening.key_for(seen).seal(words, f"reading:{actor.pk}") if words else None
    made = Reading.objects.create(
        record=seen, reader=actor, reason_key=reason_key, sealed_words=sealed, read_at=now
    )
    subject = f"safeguarding:{seen.pk}"
    people.record_read(actor=actor, about=seen.author, subject=subject, reason_key=reason_key, now=now)
    announce(events.RecordOpened(actor_id=actor.pk, subject=subject, record_id=seen.pk), at=now)
    return made


@transaction.atomic
def record_decision(*, actor: Person, record: SafeguardingRecord, decision: Decision, now: datetime) -> None:
    """Write down what was decided: by whom, when, why, who was told, and what the person was told, or why not.

    A decision that leaves any of these open is refused (features F29: "who was told, why, what the person was told").
    """
    locked = _locked(actor, record)
    if not (decision.decision and decision.why and decision.told):
        raise Refused(_("Please say what was decided, why, and who was told."))
    if not (decision.person_told or decision.why_not):
        raise Refused(_("Please say what the person was told, or why they were not told."))
    opening.add(locked, EntryKind.DECIDED, actor, decision, now)
    _announce(events.DecisionRecorded, actor, locked, now)


@transaction.atomic
def answer_author(*, actor: Person, record: SafeguardingRecord, words: str, now: datetime) -> None:
    """Answer who told it. They see these words, and still nothing else of the record. Raises Refused."""
    locked = _locked(actor, record)
    if locked.author.erased_at is not None:
        raise Refused(_("The person who told this has left. Nobody would read the answer."))
    opening.add(locked, EntryKind.ANSWERED, actor, words, now)
    subject = f"safeguarding:{locked.pk}"
    fact = events.AuthorAnswered(
        actor_id=actor.pk, subject=subject, record_id=locked.pk, author_id=locked.author_id
    )
    announce(fact, at=now)


@transaction.atomic
def close_record(*, actor: Person, record: SafeguardingRecord, words: str, now: datetime) -> None:
    """Say how it ended. From here its time runs; it can be opened again."""
    locked = _locked(actor, record)
    require(policy.may_move(actor, locked, RecordState.CLOSED))
    opening.add(locked, EntryKind.CLOSED, actor, words, now)
    _announce(events.RecordClosed, actor, locked, now)


@transaction.atomic
def reopen_record(*, actor: Person, record: SafeguardingRecord, words: str, now: datetime) -> None:
    """It is not over after all: the time it is kept no longer runs."""
    locked = _locked(actor, record)
    require(policy.may_move(actor, locked, RecordState.OPEN))
    opening.add(locked, EntryKind.REOPENED, actor, words, now)
    _announce(events.RecordReopened, actor, locked, now)


@transaction.atomic
def hold_record(*, actor: Person, record: SafeguardingRecord, words: str, now: datetime) -> None:
    """Keep it beyond its time, for a reason (a court, an inquiry). The clock passes it by until it is let go."""
    locked = _locked(actor, record)
    if locked.is_held:
        raise Refused(_("This has been done already."))
    opening.add(locked, EntryKind.HELD, actor, words, now)
    _announce(events.RecordHeld, actor, locked, now)


@transaction.atomic
def let_go_of_record(*, actor: Person, record: SafeguardingRecord, words: str, now: datetime) -> None:
    """The reason to keep it longer is over."""
    locked = _locked(actor, record)
    if not locked.is_held:
        raise Refused(_("This has been done already."))
    opening.add(locked, EntryKind.LET_GO, actor, words, now)
    _announce(events.RecordLetGo, actor, locked, now)


@transaction.atomic
def keep_from(
    *, actor: Person, record: SafeguardingRecord, person: Person, part: Part, now: datetime
) -> None:
    """Name somebody whom it is about, or who is too close (oneself included): from now on they see nothing of it.

    It cannot be taken back. Raises Refused when nobody could read it any more.
    """
    locked = _locked(actor, record)
    require(policy.may_keep_from(actor, locked, person))
    _row, is_new = Concerned.objects.get_or_create(
        record=locked, person=person, part=part, defaults={"named_by": actor, "named_at": now}
    )
    if is_new:
        _announce(events.KeptFromSomebody, actor, locked, now)


def _locked(actor: Person, record: SafeguardingRecord) -> SafeguardingRecord:
    """The record as it stands, for a lead; the row is locked so that entries keep their order."""
    locked = policy.readable_by(actor).select_for_update().get(pk=record.pk)
    require(policy.may_read(actor, locked))
    return policy.readable_by(actor).standing().select_related("author", "programme").get(pk=locked.pk)


class _OfARecord(Protocol):
    def __call__(self, *, actor_id: int | None, subject: str, record_id: int) -> Event: ...


def _announce(kind: _OfARecord, actor: Person, record: SafeguardingRecord, now: datetime) -> None:
    announce(kind(actor_id=actor.pk, subject=f"safeguarding:{record.pk}", record_id=record.pk), at=now)
