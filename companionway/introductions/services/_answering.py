"""Yes, not now, no: from either of the two, and never with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.introductions import policy
from companionway.introductions.events import AnsweredYes, Closed, RestingNow
from companionway.introductions.models import Introduction
from companionway.introductions.services._bringing import meet
from companionway.introductions.services._moving import close, locked_introduction, of_two, other_of
from companionway.introductions.states import Answer, Closing, IntroductionState
from companionway.people.models import Person


@transaction.atomic
def answer(*, actor: Person, introduction: Introduction, answer: Answer, now: datetime) -> Introduction:
    """Answer an introduction. When both have said yes they are together from here (`support.services.begin`).

    Before that everything is looked at once more under locks: that nothing keeps the two apart, consent, room. If
    something changed meanwhile the introduction closes gently, in the same words whatever it was. "Not now" keeps
    it for later; a later yes asks the other afresh. Nobody learns who said no.
    """
    locked = locked_introduction(actor, introduction)
    require(policy.may_answer(actor, locked, answer))
    was_resting = locked.state == IntroductionState.RESTING
    _set(locked, actor, answer)
    if answer == Answer.NO:
        close(locked, Closing.ANSWERED, now)
        announce(Closed(**of_two(actor.pk, locked, other_of(locked, actor.pk))), at=now)
    elif answer == Answer.NOT_NOW:
        _save(locked, IntroductionState.RESTING, now)
        announce(RestingNow(**of_two(actor.pk, locked, other_of(locked, actor.pk))), at=now)
    elif locked.both_said_yes and not was_resting:
        meet(actor, locked, now)
    else:
        if was_resting:
            # Time has passed since the other said yes: they are asked again, not taken at an old word.
            _set_other(locked, actor)
        _save(locked, IntroductionState.ASKED, now)
        announce(AnsweredYes(**of_two(actor.pk, locked, other_of(locked, actor.pk))), at=now)
    return locked


@transaction.atomic
def take_back(*, actor: Person, introduction: Introduction, now: datetime) -> Introduction:
    """Take back one's own yes before the other has answered. The other is told only that it is not on any more."""
    locked = locked_introduction(actor, introduction)
    require(policy.may_answer(actor, locked, Answer.NO))
    close(locked, Closing.TAKEN_BACK, now)
    announce(Closed(**of_two(actor.pk, locked, other_of(locked, actor.pk))), at=now)
    return locked


def _set(row: Introduction, actor: Person, answer: Answer) -> None:
    if actor.pk == row.supporter_id:
        row.supporter_answer = answer
    else:
        row.member_answer = answer


def _set_other(row: Introduction, actor: Person) -> None:
    if actor.pk == row.supporter_id:
        row.member_answer = Answer.WAITING
    else:
        row.supporter_answer = Answer.WAITING


def _save(row: Introduction, state: IntroductionState, now: datetime) -> None:
    row.state, row.waiting_since = state, now
    row.save(update_fields=["state", "waiting_since", "member_answer", "supporter_answer"])
