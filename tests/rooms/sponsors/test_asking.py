"""Offering, asking, answering: opt-in, one at a time, without a reason, and with nothing told to anybody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.conversations import policy as conversations
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Programme, RoleHeld
from companionway.safety import services as safety
from companionway.safety.models import Block
from companionway.sponsors import policy, queries, services
from companionway.sponsors.models import Ask, Offer, Temporary
from companionway.sponsors.states import Answer
from companionway.support.models import Relationship
from tests.cast import NOW, Cast, give
from tests.rooms.sponsors.conftest import Fellowship, adopt, asked, begin, begun, offered

WEEK = timedelta(days=7)


def page(fellowship: Fellowship, person, now=NOW) -> queries.Page:  # type: ignore[no-untyped-def]
    return queries.page_of(person, fellowship.group, now)


def names(fellowship: Fellowship, person, now=NOW) -> list[str]:  # type: ignore[no-untyped-def]
    return [each.person.name for each in page(fellowship, person, now).offers]


def test_whoever_offers_stands_on_the_list_for_a_while(fellowship: Fellowship) -> None:
    assert names(fellowship, fellowship.mina) == []
    row = offered(fellowship, fellowship.theo)
    assert row.until_at == NOW + timedelta(days=30)
    assert names(fellowship, fellowship.mina) == ["Theo"]
    # Never oneself; and nobody when its time is over, before any duty ran.
    assert names(fellowship, fellowship.theo) == []
    assert page(fellowship, fellowship.theo).mine is not None
    assert names(fellowship, fellowship.mina, NOW + timedelta(days=31)) == []
    services.offer(actor=fellowship.theo, group=fellowship.group, now=NOW + timedelta(days=20))
    assert names(fellowship, fellowship.mina, NOW + timedelta(days=31)) == ["Theo"]
    services.withdraw(actor=fellowship.theo, group=fellowship.group, now=NOW)
    assert names(fellowship, fellowship.mina) == [] and not Offer.objects.exists()


def test_only_those_of_the_group_see_it(fellowship: Fellowship) -> None:
    row = offered(fellowship, fellowship.theo)
    cast = fellowship.cast
    assert policy.visible_to(fellowship.mina, NOW).filter(pk=row.pk).exists()
    for other in (cast.cora, cast.adil, cast.sam_the_stranger):
        assert not policy.visible_to(other, NOW).exists()
        with pytest.raises(Refused):
            services.ask(actor=other, offer=row, now=NOW)
        with pytest.raises(Refused):
            services.offer(actor=other, group=fellowship.group, now=NOW)


def test_somebody_who_takes_no_part_or_pauses_is_not_on_it(fellowship: Fellowship) -> None:
    for person in (fellowship.theo, fellowship.ruth, fellowship.ada):
        offered(fellowship, person)
    people.stop_taking_part(
        actor=fellowship.cast.cora,
        first=None,
        person=fellowship.theo,
        programme=fellowship.steps,
        days=2,
        now=NOW,
    )
    people.pause(actor=fellowship.ruth, now=NOW)
    assert names(fellowship, fellowship.mina) == ["Ada"]
    RoleHeld.objects.filter(person=fellowship.ada, programme=fellowship.steps).update(until_at=NOW)
    assert names(fellowship, fellowship.mina) == []


def test_one_asks_one_and_a_yes_begins_a_sponsorship_for_a_while(fellowship: Fellowship) -> None:
    row = asked(fellowship, fellowship.mina, fellowship.theo)
    [waits] = page(fellowship, fellowship.theo).waiting
    assert waits.asker == fellowship.mina
    with pytest.raises(Refused, match="One at a time"):
        services.ask(actor=fellowship.mina, offer=offered(fellowship, fellowship.ruth), now=NOW)
    begun_now = services.answer(actor=fellowship.theo, ask=row, says_yes=True, now=NOW)
    assert begun_now is not None
    walk = begun_now.relationship
    assert (walk.member, walk.supporter) == (fellowship.mina, fellowship.theo)
    assert walk.programme == fellowship.sponsorship
    talks = conversations.visible_to(fellowship.mina).values_list("pk", flat=True)
    assert walk.conversation_id in talks
    assert begun_now.until_on == (NOW + timedelta(days=28)).date()
    assert not Ask.objects.exists()


def test_not_now_needs_no_reason_and_somebody_else_can_be_asked(fellowship: Fellowship) -> None:
    row = asked(fellowship, fellowship.mina, fellowship.theo)
    assert services.answer(actor=fellowship.theo, ask=row, says_yes=False, now=NOW) is None
    mine = page(fellowship, fellowship.mina).my_ask
    assert mine is not None and mine.answer == Answer.NOT_NOW
    with pytest.raises(Refused):
        services.answer(actor=fellowship.theo, ask=row, says_yes=True, now=NOW)
    services.read_answer(actor=fellowship.mina, ask=row, now=NOW)
    assert asked(fellowship, fellowship.mina, fellowship.ruth).answer == Answer.ASKED


def test_only_the_one_who_was_asked_answers_and_only_the_asker_takes_back(fellowship: Fellowship) -> None:
    row = asked(fellowship, fellowship.mina, fellowship.theo)
    for other in (fellowship.ruth, fellowship.mina, fellowship.cast.cora):
        with pytest.raises(Refused):
            services.answer(actor=other, ask=row, says_yes=True, now=NOW)
        services.read_answer(actor=fellowship.ruth, ask=row, now=NOW)
        assert Ask.objects.filter(pk=row.pk).exists()
    services.read_answer(actor=fellowship.mina, ask=row, now=NOW)
    assert page(fellowship, fellowship.theo).waiting == []


@pytest.mark.parametrize("how", ["they block", "kept apart"])
def test_apart_reads_as_a_week_without_an_answer(fellowship: Fellowship, how: str) -> None:
    """The newcomer meets the same list, the same words and the same days as with somebody who does not answer."""
    free, kept = fellowship.ruth, fellowship.theo
    if how == "they block":
        Block.objects.create(blocker=kept, blocked=fellowship.mina, blocked_at=NOW)
    else:
        safety.keep_apart(
            actor=kept, programme=fellowship.steps, one=kept, other=fellowship.mina, words="", now=NOW
        )
    shown = []
    for asker, sponsor in ((fellowship.mina, kept), (fellowship.ada, free)):
        offered(fellowship, sponsor)
        assert sponsor.name in names(fellowship, asker)
        asked(fellowship, asker, sponsor)
        for days in (0, 6, 8):
            mine = page(fellowship, asker, NOW + timedelta(days=days)).my_ask
            assert mine is not None
            shown.append(mine.answer)
    assert shown[:3] == shown[3:] == [Answer.ASKED, Answer.ASKED, Answer.NOT_NOW]
    assert page(fellowship, kept).waiting == []
    assert len(page(fellowship, free).waiting) == 1
    told = set(Record.objects.filter(name="sponsors.asked").values_list("about_id", flat=True))
    assert told == {free.pk}
    with pytest.raises(Refused, match="does not wait"):
        services.answer(actor=kept, ask=Ask.objects.get(sponsor=kept), says_yes=True, now=NOW)


def test_a_block_after_the_ask_takes_it_from_the_page(fellowship: Fellowship) -> None:
    row = asked(fellowship, fellowship.mina, fellowship.theo)
    Block.objects.create(blocker=fellowship.mina, blocked=fellowship.theo, blocked_at=NOW)
    assert page(fellowship, fellowship.theo).waiting == []
    with pytest.raises(Refused):
        services.answer(actor=fellowship.theo, ask=row, says_yes=True, now=NOW)
    # Whom one has blocked oneself one need not see.
    assert names(fellowship, fellowship.mina) == []


def test_the_same_person_gives_and_receives(fellowship: Fellowship) -> None:
    begun(fellowship, fellowship.mina, fellowship.theo)
    begun(fellowship, fellowship.theo, fellowship.ruth)
    sides = {each.name for each in queries.beginnings_of(fellowship.theo, NOW)}
    assert sides == {"Mina", "Ruth"}


def test_not_each_other_in_a_circle_of_two(fellowship: Fellowship) -> None:
    begun(fellowship, fellowship.theo, fellowship.ruth)
    with pytest.raises(Refused, match="circle of two"):
        asked(fellowship, fellowship.ruth, fellowship.theo)


def test_two_who_ask_each_other_do_not_become_a_circle(fellowship: Fellowship) -> None:
    one = asked(fellowship, fellowship.theo, fellowship.ruth)
    other = asked(fellowship, fellowship.ruth, fellowship.theo)
    services.answer(actor=fellowship.ruth, ask=one, says_yes=True, now=NOW)
    assert not Ask.objects.filter(pk=other.pk).exists()
    assert Relationship.objects.count() == 1


def test_nobody_asks_themselves_nor_where_there_is_no_such_position(
    fellowship: Fellowship, cast: Cast
) -> None:
    with pytest.raises(Refused, match="somebody else"):
        asked(fellowship, fellowship.theo, fellowship.theo)
    voices = adopt(cast, "hearing_voices", "Voices")
    give(cast.theo, roles.MEMBER, voices)
    give(cast.cora, roles.COORDINATOR, voices)
    with pytest.raises(Refused, match="In this tradition"):
        services.offer(actor=cast.theo, group=begin(cast, voices), now=NOW)


@pytest.mark.parametrize("why", ["none", "closed", "not a sponsor there"])
def test_without_a_place_to_write_a_yes_leads_to_the_meeting(fellowship: Fellowship, why: str) -> None:
    sponsor = fellowship.ada if why == "not a sponsor there" else fellowship.theo
    if why == "none":
        RoleHeld.objects.filter(programme=fellowship.sponsorship).delete()
        fellowship.sponsorship.delete()
    if why == "closed":
        Programme.objects.filter(pk=fellowship.sponsorship.pk).update(is_open=False)
    assert not page(fellowship, sponsor).can_write
    row = asked(fellowship, fellowship.mina, sponsor)
    assert services.answer(actor=sponsor, ask=row, says_yes=True, now=NOW) is None
    mine = page(fellowship, fellowship.mina).my_ask
    assert mine is not None and mine.answer == Answer.YES
    assert not Relationship.objects.exists() and not Temporary.objects.exists()


def test_the_records_of_this_room_name_one_and_no_group(fellowship: Fellowship) -> None:
    asked(fellowship, fellowship.ada, fellowship.ruth)
    begun(fellowship, fellowship.mina, fellowship.theo)
    told = list(Record.objects.filter(name__startswith="sponsors."))
    assert {each.name for each in told} == {"sponsors.asked", "sponsors.answered"}
    for row in told:
        assert row.actor_id is None
        assert row.subject == f"person:{row.about_id}"
        assert not set(row.payload) - {"actor_id", "about_id", "subject"}


def test_no_record_of_anybody_joins_a_person_and_the_group(fellowship: Fellowship) -> None:
    begun(fellowship, fellowship.mina, fellowship.theo)
    rest = Record.objects.exclude(name__startswith="groups.").exclude(name__startswith="meetings.")
    for row in rest:
        assert row.subject != f"group:{fellowship.group.pk}"
        assert "group_id" not in row.payload
