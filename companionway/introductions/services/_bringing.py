"""How an introduction is begun, and how it becomes a walk together when both have said yes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused
from companionway.foundation.sealing import PERSON, key_of, seal_facts
from companionway.introductions.events import BothSaidYes, Closed
from companionway.introductions.models import REASONS, Introduction, Request
from companionway.introductions.queries import facts_of, fresh_pool, kept_reasons, worth_saying
from companionway.introductions.services._moving import close, close_all, move_request, of_two, other_of
from companionway.introductions.states import Answer, Closing, Door, IntroductionState, RequestState
from companionway.people.models import Person
from companionway.practice import queries as practice
from companionway.practice import services as practice_services
from companionway.reasoning.matching import NEVER_RELAXED, Pool, Rule, explain, rule_failures
from companionway.support import services as support

KEPT_RULES = NEVER_RELAXED | {Rule.TRAINING}
"""What protects people is asked again at the very end; hours and ways of talking two people may settle themselves."""


def not_able() -> Refused:
    """The one answer for every reason for which two people may not meet: it tells nothing about either."""
    return Refused(_("They are not able to right now. Would you like to look at somebody else?"))


def begin(
    request: Request,
    supporter: Person,
    door: Door,
    now: datetime,
    *,
    member_answer: Answer = Answer.WAITING,
    supporter_answer: Answer = Answer.WAITING,
    proposed_by: Person | None = None,
) -> Introduction:
    """Write down that these two are asked, with their reasons sealed; the one gentle refusal when a rule forbids it."""
    row = Introduction.objects.live().filter(request=request, supporter=supporter).first()
    if row is not None and row.state == IntroductionState.ASKED:
        raise Refused(_("They have been asked already."))
    pool, practice_id = _look(request, supporter)
    if practice_id not in pool.supporters:
        raise not_able()
    pair = pool.members[request.pk], pool.supporters[practice_id]
    if rule_failures(*pair, pool):
        raise not_able()
    row = row or Introduction(request=request, supporter=supporter, began_at=now)
    row.door, row.state, row.waiting_since = door, IntroductionState.ASKED, now
    row.member_answer, row.supporter_answer, row.proposed_by = member_answer, supporter_answer, proposed_by
    facts = facts_of(worth_saying(explain(*pair, reader="both")))
    row.sealed_reasons = seal_facts(key_of(PERSON, request.member_id), facts, REASONS)
    row.save()
    return row


def meet(actor: Person, row: Introduction, now: datetime) -> None:
    """Both said yes: look once more, hold the place, begin. Or close gently when something changed meanwhile."""
    request = row.request
    if not _may_still_meet(row):
        return _part_gently(actor, row, now)
    try:
        practice_services.take_place(supporter_id=row.supporter_id, programme_id=request.programme_id)
    except practice_services.HeldBack:
        if actor.pk == row.supporter_id:
            raise Refused(
                _(
                    "Nobody new comes to you until you and your practice supervisor have talked. You can say not now."
                )
            ) from None
        return _part_gently(actor, row, now)
    except practice_services.Full:
        if actor.pk == row.supporter_id:
            raise Refused(
                _(
                    "You have no free place just now, by the limits you set. You can say not now, or change them first."
                )
            ) from None
        return _part_gently(actor, row, now)
    together = support.begin(
        actor=actor,
        programme=request.programme,
        member=request.member,
        supporter=row.supporter,
        reasons=kept_reasons(row),
        now=now,
    )
    row.state = IntroductionState.MET
    row.save(update_fields=["state", "member_answer", "supporter_answer"])
    request.met_at = now
    move_request(request, RequestState.MET, now, "met_at")
    close_all(Introduction.objects.filter(request=request).exclude(pk=row.pk), Closing.MET_OTHER, now)
    facts = of_two(actor.pk, row, other_of(row, actor.pk))
    announce(BothSaidYes(**facts, relationship_id=together.pk), at=now)
    return None


def _part_gently(actor: Person, row: Introduction, now: datetime) -> None:
    close(row, Closing.CHANGED, now)
    announce(Closed(**of_two(actor.pk, row, other_of(row, actor.pk))), at=now)


def _may_still_meet(row: Introduction) -> bool:
    pool, practice_id = _look(row.request, row.supporter)
    if practice_id not in pool.supporters or row.request.state != RequestState.OPEN:
        return False
    broken = rule_failures(pool.members[row.request_id], pool.supporters[practice_id], pool)
    return not KEPT_RULES & set(broken)


def _look(request: Request, supporter: Person) -> tuple[Pool, int]:
    mine = practice.practice_of(supporter, request.programme)
    ids = [mine.pk] if mine else []
    return fresh_pool(request.programme, [request], ids, around=request.member), ids[0] if ids else -1
