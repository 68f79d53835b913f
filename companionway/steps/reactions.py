"""What we do when others tell: two are kept apart, a walk ends or pauses, somebody takes no part any more."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import on
from companionway.people.events import RoleEnded, Stopped
from companionway.safety.events import Blocked, KeptApart
from companionway.steps import services
from companionway.support.events import Ended, PausedTogether


@on(Blocked)
def a_block_ends_it(event: Blocked) -> None:
    if event.actor_id is not None:
        services.end_between(actor=None, one_id=event.actor_id, other_id=event.blocked_id, now=timezone.now())


@on(KeptApart)
def whoever_must_not_meet_is_not_alongside(event: KeptApart) -> None:
    services.end_between(actor=None, one_id=event.one_id, other_id=event.other_id, now=timezone.now())


@on(Ended)
def the_walk_is_over(event: Ended) -> None:
    services.end_by_ground(actor=None, relationship_id=event.relationship_id, now=timezone.now())


@on(PausedTogether)
def a_pause_asks_for_nothing(event: PausedTogether) -> None:
    services.end_by_ground(actor=None, relationship_id=event.relationship_id, now=timezone.now())


@on(Stopped)
def whoever_takes_no_part_is_not_alongside(event: Stopped) -> None:
    if event.about_id is not None:
        services.end_where_stopped(
            actor=None, person_id=event.about_id, programme_id=event.programme_id, now=timezone.now()
        )


@on(RoleEnded)
def whoever_left_the_programme(event: RoleEnded) -> None:
    if event.about_id is not None:
        services.end_by_ground(
            actor=None, member_id=event.about_id, programme_id=event.programme_id, now=timezone.now()
        )
