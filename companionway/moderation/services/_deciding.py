"""A decision with reasons; the second pair of eyes; what begins to hold, and what is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from companionway.conversations import services as conversations
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.groups import policy as groups_policy
from companionway.moderation import policy
from companionway.moderation.events import Decided, HandedBack, SecondWanted, StatementRead
from companionway.moderation.models import Decision
from companionway.moderation.near import same_as
from companionway.moderation.opening import BACK, FACTS, message_words, opened, seal
from companionway.moderation.services._of_a_group import leave_out, let_in
from companionway.moderation.services._taking_away import keep_words, take_away
from companionway.moderation.states import MOVES, STOPS, TIMED, Outcome, State
from companionway.people import policy as people_policy
from companionway.people import queries as people_queries
from companionway.people import services as people
from companionway.people.models import SHORT_DAYS, Person, Programme, Stop
from companionway.safety import policy as safety_policy
from companionway.safety import services as safety

_WITH = ("about", "made_by", "programme", "meanwhile", "report", "group", "left_out")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody decides: the facts in their own words, and what is done."""

    outcome: Outcome
    reason: str
    facts: str
    days: int | None = None
    # The group they stay away from, where that is decided.
    group: Any = None
    is_everywhere: bool = False
    was_noticed: bool = False
    holds_meanwhile: bool = False
    # The message it is about, with what else is decided (where it is not the outcome itself).
    takes_away: bool = False
    # What the one who reported is told; nothing of somebody else's affairs belongs in it.
    answer: str = ""


def whom(decision: Decision, actor: Person | None) -> dict[str, Any]:
    return {
        "actor_id": actor.pk if actor else None,
        "subject": f"decision:{decision.pk}",
        "decision_id": decision.pk,
        "programme_id": decision.programme_id,
    }


def move(decision: Decision, to: State, *fields: str) -> None:
    if to not in MOVES[State(decision.state)]:
        raise Refused(_("This does not wait for you."))
    decision.state = to
    decision.save(update_fields=["state", *fields])


@transaction.atomic
def decide(*, actor: Person, report: Any = None, noticed: Any = None, said: Said, now: datetime) -> Decision:
    """Decide about the person a report or a cue is about. It holds at once, or when a second person agrees.

    Where nobody alone may stop somebody for so long, nothing happens before; only a short stop meanwhile, when
    chosen and allowed. Source: issue 4, moderation; Online Safety Act and DSA, reasons. Raises Refused.
    """
    if said.takes_away or said.outcome == Outcome.REMOVAL:
        conversations.first_in_order()
    programme, about = _what_it_is_about(actor, report, noticed, now)
    require(policy.may_decide(actor, about))
    if (said.outcome in TIMED) != (said.days is not None):
        raise Refused(_("Please say for how many days."))
    _check_group(programme, about, said)
    made = Decision(
        programme=programme, about=about, report=report, noticed=noticed, outcome=said.outcome, reason=said.reason,
        days=said.days, group=said.group, is_everywhere=said.is_everywhere, was_noticed=said.was_noticed,
        made_by=actor, made_at=now,
        message_id=_away(actor, about, programme, policy.message_told_of(report, noticed), said),
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as twice:
        raise Refused(_("This has been decided already.")) from twice
    made.sealed_facts = seal(made, said.facts, FACTS)
    keep_words(made)
    made.save(update_fields=["sealed_facts", "sealed_message"])
    if policy.needs_two(made, now):
        _wait_for_a_second(made, actor, said.holds_meanwhile, now)
    else:
        _begin_to_hold(made, actor, None, now)
    if report is not None and said.answer.strip() and safety_policy.may_answer(actor, report):
        safety.answer_report(actor=actor, report=report, words=said.answer, now=now)
    return made


def _check_group(programme: Programme, about: Person | None, said: Said) -> None:
    if (said.outcome == Outcome.LEFT_OUT) != (said.group is not None):
        raise Refused(_("Please say which group they stay away from."))
    if said.group is not None and about is not None:
        if not policy.groups_left_out_of(programme).filter(pk=said.group.pk).exists():
            raise Refused(_("This group decides on its own who stays away for a while."))
        require(groups_policy.may_leave_out(about, said.group))


def _away(
    actor: Person, about: Person | None, programme: Programme, message_id: int | None, said: Said
) -> int | None:
    """The number of the message that is taken away, where that is decided."""
    if said.outcome != Outcome.REMOVAL and not said.takes_away:
        return None
    if said.outcome == Outcome.NOTHING:
        raise Refused(_("Where nothing wrong was found, the message stays."))
    require(policy.may_take_away(actor, about, programme, message_id))
    return message_id


def _what_it_is_about(
    actor: Person, report: Any, noticed: Any, now: datetime
) -> tuple[Programme, Person | None]:
    if report is not None:
        found = (
            safety_policy.reports_answerable_by(actor).select_related("about", "programme").get(pk=report.pk)
        )
        return found.programme, found.about
    if not policy.noticed_decided_by(actor, now).filter(pk=noticed.pk).exists():
        raise Refused(_("Please open it first, and say why."))
    return noticed.programme, policy.writer_of(noticed)


def _wait_for_a_second(decision: Decision, actor: Person, holds_meanwhile: bool, now: datetime) -> None:
    person = decision.about
    is_of_a_group = decision.outcome == Outcome.LEFT_OUT
    if (
        holds_meanwhile
        and person is not None
        and not is_of_a_group
        and not people_policy.needs_two(person, SHORT_DAYS, now)
    ):
        decision.meanwhile = _stop(decision, actor, None, SHORT_DAYS, now)
        decision.save(update_fields=["meanwhile"])
    if holds_meanwhile and is_of_a_group:
        leave_out(decision, actor, None, SHORT_DAYS, now)
    has_nobody = not policy.seconds(decision).exists()
    announce(SecondWanted(**whom(decision, actor), has_nobody=has_nobody), at=now)


def _stop(decision: Decision, actor: Person, first: Person | None, days: int | None, now: datetime) -> Stop:
    """Under each of their names, where two of the team have recorded that there are several."""
    assert decision.about is not None
    where = None if decision.is_everywhere else decision.programme
    made = people.stop_taking_part(
        actor=actor, first=first, person=decision.about, programme=where, days=days, now=now
    )
    for other in Person.objects.here().filter(pk__in=same_as(decision.about.pk) - {decision.about.pk}):
        people.extend_stop(actor=actor, stop=made, person=other, now=now)
    return made


def _begin_to_hold(decision: Decision, actor: Person, first: Person | None, now: datetime) -> None:
    if decision.outcome in STOPS:
        decision.stop = _stop(decision, actor, first, decision.days, now)
    _end_meanwhile(decision, actor, now)
    if decision.outcome == Outcome.LEFT_OUT:
        leave_out(decision, actor, first, decision.days or 0, now)
    decision.holds_at = now
    if first is not None:
        decision.second, decision.seconded_at = actor, now
    move(decision, State.STANDS, "stop", "holds_at", "second", "seconded_at")
    take_away(decision, actor, now)
    about = None if decision.outcome == Outcome.NOTHING else decision.about_id
    announce(Decided(**whom(decision, actor), about_id=about), at=now)


def _end_meanwhile(decision: Decision, actor: Person, now: datetime) -> None:
    if decision.meanwhile is not None:
        people.let_back(actor=actor, stop=decision.meanwhile, now=now)


def _taken(actor: Person, decision: Decision) -> Decision:
    rows = policy.handled_by(actor).select_for_update(of=("self",))
    locked = rows.select_related(*_WITH).get(pk=decision.pk)
    require(policy.may_second(actor, locked))
    return locked


@transaction.atomic
def agree(*, actor: Person, decision: Decision, now: datetime) -> Decision:
    """The second pair of eyes: read, and agreed. From now on it holds. Raises Refused."""
    if decision.message_id is not None:
        conversations.first_in_order()
    locked = _taken(actor, decision)
    if locked.about is None:
        raise Refused(_("This person has left and deleted everything."))
    _begin_to_hold(locked, actor, locked.made_by, now)
    return locked


@transaction.atomic
def hand_back(*, actor: Person, decision: Decision, words: str, now: datetime) -> Decision:
    """Not like this: it goes back with words, and what held meanwhile ends. Nobody else is told. Raises Refused."""
    locked = _taken(actor, decision)
    if not words.strip():
        raise Refused(_("Please write a few words first."))
    _end_meanwhile(locked, actor, now)
    let_in(locked, actor, 0, now)
    locked.second, locked.seconded_at, locked.sealed_back = actor, now, seal(locked, words, BACK)
    locked.sealed_message = None
    move(locked, State.BACK, "second", "seconded_at", "sealed_back", "sealed_message")
    announce(HandedBack(**whom(locked, actor), maker_id=locked.made_by_id), at=now)
    return locked


@transaction.atomic
def open_decision(*, actor: Person, decision: Decision, now: datetime) -> tuple[str, str, dict[str, str]]:
    """The facts, what was handed back with, and the words of the message, for those who decide.

    A read of what holds is shown to the person.
    """
    seen = policy.handled_by(actor).select_related("about").get(pk=decision.pk)
    if seen.about is not None and policy.visible_to(seen.about).filter(pk=seen.pk).exists():
        people.record_read(
            actor=actor, about=seen.about, subject=f"decision:{seen.pk}", reason_key="report", now=now
        )
    facts, back = opened(seen, seen.sealed_facts, FACTS), opened(seen, seen.sealed_back, BACK)
    return facts, back, message_words(seen)


@transaction.atomic
def read_statement(*, actor: Person, decision: Decision, now: datetime) -> str:
    """The person opens the statement of reasons; the first time is kept."""
    seen = policy.visible_to(actor).get(pk=decision.pk)
    if seen.seen_at is None:
        seen.seen_at = now
        seen.save(update_fields=["seen_at"])
        announce(StatementRead(**whom(seen, actor)), at=now)
    return opened(seen, seen.sealed_facts, FACTS)


@transaction.atomic
def lift_what_is_over(*, actor: Person | None = None, now: datetime) -> int:
    """Stops whose days have passed end by themselves; what was held is given back."""
    over = people_queries.over(now)
    for each in over:
        people.let_back(actor=None, stop=each, now=now)
    return len(over)
