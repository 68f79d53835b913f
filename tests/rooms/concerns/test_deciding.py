"""Raised, joined, held, decided together, closed; and everything that is due afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.concerns import queries, services
from companionway.concerns.models import Concern, Pace, Task, Voice
from companionway.concerns.opening import open_decision
from companionway.concerns.states import DecisionKind, State, TaskKind
from companionway.foundation.policy import Refused
from companionway.people import roles
from companionway.people.models import Person
from tests.cast import NOW, give, make_person
from tests.often import times
from tests.rooms.concerns.conftest import House, on_call

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def tasks(concern: Concern) -> set[tuple[str, str]]:
    return {(task.kind, task.person.name) for task in concern.tasks.select_related("person")}


def task_of(concern: Concern, kind: TaskKind, person: Person) -> Task:
    return concern.tasks.get(kind=kind, person=person)


def test_a_press_needs_nothing(house: House) -> None:
    concern = services.raise_concern(
        actor=house.cast.mina, organisation=house.cast.organisation, about=None, now=NOW
    )
    assert (concern.state, concern.about, concern.voices.count()) == (State.OPEN, None, 1)


def test_the_same_press_twice_is_one(house: House) -> None:
    first, again = house.told(press="p1", words="Once."), house.told(press="p1", words="Once.")
    assert (first, Voice.objects.count()) == (again, 1)


def test_somebody_of_another_programme_cannot_be_named(house: House) -> None:
    with pytest.raises(Refused):
        house.told(about=house.cast.sam_the_stranger)
    assert not Concern.objects.exists()


def test_a_second_within_the_hour_joins_the_first_and_whoever_has_it_hears(house: House) -> None:
    first = house.held()
    second = house.told(actor=house.cast.ruth, words="I see it too.", now=NOW + 50 * MINUTE)
    assert (second, Concern.objects.count()) == (first, 1)
    assert queries.page_of(house.cast.ruth, second, NOW.date(), NOW).has_joined
    assert not queries.page_of(house.cast.theo, first, NOW.date(), NOW).has_joined
    theirs = services.read_concern(actor=house.cast.ruth, concern=second, now=NOW)
    assert [each.words for each in theirs.said] == ["I see it too."]


@pytest.mark.parametrize("later", [61 * MINUTE, 2 * DAY])
def test_after_the_hour_it_is_one_of_its_own(house: House, later: timedelta) -> None:
    assert house.told().pk != house.told(actor=house.cast.ruth, now=NOW + later).pk


def test_what_somebody_raises_for_themselves_never_joins_what_another_raised(house: House) -> None:
    about_mina = house.told()
    own = house.told(actor=house.cast.mina, about=house.cast.mina)
    assert own.pk != about_mina.pk
    assert house.told(actor=house.cast.ruth).pk == about_mina.pk


def test_nobody_joins_what_they_answer_and_a_drill_joins_nothing(house: House) -> None:
    first = house.held()
    assert house.told(actor=house.ben, about=house.cast.mina).pk != first.pk
    drill = house.told(actor=house.ben, about=None, is_drill=True)
    assert house.told(actor=house.ben, about=None, is_drill=True).pk != drill.pk


def test_only_one_has_it_and_twice_is_once(house: House) -> None:
    concern = house.told()
    services.climb_due(actor=None, now=NOW + 5 * MINUTE)
    services.acknowledge(actor=house.ben, concern=concern, now=NOW + 6 * MINUTE)
    services.acknowledge(actor=house.ben, concern=concern, now=NOW + 7 * MINUTE)
    with pytest.raises(Refused, match="Ben has it"):
        services.acknowledge(actor=house.cora, concern=concern, now=NOW + 8 * MINUTE)
    concern.refresh_from_db()
    assert (concern.held_at, concern.steps.filter(kind="has_it").count()) == (NOW + 6 * MINUTE, 1)


def test_whoever_raised_it_never_answers_it(house: House) -> None:
    concern = house.told(actor=house.ben)
    assert [step.person for step in concern.steps.all()] == [house.cora]
    with pytest.raises(Refused):
        services.acknowledge(actor=house.ben, concern=concern, now=NOW)


def test_somebody_with_as_many_as_they_can_hold_is_passed_by(house: House) -> None:
    Pace.objects.create(organisation=house.cast.organisation, most_held=2)
    for number in range(2):
        house.held(about=None, actor=make_supporter(house, f"Supporter {number}"))
    third = house.told()
    assert [step.person for step in third.steps.all()] == [house.cora]
    services.climb_due(actor=None, now=NOW + 21 * MINUTE)
    with pytest.raises(Refused, match="Hand one over"):
        services.acknowledge(actor=house.ben, concern=third, now=NOW + 22 * MINUTE)


def make_supporter(house: House, name: str) -> Person:
    person = make_person(name)
    give(person, roles.SUPPORTER, house.cast.programme)
    return person


def test_standing_down_is_easy_and_only_mine_to_do(house: House) -> None:
    concern = house.told()
    with pytest.raises(Refused):
        services.stand_down(actor=house.ben, concern=concern, now=NOW)
    services.stand_down(actor=house.cast.theo, concern=concern, now=NOW)
    concern.refresh_from_db()
    assert (concern.state, concern.next_step_at) == (State.STOOD_DOWN, None)
    assert tasks(concern) == set()


def test_one_of_two_cannot_stand_down_for_both(house: House) -> None:
    concern = house.told()
    house.told(actor=house.cast.ruth)
    with pytest.raises(Refused, match="Somebody else"):
        services.stand_down(actor=house.cast.theo, concern=concern, now=NOW)


def test_the_two_decide_together(house: House) -> None:
    concern = house.held()
    for actor in (house.cast.theo, house.ben):
        services.record_decision(
            actor=actor, concern=concern, kind=DecisionKind.TALKED, words=f"{actor.name}'s words", now=NOW
        )
    for reader in (house.cast.theo, house.ben):
        read = services.read_concern(actor=reader, concern=concern, now=NOW)
        assert [each.words for each in read.decided] == ["Theo's words", "Ben's words"]
    with pytest.raises(Concern.DoesNotExist):
        services.record_decision(
            actor=house.cast.mina, concern=concern, kind=DecisionKind.TALKED, words="x", now=NOW
        )


def test_it_closes_only_when_it_says_whether_the_member_was_asked(house: House) -> None:
    concern = house.held()
    with pytest.raises(Refused, match="told and asked"):
        services.close(actor=house.ben, concern=concern, outcome="talked", now=NOW)
    services.record_decision(
        actor=house.ben, concern=concern, kind=DecisionKind.MEMBER_TOLD, words="She knows.", now=NOW
    )
    with pytest.raises(Refused):
        services.close(actor=house.ben, concern=concern, outcome="drill", now=NOW)
    assert services.close(actor=house.ben, concern=concern, outcome="talked", now=NOW).outcome == "talked"


def test_nobody_has_it_so_nobody_can_close_it(house: House) -> None:
    with pytest.raises(Refused):
        services.close(actor=house.lena, concern=house.told(), outcome="talked", now=NOW)


def test_help_from_outside_says_who_and_when(house: House) -> None:
    concern = house.held()
    made = services.record_decision(
        actor=house.ben, concern=concern, kind=DecisionKind.OUTSIDE_HELP, words="They come at four.",
        who="The night team", when="03:20", now=NOW,
    )  # fmt: skip
    opened = open_decision(made)
    assert (opened.words, opened.who, opened.when) == ("They come at four.", "The night team", "03:20")


def test_closing_sets_everything_that_is_due(house: House) -> None:
    concern = house.closed()
    assert tasks(concern) == {
        ("contact", "Ben"), ("review", "Ben"), ("debrief", "Ben"), ("debrief", "Theo"), ("repair", "Theo"),
    }  # fmt: skip
    assert task_of(concern, TaskKind.CONTACT, house.ben).due_at == NOW + DAY
    assert task_of(concern, TaskKind.DEBRIEF, house.cast.theo).holder == house.ben
    assert task_of(concern, TaskKind.DEBRIEF, house.ben).holder == house.lena
    assert task_of(concern, TaskKind.DEBRIEF, house.cast.theo).offered_at == NOW


def test_the_member_sees_that_it_exists_unless_a_reason_stands(house: House) -> None:
    mina, concern = house.cast.mina, house.held()
    assert queries.concern_for(mina, concern.public_id) is None
    services.record_decision(
        actor=house.ben, concern=concern, kind=DecisionKind.NOT_YET, words="He reads her phone.", now=NOW
    )
    services.close(actor=house.ben, concern=concern, outcome="talked", now=NOW)
    assert queries.concern_for(mina, concern.public_id) is None
    why = task_of(concern, TaskKind.WHY_NOT, house.ben)
    assert why.due_at == NOW + DAY
    services.review_reason(actor=house.ben, task=why, tell=False, words="Still so.", now=NOW + DAY)
    again = concern.tasks.get(kind=TaskKind.WHY_NOT, done_at=None)
    assert again.due_at == NOW + 8 * DAY
    services.review_reason(actor=house.lena, task=again, tell=True, now=NOW + 8 * DAY)
    found = queries.concern_for(mina, concern.public_id)
    assert found is not None
    read = services.read_concern(actor=mina, concern=found, now=NOW + 8 * DAY)
    assert (read.said, read.decided) == ([], [])  # neither whose words, nor why not


def test_the_member_reads_what_was_decided_and_nothing_of_who_said_what(house: House) -> None:
    concern = house.closed(words="I am frightened for her.")
    services.record_decision(
        actor=house.ben,
        concern=concern,
        kind=DecisionKind.TALKED,
        words="Not for her.",
        is_shown=False,
        now=NOW,
    )
    page = queries.page_of(house.cast.mina, concern, NOW.date(), NOW)
    read = services.read_concern(actor=house.cast.mina, concern=concern, now=NOW)
    assert (page.role, page.steps, page.openings, page.tasks) == ("member", [], [], [])
    assert ([each.words for each in read.decided], read.said) == (["We asked her."], [])


def test_once_a_month_a_drill_begins_by_itself_within_the_hours(house: House) -> None:
    organisation = house.cast.organisation
    organisation.opening_hours = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    organisation.save()
    drills = Concern.objects.filter(is_drill=True)
    begin, moments = NOW.replace(day=1, month=12, hour=0), []
    for number in range(2 * 31 * 24):
        now = begin + number * timedelta(hours=1)
        if services.begin_monthly_drills(actor=None, now=now):
            moments.append(now)
    assert [moment.month for moment in moments] == [12, 1]
    assert all(moment.weekday() < 5 and 9 <= moment.hour < 17 for moment in moments)
    assert all(drill.raised_by is None and drill.steps.exists() for drill in drills)
    Pace.objects.create(organisation=organisation, drills=False)
    assert services.begin_monthly_drills(actor=None, now=begin + 100 * DAY) == 0


def test_a_surge_drops_nothing_and_says_the_truth(house: House) -> None:
    """Ten times what the ladder can hold: 90 concerns, three people with three each (a third of it on PostgreSQL)."""
    raisers = [make_supporter(house, f"Supporter {number}") for number in range(times(90))]
    raised = [house.told(actor=each, about=None) for each in raisers]
    for person in (house.ben, house.cora, house.lena):
        services.climb_due(actor=None, now=NOW + 21 * MINUTE)
        for row in [row for row in queries.open_concerns(person, NOW) if row.is_open][:3]:
            services.acknowledge(actor=person, concern=row.concern, now=NOW + 22 * MINUTE)
        with pytest.raises(Refused):
            services.acknowledge(
                actor=person,
                concern=next(row.concern for row in queries.open_concerns(person, NOW) if row.is_open),
                now=NOW + 22 * MINUTE,
            )
    assert Concern.objects.filter(state=State.HELD).count() == 9
    # Held in the order in which they were received.
    assert set(Concern.objects.filter(state=State.HELD)) == set(raised[:9])
    for concern, raiser in zip(raised, raisers, strict=True):
        found = queries.concern_for(raiser, concern.public_id)
        assert found is not None
        page = queries.page_of(raiser, found, NOW.date(), NOW + 22 * MINUTE)
        assert page.was_told
        assert page.nobody_reached == (concern not in raised[:9])


def test_the_lead_may_close_what_another_has(house: House) -> None:
    concern = house.held()
    services.record_decision(
        actor=house.lena, concern=concern, kind=DecisionKind.MEMBER_TOLD, words="x", now=NOW
    )
    with pytest.raises(Concern.DoesNotExist):
        services.close(actor=house.cora, concern=concern, outcome="talked", now=NOW)
    assert services.close(actor=house.lena, concern=concern, outcome="talked", now=NOW).is_over


def test_the_pace_is_set_by_who_keeps_the_rota(house: House) -> None:
    given = {"nudge": 1, "backup": 2, "lead": 3, "phone": 4, "most_held": 5, "drills": False, "now": NOW}
    assert services.set_pace(actor=house.lena, **given).phone == 4
    assert services.set_pace(actor=house.cora, **given | {"phone": 9}).phone == 9
    for person in (house.ben, house.cast.theo, on_call("Nia", roles.ADMINISTRATOR)):
        with pytest.raises(Refused):
            services.set_pace(actor=person, **given)
