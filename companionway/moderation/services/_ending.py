"""One press that ends and blocks, with the words kept; and cues that reach the practice supervisor without any."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.conversations import policy as conversations_policy
from companionway.conversations import queries as conversations
from companionway.foundation.events import announce
from companionway.moderation import policy
from companionway.moderation.events import CueMarked, EndedAndBlocked
from companionway.moderation.models import CueTold
from companionway.moderation.services._same import extend_blocks_of
from companionway.noticing import queries as noticing
from companionway.people.models import Person
from companionway.safety import services as safety
from companionway.supervision import policy as supervision_policy
from companionway.supervision import queries as supervision_queries
from companionway.supervision import services as supervision
from companionway.supervision.states import ItemKind
from companionway.support import policy as support_policy
from companionway.support import services as support

EVIDENCE: Final = 10
"""How many of the newest messages are kept with the report, as they stood."""


@transaction.atomic
def end_and_block(*, actor: Person, relationship: Any, now: datetime) -> Any:
    """End this walk and block the other, in one press and without a reason; either of the two may.

    The newest messages go into a report, sealed, by the actor's own act: what is taken back later stays there. A
    supporter is offered a debrief. Source: issue 4, one-tap end-and-block. Raises Refused. Returns the report.
    """
    walk = (
        support_policy.walked_by(actor)
        .select_related("programme", "member", "supporter")
        .get(pk=relationship.pk)
    )
    other = walk.other_of(actor)
    report = safety.report(
        actor=actor,
        about=other,
        subject=f"person:{other.public_id}",
        words=_(
            "I ended this and blocked the other, in one press. The newest messages are here as they stood."
        ),
        extract=_as_they_stood(actor, walk.conversation_id),
        programme=walk.programme,
        now=now,
    )
    if walk.is_open:
        support.end_relationship(actor=actor, relationship=walk, now=now)
    safety.block_person(actor=actor, person=other, now=now)
    extend_blocks_of(actor=actor, blocked=other, now=now)
    if walk.supporter_id == actor.pk and supervision_policy.may_be_held(actor, walk.programme):
        supervision.note_hard_contact(
            actor=actor, person=actor, programme=walk.programme, subject=f"report:{report.pk}",
            relationship_id=walk.pk, now=now,
        )  # fmt: skip
    announce(EndedAndBlocked(actor_id=actor.pk, subject=f"report:{report.pk}", report_id=report.pk), at=now)
    return report


def _as_they_stood(actor: Person, conversation_id: int | None) -> str:
    talk = conversations_policy.visible_to(actor).filter(pk=conversation_id or 0).first()
    if talk is None:
        return ""
    names = {each.person_id: each.person.name for each in conversations.people_in(talk.pk)}
    said = [each for each in conversations.messages_of(talk) if each.author_id and each.facts.get("text")]
    return "\n\n".join(
        f"{names.get(each.author_id or 0, '')}: {each.facts['text']}" for each in said[-EVIDENCE:]
    )


@transaction.atomic
def mark_cues(*, actor: Person | None = None, now: datetime) -> int:
    """Where conduct was noticed in a supporter's conversation, one line stands in their supervisor's own agenda.

    Not the words, not whose, not the member; not where the supervisor takes part, nor where staff may know of
    nothing. A line that still waits is not doubled. Source: issue 4, cues go to the supervisor. Returns how many.
    """
    lines = 0
    for noticed_id, programme_id, conversation_id in noticing.conduct_since(now - policy.LOOKED_BACK):
        inside = {each.person_id for each in conversations.people_in(conversation_id)}
        for supporter_id in conversations.supporters_in(conversation_id):
            pair = supervision_queries.current_of(supporter_id, programme_id)
            if pair is None or pair.supervisor_id in inside:
                continue
            _row, is_new = CueTold.objects.get_or_create(
                noticed_id=noticed_id, supervision=pair, defaults={"told_at": now}
            )
            if is_new and not supervision_queries.has_waiting(pair, ItemKind.CUE):
                supervision.put_on_agenda(
                    actor=pair.supervisor, supervision=pair, kind=ItemKind.CUE, is_shared=False, now=now
                )
                told = {"supervisor_id": pair.supervisor_id, "programme_id": programme_id}
                announce(CueMarked(actor_id=None, subject=f"supervision:{pair.pk}", **told), at=now)
                lines += 1
    return lines
