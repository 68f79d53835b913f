"""Being introduced, and covering for each other."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from companionway.foundation.events import Event, on
from companionway.introductions import policy as introductions_policy
from companionway.introductions.events import (
    AnsweredYes,
    BothSaidYes,
    Closed,
    ProposalsMade,
    Proposed,
    RestingNow,
    SupporterAsked,
    SupportOfferedTo,
)
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.people.models import Person
from companionway.practice.events import CoverAnswered, CoverAsked


def _tell(event: Event, people: Iterable[int | None], kind: Kind) -> None:
    now = timezone.now()
    wanted = {each for each in people if each is not None}
    # The event's own name: two facts about one introduction are two notices, each of them once.
    note_down(wanted, kind=kind, subject=event.subject, once_per=event.name, by=event.actor_id, now=now)


@on(SupporterAsked)
def somebody_asks_for_you(event: SupporterAsked) -> None:
    _tell(event, [event.about_id], Kind.SUGGESTED)


@on(SupportOfferedTo)
def somebody_offers(event: SupportOfferedTo) -> None:
    _tell(event, [event.about_id], Kind.SUGGESTED)


@on(Proposed)
def two_are_proposed_to_each_other(event: Proposed) -> None:
    _tell(event, [event.member_id, event.supporter_id], Kind.SUGGESTED)


@on(ProposalsMade)
def several_are_proposed(event: ProposalsMade) -> None:
    """The event names introductions; whoever proposed them may see whose they are."""
    coordinator = Person.objects.filter(pk=event.actor_id or 0).first()
    if coordinator is None:
        return
    now = timezone.now()
    proposed = introductions_policy.visible_to(coordinator).filter(pk__in=list(event.introduction_ids))
    for pk, *people in proposed.values_list("pk", "request__member_id", "supporter_id"):
        note_down(people, kind=Kind.SUGGESTED, subject=f"introduction:{pk}", once_per=Proposed.name, now=now)


@on(AnsweredYes)
def one_said_yes(event: AnsweredYes) -> None:
    _tell(event, [event.about_id], Kind.YES)


@on(BothSaidYes)
def both_said_yes(event: BothSaidYes) -> None:
    _tell(event, [event.member_id, event.supporter_id], Kind.YES)


@on(RestingNow)
def not_able_right_now(event: RestingNow) -> None:
    _tell(event, [event.about_id], Kind.SUGGESTED)


@on(Closed)
def it_closed(event: Closed) -> None:
    _tell(event, [event.about_id], Kind.SUGGESTED)


@on(CoverAsked)
def you_are_asked_to_cover(event: CoverAsked) -> None:
    _tell(event, [event.about_id], Kind.COVER)


@on(CoverAnswered)
def your_cover_answered(event: CoverAnswered) -> None:
    _tell(event, [event.person_id], Kind.COVER)
