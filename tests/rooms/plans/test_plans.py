"""A plan for hard days: its owner's alone, part by part, and for whom they choose for as long as they choose."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from companionway.foundation import parts, retention
from companionway.foundation.events import deliver
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people import roles
from companionway.people.models import Person
from companionway.people.queries import reads_about
from companionway.plans import policy, queries, services
from companionway.plans.kinds import HARD_DAYS
from companionway.plans.models import PlanSection, PlanShare
from companionway.plans.queries import Contact
from companionway.plans.states import SHARE_LASTS, ShareFor
from companionway.safety import services as safety
from companionway.support import services as support
from companionway.support.models import Relationship
from tests.cast import NOW, Cast, give, make_person
from tests.often import times
from tests.rooms.plans.planning import ALONE, ASK, PARTS, SAFER, SIGNS, share, walk, write


def test_each_of_six_parts_is_written_and_written_again(cast: Cast):
    for part in PARTS:
        write(cast.mina, part, f"my words for {part}")
    write(cast.mina, ASK, "", [Contact("Lena", "01632 960 188", "call", "after six")])
    shown = queries.plan_of(cast.mina, HARD_DAYS, NOW)
    assert [each.number for each in shown] == [1, 2, 3, 4, 5, 6]
    assert [each.words for each in shown if each.part != ASK] == [
        f"my words for {part}" for part in PARTS if part != ASK
    ]
    assert shown[3].contacts == [Contact("Lena", "01632 960 188", "call", "after six")]
    assert shown[3].words == ""


def test_what_is_kept_is_sealed_with_the_persons_own_key(cast: Cast):
    write(cast.mina, SIGNS, "the curtains stay shut")
    row = PlanSection.objects.get()
    assert b"curtains" not in bytes(row.sealed_facts)
    # The same bytes in another place of the plan, or under another person, do not open.
    PlanSection.objects.filter(pk=row.pk).update(part=SAFER)
    with pytest.raises(Exception, match="person"):
        queries.part_of(cast.mina, HARD_DAYS, HARD_DAYS.prompt(SAFER))


def test_an_emptied_part_is_gone_and_so_is_whatever_was_shared_of_it(cast: Cast):
    walk(cast)
    write(cast.mina, ASK, "Lena")
    share(cast.mina, ASK, cast.theo)
    write(cast.mina, ASK, "")
    assert not PlanSection.objects.exists()
    write(cast.mina, ASK, "somebody else")
    with pytest.raises(Refused):
        services.read_plan(actor=cast.theo, owner=cast.mina, now=NOW)


def test_without_a_share_nobody_reads_it_whatever_their_role(cast: Cast):
    walk(cast)
    write(cast.mina, SIGNS, "mine alone")
    for each in (cast.theo, cast.ruth, cast.cora, cast.adil, cast.sam_the_stranger):
        assert not policy.sections_open_to(each, NOW).exists()
        assert not policy.visible_to(each).exists()
        with pytest.raises(Refused):
            services.read_plan(actor=each, owner=cast.mina, now=NOW)
    assert reads_about(cast.mina) == []


def test_one_part_is_shared_and_no_other(cast: Cast):
    walk(cast)
    for part in PARTS:
        write(cast.mina, part, f"words of {part}")
    share(cast.mina, SIGNS, cast.theo)
    opened = services.read_plan(actor=cast.theo, owner=cast.mina, now=NOW)
    assert [each.words for each in opened] == ["words of signs"]
    assert not policy.sections_open_to(cast.ruth, NOW).exists()


def test_who_opened_it_is_shown_to_its_owner_twice_over(cast: Cast):
    walk(cast)
    write(cast.mina, SIGNS, "words")
    share(cast.mina, SIGNS, cast.theo)
    services.read_plan(actor=cast.theo, owner=cast.mina, now=NOW + timedelta(hours=1))
    services.read_plan(actor=cast.theo, owner=cast.mina, now=NOW + timedelta(hours=2))
    signs = queries.plan_of(cast.mina, HARD_DAYS, NOW + timedelta(hours=3))[0]
    assert [(each.name, each.at) for each in signs.openings] == [
        ("Theo", NOW + timedelta(hours=2)),
        ("Theo", NOW + timedelta(hours=1)),
    ]
    assert [read.by for read in reads_about(cast.mina)] == ["Theo", "Theo"]


@pytest.mark.parametrize("lasts", ShareFor)
def test_it_ends_by_itself_to_the_second(cast: Cast, lasts: ShareFor):
    walk(cast)
    write(cast.mina, SIGNS, "words")
    share(cast.mina, SIGNS, cast.theo, lasts)
    end = NOW + SHARE_LASTS[lasts]
    assert policy.sections_open_to(cast.theo, end - timedelta(seconds=1)).exists()
    assert not policy.sections_open_to(cast.theo, end).exists()
    assert queries.shared_with(cast.theo, end) == []
    assert queries.plan_of(cast.mina, HARD_DAYS, end)[0].shares == []
    assert max(SHARE_LASTS.values()) <= timedelta(days=183)


def test_it_is_stopped_at_once_one_by_one_or_all(cast: Cast):
    walk(cast)
    for part in (SIGNS, ALONE):
        write(cast.mina, part, "words")
        share(cast.mina, part, cast.theo)
        share(cast.mina, part, cast.cora)
    one = PlanShare.objects.get(part=SIGNS, reader=cast.theo)
    assert services.stop_shares(actor=cast.theo, share=one, now=NOW) == 0
    assert services.stop_shares(actor=cast.mina, share=one, now=NOW) == 1
    assert [each.part for each in policy.sections_open_to(cast.theo, NOW)] == ["alone"]
    assert policy.sections_open_to(cast.cora, NOW).count() == 2
    assert services.stop_shares(actor=cast.mina, now=NOW) == 3
    assert not policy.sections_open_to(cast.cora, NOW).exists()


def test_sharing_again_gives_the_new_time_and_is_one_share(cast: Cast):
    walk(cast)
    write(cast.mina, SIGNS, "words")
    share(cast.mina, SIGNS, cast.theo, ShareFor.MONTH)
    share(cast.mina, SIGNS, cast.theo, ShareFor.DAY)
    assert PlanShare.objects.get().until == NOW + timedelta(days=1)


def test_only_people_of_the_circle_can_be_chosen(cast: Cast):
    write(cast.mina, SIGNS, "words")
    assert set(policy.circle_of(cast.mina, HARD_DAYS)) == {cast.cora}
    walk(cast)
    assert set(policy.circle_of(cast.mina, HARD_DAYS)) == {cast.cora, cast.theo}
    for each in (cast.ruth, cast.adil, cast.sam_the_stranger, cast.mina):
        with pytest.raises(Refused):
            share(cast.mina, SIGNS, each)
    with pytest.raises(Refused, match="nothing"):
        share(cast.mina, SAFER, cast.theo)


def test_when_two_part_it_ends_and_does_not_come_back_with_a_new_walk(cast: Cast):
    relationship = walk(cast)
    write(cast.mina, SIGNS, "words")
    share(cast.mina, SIGNS, cast.theo)
    support.end_relationship(actor=cast.theo, relationship=relationship, now=NOW)
    assert not policy.sections_open_to(cast.theo, NOW).exists()
    assert PlanShare.objects.get().stopped_at == NOW
    walk(cast)
    assert not policy.sections_open_to(cast.theo, NOW).exists()


def test_a_block_by_either_ends_it_for_good(cast: Cast):
    walk(cast)
    write(cast.mina, SIGNS, "words")
    share(cast.mina, SIGNS, cast.theo)
    safety.block_person(actor=cast.theo, person=cast.mina, now=NOW)
    assert not policy.sections_open_to(cast.theo, NOW).exists(), "at once, before anybody was told"
    deliver()
    safety.lift_block(actor=cast.theo, person=cast.mina, now=NOW)
    assert not policy.sections_open_to(cast.theo, NOW).exists()


def test_whoever_leaves_the_team_reads_no_more(cast: Cast):
    write(cast.mina, SIGNS, "words")
    share(cast.mina, SIGNS, cast.cora)
    assert policy.sections_open_to(cast.cora, NOW).exists()
    weak = Person.objects.get(pk=cast.cora.pk)
    weak.is_strong = False
    assert not policy.sections_open_to(weak, NOW).exists(), "staff without a second proof"
    cast.cora.roles_held.update(until_at=NOW)
    cast.cora.refresh_from_db()
    assert not policy.sections_open_to(cast.cora, NOW).exists()
    assert queries.plan_of(cast.mina, HARD_DAYS, NOW)[0].shares[0].is_open is False


def test_the_database_itself_refuses_a_share_with_oneself_or_without_end(cast: Cast):
    whole = {"person": cast.mina, "kind": "hard_days", "part": "signs", "began_at": NOW}
    for wrong in (
        {"reader": cast.mina, "until": NOW + timedelta(days=1)},
        {"reader": cast.theo, "until": NOW},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            PlanShare.objects.create(**whole, **wrong)


def test_the_record_knows_that_and_never_what(cast: Cast):
    walk(cast)
    write(cast.mina, SAFER, "the spare tablets are at my aunt's", [Contact("Aunt", "01632 960 111")])
    share(cast.mina, SAFER, cast.theo)
    services.read_plan(actor=cast.theo, owner=cast.mina, now=NOW)
    for row in Record.objects.filter(name__startswith="plans."):
        said = f"{row.subject} {row.payload}"
        assert "tablets" not in said and "safer" not in said and "960" not in said


def test_she_takes_all_of_it_with_her_and_deletes_all_of_it(cast: Cast):
    walk(cast)
    write(cast.mina, ASK, "only Lena knows", [Contact("Lena", "01632 960 188")])
    share(cast.mina, ASK, cast.theo)
    mine = parts.export_of(cast.mina)["plans"]
    assert mine["plans"][0]["words"] == "only Lena knows"
    assert mine["plans"][0]["part"] == "People I can ask for help"
    assert mine["plans"][0]["contacts"][0]["number"] == "01632 960 188"
    assert mine["shared"][0]["with"] == "Theo"
    assert "Lena" not in str(parts.export_of(cast.theo))
    with transaction.atomic():
        assert parts.erase(cast.mina, NOW)["plan"] == 1
    assert not PlanSection.objects.exists() and not PlanShare.objects.exists()


def test_old_shares_are_cleared_and_the_plan_is_not(cast: Cast):
    walk(cast)
    write(cast.mina, ASK, "words")
    share(cast.mina, ASK, cast.theo, ShareFor.DAY)
    retention.run_clocks(NOW + timedelta(days=30))
    assert PlanShare.objects.exists()
    retention.run_clocks(NOW + timedelta(days=100))
    assert not PlanShare.objects.exists()
    assert PlanSection.objects.exists()


@pytest.mark.parametrize("seed", range(times(6)))
def test_no_way_leads_to_a_part_that_is_not_shared_with_them_now(cast: Cast, seed: int):
    """Whatever is shared, stopped, blocked and ended while time goes on: rows, verdicts, lists and readings agree."""
    chance, now, relationship = random.Random(seed), NOW, walk(cast)
    second = make_person("Lin")
    give(second, roles.COORDINATOR, cast.programme)
    readers = [cast.theo, cast.cora, second, cast.sam_the_stranger]
    open_until: dict[tuple[str, int], datetime] = {}
    for part in PARTS:
        write(cast.mina, part, f"words of {part}")
    for _step in range(16):
        reader, part = chance.choice(readers), chance.choice(PARTS)
        deed = chance.choice(["share", "share", "share", "stop", "wait", "block", "end", "again", "all"])
        if deed == "share":
            lasts = chance.choice(list(ShareFor))
            try:
                share(cast.mina, part, reader, lasts, now)
            except Refused:
                continue
            open_until[part, reader.pk] = now + SHARE_LASTS[lasts]
        elif deed == "stop":
            for one in PlanShare.objects.filter(person=cast.mina, part=part, reader=reader):
                services.stop_shares(actor=cast.mina, share=one, now=now)
            open_until.pop((part, reader.pk), None)
        elif deed == "wait":
            now += chance.choice([timedelta(hours=7), timedelta(days=2), timedelta(days=31)])
        elif deed == "all" and chance.random() < 0.3:
            services.stop_shares(actor=cast.mina, now=now)
            open_until = {}
        elif deed == "block" and chance.random() < 0.7:
            safety.block_person(actor=cast.mina, person=second, now=now)
            open_until = {key: end for key, end in open_until.items() if key[1] != second.pk}
        elif deed == "again" and not Relationship.objects.open().exists():
            relationship = walk(cast)
        elif deed == "end" and chance.random() < 0.6 and Relationship.objects.open().exists():
            support.end_relationship(actor=cast.mina, relationship=relationship, now=now)
            open_until = {key: end for key, end in open_until.items() if key[1] != cast.theo.pk}
        expected = {key for key, end in open_until.items() if end > now}
        assert _readable(cast.mina, readers, part, now) == expected, (seed, deed)


def _readable(owner: Person, readers: list[Person], part: str, now: datetime) -> set[tuple[str, int]]:
    """What each of them really gets, by every way; the ways must agree."""
    found, one = set(), PlanSection.objects.get(person=owner, part=part)
    for reader in Person.objects.filter(pk__in=[each.pk for each in readers]):
        rows = {row.part for row in policy.sections_open_to(reader, now).filter(person=owner)}
        try:
            read = services.read_plan(actor=reader, owner=owner, now=now)
        except Refused:
            read = []
        assert {str(each.part) for each in read} == rows
        assert sum(each.parts for each in queries.shared_with(reader, now)) == len(rows)
        assert bool(policy.may_read(reader, one, now)) is (part in rows)
        found |= {(each, reader.pk) for each in rows}
    return found
