"""The agreement in versions, proposals by the group's own rule, polls: nobody sees who said what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.groups import policy, queries, services
from companionway.groups.models import Agreed, Group, Poll, Proposal, Voted
from companionway.groups.states import STANDS, ProposalKind, ProposalState, Voice
from companionway.people import services as people
from companionway.people.models import Person
from tests.cast import NOW
from tests.rooms.groups.conftest import World, begin, come_in, with_space

OVER = NOW + STANDS
NEW = ["We come as we are, late or early, talkative or not.", "Telephones sleep in the hall."]


def _members(world: World, group: Group) -> list[Person]:
    for each in world.comers:
        services.ask_for_place(actor=each, group=group, now=NOW)
    return world.comers


@pytest.fixture
def cohort(world: World) -> Group:
    group = begin(world, world.charity, "cohort", name="Ten weeks")
    _members(world, group)
    return group


def _propose(actor: Person, group: Group, sentences: list[str] = NEW) -> Proposal:
    return services.propose(
        actor=actor, group=group, kind=ProposalKind.AGREEMENT, sentences=sentences, now=NOW
    )


def _say(row: Proposal, world: World, voices: list[str]) -> None:
    for each, voice in zip(world.comers, voices, strict=False):
        services.vote(actor=each, proposal=row, voice=voice, now=NOW)


def test_it_begins_with_the_sentences_of_the_tradition(world: World, cohort: Group, steps: Group) -> None:
    assert queries.agreement_of(cohort)[0] == "We come as we are, late or early, talkative or not."
    assert "first name" in queries.agreement_of(steps)[0]
    assert queries.newest_number(cohort) == 1
    assert cohort.decides_by == "majority"
    assert steps.decides_by == "conscience"


def test_the_rule_of_the_group_decides_and_a_version_follows(world: World, cohort: Group) -> None:
    row = _propose(world.cast.mina, cohort)
    _say(row, world, [Voice.YES, Voice.YES, Voice.NO])
    assert services.decide_due(now=OVER - timedelta(seconds=1)) == 0
    assert services.decide_due(now=OVER) == 1
    assert services.decide_due(now=OVER) == 0
    row.refresh_from_db()
    assert row.state == ProposalState.PASSED
    assert queries.agreement_of(cohort) == NEW
    assert queries.agreement_of(cohort, 1)[0] == "We come as we are, late or early, talkative or not."
    assert queries.newest_number(cohort) == 2


def test_group_conscience_hears_whoever_was_against_before_it_counts(world: World, cohort: Group) -> None:
    Group.objects.filter(pk=cohort.pk).update(decides_by="conscience")
    row = _propose(world.cast.mina, cohort)
    _say(row, world, [Voice.YES, Voice.YES, Voice.NO])
    services.decide_due(now=OVER)
    row.refresh_from_db()
    assert (row.state, row.votes, row.heard_at) == (ProposalState.OPEN, 0, OVER)
    assert queries.newest_number(cohort) == 1
    for each, voice in zip(world.comers, [Voice.YES, Voice.YES, Voice.NO], strict=False):
        services.vote(actor=each, proposal=row, voice=voice, now=OVER + timedelta(days=1))
    assert services.decide_due(now=OVER + timedelta(days=1)) == 0, "it stands as long again"
    services.decide_due(now=OVER + timedelta(days=7))
    row.refresh_from_db()
    assert row.state == ProposalState.PASSED
    assert queries.newest_number(cohort) == 2


def test_what_a_majority_carries_a_consensus_does_not(world: World, cohort: Group) -> None:
    Group.objects.filter(pk=cohort.pk).update(decides_by="consensus")
    row = _propose(world.cast.mina, cohort)
    _say(row, world, [Voice.YES, Voice.YES, Voice.NO])
    services.decide_due(now=OVER)
    row.refresh_from_db()
    assert row.state == ProposalState.NOT_PASSED
    assert queries.newest_number(cohort) == 1


def test_with_a_quorum_too_few_decide_nothing(world: World, cohort: Group) -> None:
    people.change_groups(actor=world.cast.adil, programme=world.charity, said={"quorum_percent": 50}, now=NOW)
    row, again = _propose(world.cast.mina, cohort), [Voice.YES, Voice.YES, Voice.YES]
    _say(row, world, again[:1])
    services.decide_due(now=OVER)
    row.refresh_from_db()
    assert row.state == ProposalState.NOT_PASSED, "one of five"
    row = _propose(world.cast.mina, cohort)
    _say(row, world, again)
    services.decide_due(now=OVER)
    row.refresh_from_db()
    assert row.state == ProposalState.PASSED, "three of five"


def test_nobody_votes_twice_or_late_or_without_belonging(world: World, cohort: Group) -> None:
    row = _propose(world.cast.mina, cohort)
    _say(row, world, [Voice.YES])
    with pytest.raises(Refused, match="already"):
        services.vote(actor=world.cast.mina, proposal=row, voice=Voice.NO, now=NOW)
    row.refresh_from_db()
    assert (row.yes, row.no) == (1, 0)
    for stranger in (world.cast.sam_the_stranger, world.cast.cora):
        with pytest.raises(Refused):
            services.vote(actor=stranger, proposal=row, voice=Voice.NO, now=NOW)
    with pytest.raises(Refused):
        services.vote(actor=world.cast.theo, proposal=row, voice="yes; drop", now=NOW)
    with pytest.raises(Refused):
        services.vote(actor=world.cast.theo, proposal=row, voice=Voice.YES, now=OVER)


def _everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, by table."""
    with connection.cursor() as cursor:
        return {
            table: cursor.execute(f"select * from {table}").fetchall()  # type: ignore[union-attr]
            if connection.vendor == "sqlite"
            else (cursor.execute(f"select * from {table}"), cursor.fetchall())[1]
            for table in connection.introspection.table_names(cursor)
        }


def test_two_people_who_vote_otherwise_leave_the_same_rows(world: World, cohort: Group) -> None:
    """What is written does not depend on who said what: swapped votes write the very same counts and marks."""
    poll = services.open_poll(
        actor=world.cast.mina, group=cohort, question="Tea?", options=["Green", "Black"], now=NOW
    )
    before = _everything()
    services.answer_poll(actor=world.cast.mina, poll=poll, place=1, now=NOW)
    services.answer_poll(actor=world.cast.theo, poll=poll, place=2, now=NOW)
    one = _changed(before)
    for each in poll.options.all():
        each.votes = 0
        each.save()
    Voted.objects.all().delete()
    before = _everything()
    services.answer_poll(actor=world.cast.mina, poll=poll, place=2, now=NOW)
    services.answer_poll(actor=world.cast.theo, poll=poll, place=1, now=NOW)
    other = _changed(before)
    assert {row[1:] for row in one["groups_voted"]} == {row[1:] for row in other["groups_voted"]}
    assert one["groups_polloption"] == other["groups_polloption"]
    assert set(one) == {"groups_voted", "groups_polloption", "foundation_record"} | (
        set(one) & {"sqlite_sequence"}
    )
    told = Record.objects.filter(name="groups.vote_counted")
    assert {(each.actor_id, each.about_id) for each in told} == {(None, None)}
    words = str([each.payload for each in told])
    assert "Green" not in words
    assert str(poll.public_id) not in words
    marks = " ".join(str(row) for row in one["groups_voted"])
    assert world.cast.mina.public_id not in marks


def _changed(before: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    after = _everything()
    found = {table: sorted(set(rows) - set(before[table]), key=str) for table, rows in after.items()}
    return {table: rows for table, rows in found.items() if rows}


def test_numbers_are_shown_when_it_is_over_and_enough_answered(world: World, cohort: Group) -> None:
    poll = services.open_poll(
        actor=world.cast.mina, group=cohort, question="Tea?", options=["Green", "Black"], now=NOW
    )
    for each in world.comers[:3]:
        services.answer_poll(actor=each, poll=poll, place=1, now=NOW)
    assert queries.polls_of(cohort)[0].numbers == []
    services.close_polls(now=OVER)
    shown = queries.polls_of(cohort)[0]
    assert shown.numbers == [("Green", 3), ("Black", 0)]
    assert not Voted.objects.exists()
    with pytest.raises(Refused):
        services.answer_poll(actor=world.ada, poll=poll, place=1, now=OVER)


def test_too_few_answers_are_not_shown(world: World, cohort: Group) -> None:
    poll = services.open_poll(
        actor=world.cast.mina, group=cohort, question="Tea?", options=["Green", "Black"], now=NOW
    )
    for each in world.comers[:2]:
        services.answer_poll(actor=each, poll=poll, place=1, now=NOW)
    row = _propose(world.cast.mina, cohort)
    _say(row, world, [Voice.YES])
    services.close_polls(now=OVER)
    services.decide_due(now=OVER)
    assert queries.polls_of(cohort)[0].too_few
    assert queries.polls_of(cohort)[0].numbers == []
    shown = queries.proposals_of(cohort)[0]
    assert shown.too_few
    assert shown.numbers == []
    assert shown.outcome


def test_a_tradition_with_a_floor_shows_nothing_below_it(world: World, cohort: Group) -> None:
    programme = world.charity
    programme.model_data = {
        **programme.model_data,
        "groups": {**programme.model_data["groups"], "smallest_number": 5},
    }
    programme.save()
    poll = services.open_poll(
        actor=world.cast.mina, group=cohort, question="Tea?", options=["Green", "Black"], now=NOW
    )
    for each in world.comers:
        services.answer_poll(actor=each, poll=poll, place=1, now=NOW)
    services.close_polls(now=OVER)
    fresh = Group.objects.select_related("programme").get(pk=cohort.pk)
    assert queries.polls_of(fresh)[0].too_few


def test_one_change_of_the_agreement_at_a_time(world: World, cohort: Group) -> None:
    _propose(world.cast.mina, cohort)
    with pytest.raises(Refused, match="being decided"):
        _propose(world.cast.theo, cohort, ["Something else."])


def test_at_the_door_one_reads_what_changed_and_agrees_anew(world: World, cohort: Group) -> None:
    group, mina = with_space(world, cohort), world.cast.mina
    come_in(mina, group)
    _say(_propose(world.cast.theo, group), world, [Voice.YES] * 3)
    services.decide_due(now=OVER)
    new, gone = queries.what_changed(group, policy.agreed_by(mina, group))
    assert new == ["Telephones sleep in the hall."]
    assert "We listen more than we advise." in gone
    with pytest.raises(Refused, match="other words meanwhile"):
        services.agree_at_the_door(actor=mina, group=group, number=1, now=OVER)
    with pytest.raises(Refused, match="read what the group agreed"):
        services.enter_space(actor=mina, group=group, now=OVER)
    services.agree_at_the_door(actor=mina, group=group, number=2, now=OVER)
    services.enter_space(actor=mina, group=group, now=OVER)


def test_where_no_list_is_kept_a_yes_and_a_proposal_name_nobody(world: World, steps: Group) -> None:
    mina = world.cast.mina
    before = Record.objects.count()
    assert services.agree_at_the_door(actor=mina, group=steps, number=1, now=NOW) == 1
    row = _propose(mina, steps)
    services.vote(actor=mina, proposal=row, voice=Voice.YES, device="a-token", now=NOW)
    assert not Agreed.objects.exists()
    assert row.by is None
    told = Record.objects.order_by("pk")[before:]
    assert {(each.actor_id, each.about_id) for each in told} == {(None, None)}
    with pytest.raises(Refused, match="already"):
        services.vote(actor=mina, proposal=row, voice=Voice.NO, device="a-token", now=NOW)
    with pytest.raises(Refused, match="device"):
        services.vote(actor=mina, proposal=row, voice=Voice.NO, now=NOW)


def test_words_are_sealed(world: World, cohort: Group) -> None:
    _propose(world.cast.mina, cohort)
    poll = services.open_poll(
        actor=world.cast.mina, group=cohort, question="Where to walk?", options=["Hill", "Shore"], now=NOW
    )
    for row in (Proposal.objects.get(), Poll.objects.get(pk=poll.pk)):
        assert b"Telephones" not in bytes(row.sealed)
        assert b"walk" not in bytes(row.sealed)


def test_a_decision_may_put_words_at_the_head_of_the_space(world: World, cohort: Group) -> None:
    group = with_space(world, cohort)
    row = services.propose(
        actor=world.cast.mina, group=group, kind=ProposalKind.PIN, words="Soup on Sunday.", now=NOW
    )
    _say(row, world, [Voice.YES] * 3)
    services.decide_due(now=OVER)
    assert [each.words for each in queries.pins_of(group)] == ["Soup on Sunday."]
