"""Many people at once, through the same reading of rows that the pages use: nobody meets whom they must never meet,
and nobody carries more than they said."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companionway.foundation.policy import Refused
from companionway.introductions import queries, services
from companionway.introductions.models import Introduction, Request
from companionway.introductions.states import Answer
from companionway.people import roles
from companionway.people.models import Consent, Person, Programme, Purpose, RoleHeld
from companionway.practice import services as practice
from companionway.practice.models import SupporterPractice
from companionway.safety import queries as safety
from companionway.safety import services as safety_services
from companionway.safety.models import KeptApart
from companionway.support import queries as support
from tests.cast import NOW, Cast, make_cast
from tests.often import times
from tests.rooms.introductions.scene import asked, new_member, new_supporter

ROUNDS, EACH_ROUND, SUPPORTERS, PLACES, KEPT_FROM = times(20), 500, 100, 5, 3


def _crowd(programme: Programme, role: str, name: str, number: int) -> list[Person]:
    people = Person.objects.bulk_create(
        Person(
            organisation_id=programme.organisation_id,
            name=f"{name} {n}",
            sign_in_name=f"{name} {n}",
            joined_at=NOW,
            password="!",
        )
        for n in range(number)
    )
    RoleHeld.objects.bulk_create(
        RoleHeld(person=each, role=role, programme=programme, since_at=NOW) for each in people
    )
    Consent.objects.bulk_create(
        Consent(person=each, purpose=Purpose.MATCHING, given_at=NOW) for each in people
    )
    return people


def _supporters(programme: Programme) -> list[Person]:
    people = _crowd(programme, roles.SUPPORTER, "s", SUPPORTERS)
    SupporterPractice.objects.bulk_create(
        SupporterPractice(
            person=each, programme=programme, accepting=True, places=PLACES, weekly_minutes=6000, minutes_each=30,
            began_at=NOW, changed_at=NOW,
        )
        for each in people
    )  # fmt: skip
    return people


def _round(programme: Programme, number: int, kept_from: dict[Person, list[Person]]) -> list[tuple[int, int]]:
    """Everybody of one round asks; returns who would meet whom by the proposal for the whole waiting list."""
    Request.objects.all().delete()
    Request.objects.bulk_create(
        Request(member=each, programme=programme, asked_at=NOW + timedelta(minutes=n), changed_at=NOW)
        for n, each in enumerate(kept_from)
    )
    made = queries.batch(programme, NOW + timedelta(days=number + 1))
    by_request = {each.pk: each.member_id for each in made.requests}
    by_practice = {row.id: row.who for row in made.pool.supporters.values()}
    return [(by_request[request], by_practice[each]) for request, each in made.assignment.pairs()]


def test_ten_thousand_matched_pairs_and_no_two_who_must_never_meet(cast: Cast) -> None:
    programme, dice, met = cast.programme, random.Random(7), 0
    supporters, members = _supporters(programme), _crowd(programme, roles.MEMBER, "m", EACH_ROUND)
    for number in range(ROUNDS):
        KeptApart.objects.all().delete()
        # Each is kept from a few: left to chance, 3 pairs in 100 would be two who must never meet.
        kept_from = {each: dice.sample(supporters, KEPT_FROM) for each in members}
        pairs = {tuple(sorted((each.pk, other.pk))) for each, others in kept_from.items() for other in others}
        KeptApart.objects.bulk_create(
            KeptApart(one_id=one, other_id=other, programme=programme, began_at=NOW) for one, other in pairs
        )
        queries.forget_pools()
        introduced = _round(programme, number, kept_from)
        met += len(introduced)
        assert not {tuple(sorted(pair)) for pair in introduced} & pairs
        assert not set(introduced) & safety.never_with_pairs()
        assert max(Counter(supporter for _member, supporter in introduced).values()) <= PLACES
    assert met == ROUNDS * EACH_ROUND


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "yes", "no", "limits", "apart", "away", "back"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=times(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds=DEEDS)
def test_limits_hold_whatever_happens_in_whatever_order(db: None, deeds: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        _live_through(deeds)
        transaction.set_rollback(True)
    queries.forget_pools()


def _live_through(deeds: list[tuple[str, int, int]]) -> None:
    cast = make_cast()
    rows = [new_supporter(f"Helper {n}", cast.programme, places=1 + n) for n in range(2)]
    requests = [new_member(f"Seeker {n}", cast.programme) for n in range(4)]
    limits = {row.person_id: row.places for row in rows}
    for number, (deed, a, b) in enumerate(deeds):
        row, request, now = rows[a % 2], requests[b % 4], NOW + timedelta(hours=number)
        try:
            if deed == "ask":
                asked(request, row, now)
            elif deed in ("yes", "no"):
                waiting = Introduction.objects.live().filter(supporter=row.person, request=request).first()
                if waiting:
                    answer = Answer.YES if deed == "yes" else Answer.NO
                    services.answer(actor=row.person, introduction=waiting, answer=answer, now=now)
            elif deed == "limits":
                limits[row.person_id] = max(b % 3, support.load_of([row.person_id]).get(row.person_id, 0))
                practice.set_limits(
                    actor=row.person, practice=row, accepting=True, places=b % 3, weekly_minutes=600,
                    minutes_each=30, now=now,
                )  # fmt: skip
            elif deed == "apart":
                safety_services.block_person(actor=request.member, person=row.person, now=now)
            elif deed == "away":
                practice.say_not_well(actor=row.person, practice=row, now=now)
            else:
                practice.say_well_again(actor=row.person, practice=row, now=now)
        except Refused:
            pass
        for person_id, load in support.load_of(list(limits)).items():
            assert load <= limits[person_id]
