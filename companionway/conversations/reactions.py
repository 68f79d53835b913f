"""What this room does when others tell."""

from __future__ import annotations

from collections.abc import Sequence

from companionway.conversations import events, places
from companionway.conversations.models import Participant
from companionway.foundation import live
from companionway.foundation.events import on
from companionway.foundation.models import Record
from companionway.foundation.watching import noticed
from companionway.noticing.events import NoticingSwitched
from companionway.people.events import Erased, LetBack, RoleEnded, Stopped
from companionway.safety.events import Blocked, BlockLifted


@on(Blocked)
def nothing_more_passes(event: Blocked) -> None:
    _forget_between(event.actor_id, event.blocked_id)


@on(BlockLifted)
def words_may_pass(event: BlockLifted) -> None:
    _forget_between(event.actor_id, event.blocked_id)


@on(NoticingSwitched)
def looked_at_otherwise(event: NoticingSwitched) -> None:
    places.forget_all()


@on(Erased)
def they_left(event: Erased) -> None:
    if person_id := event.about_id or event.actor_id:
        _forget_all_of(person_id)
        live.revoke_person(person_id)


@on(RoleEnded)
def streams_prove_themselves_again(event: RoleEnded) -> None:
    if person_id := event.about_id or event.actor_id:
        live.revoke_person(person_id)


@on(Stopped)
def no_more_words_of_theirs(event: Stopped) -> None:
    _forget_all_of(event.about_id or 0)


@on(LetBack)
def their_words_may_come(event: LetBack) -> None:
    _forget_all_of(event.about_id or 0)


def _forget_between(one_id: int | None, other_id: int) -> None:
    if one_id is not None:
        _forget_all_of(one_id)
    _forget_all_of(other_id)


def _forget_all_of(person_id: int) -> None:
    for pk in Participant.objects.filter(person=person_id).values_list("conversation_id", flat=True):
        places.forget(pk)


@noticed(
    events.ConversationClosed,
    events.ConversationReopened,
    events.ConversationErased,
    events.SignalsChosen,
    events.SpaceChanged,
)
def places_changed_elsewhere(records: Sequence[Record]) -> None:
    for record in records:
        places.forget_here(record.payload["conversation_id"])


@noticed(NoticingSwitched)
def looked_at_otherwise_elsewhere(records: Sequence[Record]) -> None:
    """Whether messages are looked at is remembered with the place: from now on it is asked again."""
    places.forget_all()


@noticed(Blocked, BlockLifted, Erased, Stopped, LetBack)
def people_apart_elsewhere(records: Sequence[Record]) -> None:
    """One of the two is enough: what is between them is remembered under both."""
    places.forget_here_of({record.about_id or record.actor_id for record in records})
