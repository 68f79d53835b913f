"""Taking, ending and handing over turns; the pattern; the telephone list."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from companionway.foundation.events import deliver
from companionway.foundation.models import DataKey, Record
from companionway.foundation.policy import Refused
from companionway.oncall import queries, services
from companionway.oncall.models import PHONE, Offer, Telephone, Turn, WeeklySlot
from companionway.oncall.states import OfferState
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Organisation, RoleHeld
from tests.cast import NOW, Cast, give, make_person
from tests.rooms.oncall.conftest import HOUR


def on_the_ladder(cast: Cast, now=NOW) -> list[tuple[int, str]]:
    return [(rung.step, rung.name) for rung in queries.ladder(cast.organisation, now)]


def told(name: str) -> int:
    return Record.objects.filter(name=f"oncall.{name}").count()


def test_the_ladder_is_in_climbing_order_and_knows_until_when(cast: Cast, oona, lena, turn_of):
    turn_of(lena, 3)
    turn_of(cast.cora, 2)
    mine = turn_of(oona, 1)
    assert on_the_ladder(cast) == [(1, "Oona"), (2, "Cora"), (3, "Lena")]
    assert queries.ladder(cast.organisation, NOW)[0].until == mine.ends_at
    assert queries.on_call_ids(cast.organisation, NOW) == {oona.pk, lena.pk, cast.cora.pk}
    assert on_the_ladder(cast, mine.ends_at) == []
    assert queries.is_on_call(oona, NOW) and not queries.is_on_call(oona, mine.ends_at)


def test_the_next_turn_is_known(cast: Cast, oona, turn_of):
    assert queries.next_turn_at(cast.organisation, NOW) is None
    turn_of(oona, begins=NOW + 30 * HOUR)
    turn_of(oona, begins=NOW + 5 * HOUR)
    assert queries.next_turn_at(cast.organisation, NOW) == NOW + 5 * HOUR
    assert queries.next_turn_at(cast.organisation, NOW + 5 * HOUR) == NOW + 30 * HOUR


def test_only_who_may_takes_turns_and_only_keepers_put_others_there(cast: Cast, oona, lena):
    span = {"step": 1, "starts_at": NOW, "ends_at": NOW + HOUR, "now": NOW}
    for actor, person in (
        (cast.mina, cast.mina), (cast.theo, cast.theo), (cast.adil, oona),
        (oona, cast.cora), (lena, cast.mina), (lena, cast.theo), (cast.sam_the_stranger, oona),
    ):  # fmt: skip
        with pytest.raises(Refused):
            services.take_turn(actor=actor, person=person, **span)
    assert services.take_turn(actor=oona, person=oona, **span).person == oona


def test_a_turn_has_a_length_and_an_end_to_come(cast: Cast, oona):
    for begins, ends in ((NOW, NOW), (NOW - 2 * HOUR, NOW - HOUR), (NOW, NOW + timedelta(days=9))):
        with pytest.raises(Refused):
            services.take_turn(actor=oona, person=oona, step=1, starts_at=begins, ends_at=ends, now=NOW)
    with pytest.raises(Refused):
        services.take_turn(actor=oona, person=oona, step=4, starts_at=NOW, ends_at=NOW + HOUR, now=NOW)
    begun = services.take_turn(
        actor=oona, person=oona, step=1, starts_at=NOW - HOUR, ends_at=NOW + HOUR, now=NOW
    )
    assert begun.starts_at == NOW


def test_a_step_has_one_person_and_a_person_one_step(cast: Cast, oona, lena, turn_of):
    turn_of(oona, 1)
    with pytest.raises(Refused, match="Oona has this turn already"):
        turn_of(lena, 1, begins=NOW + 7 * HOUR)
    with pytest.raises(Refused, match="Oona has a turn at that time already"):
        turn_of(oona, 2, begins=NOW + 7 * HOUR)
    turn_of(lena, 1, begins=NOW + 8 * HOUR)


def test_the_database_refuses_what_a_forgetful_service_would_allow(cast: Cast, oona, lena, turn_of):
    turn = turn_of(oona, 1)
    row = {"organisation": cast.organisation, "made_at": NOW, "starts_at": NOW, "ends_at": NOW + HOUR}
    stranger = make_person(
        "Zoe", organisation=Organisation.objects.create(name="E", short_name="E", host="e")
    )
    for wrong in (
        {"person": lena, "step": 1}, {"person": oona, "step": 2}, {"person": lena, "step": 0},
        {"person": lena, "step": 4}, {"person": lena, "step": 2, "ends_at": NOW}, {"person": stranger, "step": 2},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Turn.objects.create(**{**row, **wrong})
    for wrong in ({"ended_at": NOW - HOUR}, {"ended_at": turn.ends_at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Turn.objects.filter(pk=turn.pk).update(**wrong)
    Turn.objects.filter(pk=turn.pk).update(ended_at=NOW)
    Turn.objects.create(**row, person=lena, step=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.filter(pk=turn.pk).update(ended_at=None)


def test_i_cannot_ends_the_turn_at_once_and_those_who_lead_are_told(cast: Cast, oona, turn_of):
    turn = turn_of(oona)
    services.end_turn(actor=oona, turn=turn, now=NOW + HOUR)
    assert on_the_ladder(cast, NOW + HOUR) == [] and on_the_ladder(cast, NOW) == [(1, "Oona")]
    assert told("turn_left") == 1
    later = turn_of(oona, begins=NOW + 20 * HOUR)
    services.end_turn(actor=oona, turn=later, now=NOW)
    assert on_the_ladder(cast, NOW + 21 * HOUR) == [] and told("turn_left") == 2
    with pytest.raises(Refused):
        services.end_turn(actor=oona, turn=later, now=NOW)


def test_nobody_ends_anothers_turn_but_who_keeps_the_rota(cast: Cast, oona, lena, turn_of):
    turn = turn_of(oona)
    noor = make_person("Noor")
    give(noor, roles.ON_CALL, cast.programme)
    for actor in (noor, cast.mina, cast.theo, cast.adil):
        with pytest.raises(Refused):
            services.end_turn(actor=actor, turn=turn, now=NOW)
    services.end_turn(actor=cast.cora, turn=turn, now=NOW)


def test_a_turn_is_handed_over_only_when_the_other_says_yes(cast: Cast, oona, lena, turn_of):
    turn = turn_of(oona)
    offer = services.hand_over(actor=oona, turn=turn, to=lena, now=NOW + HOUR)
    assert on_the_ladder(cast, NOW + 2 * HOUR) == [(1, "Oona")]
    with pytest.raises(Refused):
        services.accept_turn(actor=cast.cora, offer=offer, now=NOW + HOUR)
    with pytest.raises(Refused):
        services.hand_over(actor=oona, turn=turn, to=cast.cora, now=NOW + HOUR)
    new = services.accept_turn(actor=lena, offer=offer, now=NOW + 2 * HOUR)
    assert (new.starts_at, new.ends_at, new.took_over) == (NOW + 2 * HOUR, turn.ends_at, turn)
    for moment in (NOW + 2 * HOUR - timedelta(seconds=1), NOW + 2 * HOUR):
        assert len(queries.ladder(cast.organisation, moment)) == 1
    assert on_the_ladder(cast, NOW + 2 * HOUR) == [(1, "Lena")]
    assert told("turn_left") == 0 and told("turn_handed_over") == 1
    with pytest.raises(Refused):
        services.decline_turn(actor=lena, offer=offer, now=NOW + 2 * HOUR)


def test_no_and_taking_back_leave_the_turn_where_it_is(cast: Cast, oona, lena, turn_of):
    turn = turn_of(oona)
    services.decline_turn(
        actor=lena, offer=services.hand_over(actor=oona, turn=turn, to=lena, now=NOW), now=NOW
    )
    again = services.hand_over(actor=oona, turn=turn, to=lena, now=NOW)
    with pytest.raises(Refused):
        services.withdraw_offer(actor=make_person("Noor"), offer=again, now=NOW)
    services.withdraw_offer(actor=oona, offer=again, now=NOW)
    with pytest.raises(Refused):
        services.accept_turn(actor=lena, offer=again, now=NOW)
    assert on_the_ladder(cast) == [(1, "Oona")]


def test_a_turn_goes_only_to_somebody_who_can_stand_and_is_free(cast: Cast, oona, lena, turn_of):
    turn = turn_of(oona)
    turn_of(cast.cora, 2, begins=NOW + 7 * HOUR)
    for other in (cast.mina, cast.theo, cast.cora, oona):
        with pytest.raises(Refused):
            services.hand_over(actor=oona, turn=turn, to=other, now=NOW)
    offer = services.hand_over(actor=oona, turn=turn, to=lena, now=NOW)
    turn_of(lena, 3, begins=NOW + 6 * HOUR)
    with pytest.raises(Refused):
        services.accept_turn(actor=lena, offer=offer, now=NOW)


def test_saying_i_cannot_withdraws_what_was_offered(cast: Cast, oona, lena, turn_of):
    turn = turn_of(oona)
    offer = services.hand_over(actor=oona, turn=turn, to=lena, now=NOW)
    services.end_turn(actor=oona, turn=turn, now=NOW)
    with pytest.raises(Refused):
        services.accept_turn(actor=lena, offer=offer, now=NOW)
    assert Offer.objects.get().state == OfferState.WITHDRAWN


def test_a_role_that_ends_mid_turn_takes_effect_at_once_and_is_told(cast: Cast, oona, lena, turn_of):
    turn_of(oona, 1)
    turn_of(oona, 1, begins=NOW + 24 * HOUR)
    turn_of(lena, 2)
    held = RoleHeld.objects.get(person=oona)
    people.end_role(actor=cast.adil, held=held, now=NOW)
    assert on_the_ladder(cast) == [(2, "Lena")] and not queries.is_on_call(oona, NOW)
    with time_machine.travel(NOW, tick=False):
        deliver()
    assert told("turn_left") == 1 and not Turn.objects.standing().filter(person=oona).exists()
    Record.objects.filter(name="people.role_ended").update(delivered_at=None)
    with time_machine.travel(NOW, tick=False):
        deliver()
    assert told("turn_left") == 1


def test_a_break_takes_effect_at_once_and_turns_left_are_free_for_others(cast: Cast, oona, lena, turn_of):
    turn_of(oona, 1)
    people.pause(actor=oona, now=NOW)
    assert on_the_ladder(cast) == []
    # Before anything was delivered the step can be taken; the one who left is told about all the same.
    turn_of(lena, 1)
    assert on_the_ladder(cast) == [(1, "Lena")]
    assert told("turn_left") == 1


def test_a_staff_role_counts_on_the_ladder_without_a_session(cast: Cast, oona, turn_of):
    turn_of(oona)
    oona.is_strong = False
    assert queries.is_on_call(oona, NOW)
    with pytest.raises(Refused):
        services.take_turn(
            actor=oona, person=oona, step=2, starts_at=NOW, ends_at=NOW + HOUR, now=NOW
        )  # fmt: skip


def week(person, step=1, begins=time(22), ends=time(9), days=range(7)) -> list[services.SlotGiven]:
    return [services.SlotGiven(person, step, day, begins, ends) for day in days]


def test_a_pattern_makes_turns_four_weeks_ahead_and_twice_makes_none(cast: Cast, oona, lena):
    services.set_weekly_pattern(actor=lena, slots=week(oona), now=NOW)
    turns = Turn.objects.order_by("starts_at")
    assert len(turns) == 28 and turns[0].span.ends_at - turns[0].span.starts_at == 11 * HOUR
    assert services.make_turns(actor=None, organisation=cast.organisation, now=NOW) == 0
    assert services.make_turns(actor=None, organisation=cast.organisation, now=NOW + timedelta(days=2)) == 2


def test_a_pattern_with_two_at_one_step_or_one_at_two_steps_is_refused(cast: Cast, oona, lena):
    for slots in (
        [*week(oona), *week(lena, begins=time(8), ends=time(12), days=[0])],
        [*week(oona), *week(oona, 2, time(8), time(12), [0])],
        [*week(cast.mina)[:0], *week(oona, 7)],
    ):
        with pytest.raises(Refused):
            services.set_weekly_pattern(actor=lena, slots=slots, now=NOW)
    for actor in (oona, cast.mina, cast.adil, cast.theo):
        with pytest.raises(Refused):
            services.set_weekly_pattern(actor=actor, slots=week(oona), now=NOW)
    assert not WeeklySlot.objects.exists() and not Turn.objects.exists()


def test_who_could_not_still_cannot_after_the_pattern_was_kept_again(cast: Cast, oona, lena):
    services.set_weekly_pattern(actor=lena, slots=week(oona), now=NOW)
    first = Turn.objects.earliest("starts_at")
    services.end_turn(actor=oona, turn=first, now=NOW)
    services.set_weekly_pattern(actor=lena, slots=[*week(oona), *week(lena, 3)], now=NOW)
    assert [turn.step for turn in Turn.objects.standing().touching(*[first.starts_at] * 2)] == [3]


def test_changing_the_pattern_keeps_what_was_taken_by_hand_and_what_has_begun(
    cast: Cast, oona, lena, turn_of
):
    by_hand = turn_of(lena, 1, begins=NOW + 48 * HOUR, hours=3)
    services.set_weekly_pattern(actor=lena, slots=week(oona, begins=time(0), ends=time(0)), now=NOW)
    spans = sorted(turn.span for turn in Turn.objects.filter(step=1))
    assert all(one.ends_at == other.starts_at for one, other in zip(spans, spans[1:], strict=False))
    services.set_weekly_pattern(actor=lena, slots=[], now=NOW + HOUR)
    left = Turn.objects.standing().order_by("starts_at")
    assert [turn.person for turn in left] == [oona, lena] and left[1] == by_hand
    assert on_the_ladder(cast, NOW + HOUR) == [(1, "Oona")]


def test_turns_follow_the_service_into_another_time_zone(cast: Cast, oona, lena):
    services.set_weekly_pattern(actor=lena, slots=week(oona, begins=time(9), ends=time(17)), now=NOW)
    facts = {"time_zone": "Asia/Tokyo"}
    people.describe_organisation(actor=cast.adil, facts=facts, now=NOW)
    with time_machine.travel(NOW, tick=False):
        deliver()
    coming = Turn.objects.filter(starts_at__gt=NOW).earliest("starts_at")
    assert coming.starts_at.hour == 0


def test_the_telephone_list_is_sealed_in_order_and_destroyed_with_its_key(cast: Cast, lena):
    first = services.keep_phone_entry(actor=lena, name="Lena", number="01632 960 001", person=lena, now=NOW)
    services.keep_phone_entry(actor=lena, name="The office", number="+44 1632 960 002", now=NOW)
    services.keep_phone_entry(
        actor=lena, name="Night desk", number="01632 960 003", said_for="Say Harbour Street", place=1, now=NOW
    )
    listed = queries.phone_list(cast.organisation)
    assert [each.name for each in listed] == ["Night desk", "Lena", "The office"]
    assert listed[0].said_for == "Say Harbour Street" and listed[2].dial == "+441632960002"
    for row in Telephone.objects.all():
        assert b"960" not in bytes(row.sealed_number) and b"Lena" not in bytes(row.sealed_name)
    services.keep_phone_entry(actor=lena, name="Lena", number="01632 960 009", place=3, entry=first, now=NOW)
    assert [each.number[-1] for each in queries.phone_list(cast.organisation)] == ["3", "2", "9"]
    services.remove_phone_entry(actor=lena, entry=first, now=NOW)
    assert [each.place for each in queries.phone_list(cast.organisation)] == [1, 2]
    assert DataKey.objects.get(kind=PHONE, owner_id=first.pk).wrapped is None


def test_only_keepers_keep_the_telephone_list(cast: Cast, oona, lena):
    kept = services.keep_phone_entry(actor=lena, name="Lena", number="01632 960 001", now=NOW)
    for actor in (oona, cast.mina, cast.theo, cast.adil):
        with pytest.raises(Refused):
            services.keep_phone_entry(actor=actor, name="Me", number="01632 960 009", now=NOW)
        with pytest.raises(Refused):
            services.remove_phone_entry(actor=actor, entry=kept, now=NOW)
    with pytest.raises(Refused):
        services.keep_phone_entry(actor=lena, name="Me", number="none", now=NOW)
