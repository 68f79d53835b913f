"""How somebody who supports others keeps well: the same walls, other questions; for a supervisor by choice alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from companionway.foundation.policy import Refused
from companionway.people import roles
from companionway.plans import policy, queries, services
from companionway.plans.kinds import BY_SLUG, HARD_DAYS, KEEPING_WELL, KINDS
from companionway.plans.models import PlanSection, PlanShare
from companionway.plans.states import ShareFor
from tests.cast import NOW, Cast, give, make_person
from tests.rooms.plans.planning import ALONE, SAFER, SIGNS, share, supervised, walk, write
from tests.rooms.safety.entering import enter


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_kinds_are_data_that_hold_together():
    assert len(HARD_DAYS.prompts) == 6 and 5 <= len(KEEPING_WELL.prompts) <= 6
    assert [prompt.key for prompt in HARD_DAYS.prompts if prompt.is_guarded] == [SAFER]
    for kind in KINDS.values():
        assert len(set(kind.parts)) == len(kind.parts)
        assert all(len(each) <= 20 for each in (kind.key, *kind.parts))
    assert len(BY_SLUG) == len(KINDS)


def test_it_is_another_plan_beside_the_one_for_hard_days(cast: Cast):
    write(cast.theo, "good", "five-a-side", kind=KEEPING_WELL)
    assert [each.is_written for each in queries.plan_of(cast.theo, HARD_DAYS, NOW)] == [False] * 6
    [good, *rest] = queries.plan_of(cast.theo, KEEPING_WELL, NOW)
    assert good.words == "five-a-side" and not any(each.is_written for each in rest)


def test_words_do_not_open_in_the_place_of_another_kind(cast: Cast):
    write(cast.theo, "good", "five-a-side", kind=KEEPING_WELL)
    PlanSection.objects.update(kind="hard_days", part=SIGNS)
    with pytest.raises(Exception, match="person"):
        queries.part_of(cast.theo, HARD_DAYS, HARD_DAYS.prompts[0])


def test_neither_coordinator_nor_member_nor_manager_can_be_chosen(cast: Cast):
    walk(cast)
    write(cast.theo, "good", "five-a-side", kind=KEEPING_WELL)
    assert not policy.circle_of(cast.theo, KEEPING_WELL).exists()
    for each in (cast.cora, cast.mina, cast.adil, cast.ruth, cast.sam_the_stranger):
        with pytest.raises(Refused):
            share(cast.theo, "good", each, kind=KEEPING_WELL)


def test_the_supervisor_reads_what_is_shared_and_only_while_they_are_that(cast: Cast):
    walk(cast)
    ines = make_person("Ines")
    for part in KEEPING_WELL.parts:
        write(cast.theo, part, f"words of {part}", kind=KEEPING_WELL)
    write(cast.theo, SIGNS, "my own hard days")
    with supervised(cast.theo, ines):
        assert list(policy.circle_of(cast.theo, KEEPING_WELL)) == [ines]
        assert ines not in policy.circle_of(cast.theo, HARD_DAYS), "a supervisor is no reader of hard days"
        with pytest.raises(Refused):
            share(cast.theo, SIGNS, ines)
        share(cast.theo, "much", ines, kind=KEEPING_WELL)
        opened = services.read_plan(actor=ines, owner=cast.theo, now=NOW)
        assert [each.words for each in opened] == ["words of much"]
        assert queries.plan_of(cast.theo, KEEPING_WELL, NOW)[1].openings[0].name == "Ines"
        for each in (cast.cora, cast.mina, cast.adil):
            assert not policy.sections_open_to(each, NOW).exists()
    assert not policy.sections_open_to(ines, NOW).exists(), "somebody else is their supervisor now"


def test_a_supervisor_who_becomes_a_coordinator_reads_no_more_than_was_shared(cast: Cast):
    ines = make_person("Ines")
    write(cast.theo, "good", "five-a-side", kind=KEEPING_WELL)
    with supervised(cast.theo, ines):
        share(cast.theo, "good", ines, kind=KEEPING_WELL)
    give(ines, roles.COORDINATOR, cast.programme)
    assert not policy.sections_open_to(ines, NOW).exists()


def test_several_parts_go_together_but_never_the_guarded_one(cast: Cast, client: Client):
    walk(cast)
    for part in (SIGNS, ALONE, SAFER):
        write(cast.mina, part, f"words of {part}")
    with pytest.raises(Refused, match="by itself"):
        services.share_parts(
            actor=cast.mina,
            kind=HARD_DAYS,
            parts=[SIGNS, SAFER],
            reader=cast.theo,
            lasts=ShareFor.DAY,
            now=NOW,
        )
    assert not PlanShare.objects.exists()
    enter(client, cast.mina)
    page = client.get("/me/own/1/share/").content.decode()
    assert 'value="alone"' in page and 'value="safer"' not in page
    assert 'name="also"' not in client.get("/me/own/6/share/").content.decode()
    form = {"reader": cast.theo.public_id, "lasts": "week", "also": ["alone", "safer"]}
    assert client.post("/me/own/1/share/", form).status_code == 200, "made up in a browser"
    assert not PlanShare.objects.exists()
    client.post("/me/own/1/share/", {**form, "also": ["alone"]})
    assert set(PlanShare.objects.values_list("part", flat=True)) == {SIGNS, ALONE}


def test_its_page_offers_a_pause_and_no_copy_on_the_device(cast: Cast, client: Client):
    enter(client, cast.theo)
    page = client.get("/me/pace/").content.decode()
    assert 'href="/supporting/"' in page and "Take a pause" in page
    assert "/me/own/device/" not in page and "Managers and coordinators never can" in page
    assert 'href="/me/pace/"' in client.get("/supporting/").content.decode()
    assert client.post("/me/pace/1/", {"words": "five-a-side"})["Location"] == "/me/pace/"
    assert PlanSection.objects.get().kind == "keeping_well"
    assert "five-a-side" in client.get("/me/pace/paper/").content.decode()
    assert "five-a-side" not in client.get("/me/own/kept/").content.decode()
    assert "When you have a supervisor here" in client.get("/me/pace/1/share/").content.decode()
    assert client.get("/me/other/").status_code == 404
