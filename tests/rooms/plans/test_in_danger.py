"""In danger: opened for a stated reason by whoever is on call for it, and by nobody else; its person sees all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from companionway.foundation import parts, retention
from companionway.foundation.events import deliver
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.notices.models import Notice
from companionway.people.queries import reads_about
from companionway.plans import policy, queries, services
from companionway.plans.kinds import HARD_DAYS, KEEPING_WELL
from companionway.plans.models import PlanOverride
from companionway.plans.states import OVERRIDE_LASTS
from companionway.safety import services as safety
from tests.cast import NOW, Cast
from tests.rooms.plans.planning import ASK, PARTS, SAFER, SIGNS, on_call_for, share, walk, write
from tests.rooms.safety.entering import enter

WHY = "She wrote goodbye and does not answer."


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def everything(cast: Cast) -> None:
    for part in PARTS:
        write(cast.mina, part, f"words of {part}")


def override(cast: Cast) -> PlanOverride:
    return services.open_by_override(actor=cast.cora, owner=cast.mina, reason=WHY, now=NOW)


def test_nobody_opens_it_who_is_not_on_call_for_a_concern_about_her(cast: Cast):
    everything(cast)
    with on_call_for(cast.cora, cast.theo):
        for each in (cast.cora, cast.theo, cast.adil, cast.ruth, cast.sam_the_stranger, cast.mina):
            assert not policy.may_open_in_danger(each, cast.mina, NOW)
            with pytest.raises(Refused):
                services.open_by_override(actor=each, owner=cast.mina, reason=WHY, now=NOW)
    assert not PlanOverride.objects.exists() and reads_about(cast.mina) == []


def test_all_but_the_guarded_part_opens_and_she_sees_who_when_and_why(cast: Cast):
    everything(cast)
    with on_call_for(cast.cora, cast.mina):
        assert not policy.sections_open_to(cast.cora, NOW).exists(), "being on call opens nothing by itself"
        override(cast)
        opened = services.read_plan(actor=cast.cora, owner=cast.mina, now=NOW)
    assert [each.part for each in opened] == [part for part in PARTS if part != SAFER]
    assert not any(each.is_shared for each in opened)
    shown = queries.overrides_of(cast.mina, HARD_DAYS)
    assert [(each.name, each.at, each.reason) for each in shown] == [("Cora", NOW, WHY)]
    reads = reads_about(cast.mina)
    assert len(reads) == 6 and {read.by for read in reads} == {"Cora"}
    assert {read.why for read in reads} == {"They were on call, and there may have been danger"}
    assert "Your plan, without a share" in {read.what for read in reads}


def test_she_is_told_even_if_nobody_went_on_to_read(cast: Cast):
    everything(cast)
    with on_call_for(cast.cora, cast.mina):
        override(cast)
    deliver()
    assert Notice.objects.filter(person=cast.mina, kind="looked").count() == 1


def test_it_ends_by_itself_and_with_the_concern(cast: Cast):
    everything(cast)
    with on_call_for(cast.cora, cast.mina):
        override(cast)
        last = NOW + OVERRIDE_LASTS - timedelta(seconds=1)
        assert policy.sections_open_to(cast.cora, last).count() == 5
        assert not policy.sections_open_to(cast.cora, NOW + OVERRIDE_LASTS).exists()
    assert not policy.sections_open_to(cast.cora, NOW).exists(), "the concern is closed"
    with pytest.raises(Refused):
        services.read_plan(actor=cast.cora, owner=cast.mina, now=NOW)
    assert timedelta(hours=2) >= OVERRIDE_LASTS


def test_a_share_of_the_guarded_part_still_opens_it(cast: Cast):
    everything(cast)
    share(cast.mina, SAFER, cast.cora)
    with on_call_for(cast.cora, cast.mina):
        override(cast)
        opened = services.read_plan(actor=cast.cora, owner=cast.mina, now=NOW)
    assert [(each.part, each.is_shared) for each in opened if each.is_shared] == [(SAFER, True)]
    assert len(opened) == 6


def test_neither_a_block_nor_a_pair_kept_apart_is_passed(cast: Cast):
    everything(cast)
    with on_call_for(cast.cora, cast.mina):
        override(cast)
        safety.block_person(actor=cast.mina, person=cast.cora, now=NOW)
        assert not policy.sections_open_to(cast.cora, NOW).exists()
        with pytest.raises(Refused):
            override(cast)


@pytest.mark.parametrize("reason", ["", "      ", "danger", "x" * 501])
def test_it_needs_a_reason_in_a_sentence(cast: Cast, reason: str):
    everything(cast)
    with on_call_for(cast.cora, cast.mina), pytest.raises(Refused, match="why"):
        services.open_by_override(actor=cast.cora, owner=cast.mina, reason=reason, now=NOW)
    assert not PlanOverride.objects.exists()


def test_where_nothing_can_be_opened_nobody_is_told_anything(cast: Cast):
    write(cast.mina, SAFER, "the spare key")
    write(cast.mina, "good", "singing", kind=KEEPING_WELL)
    with on_call_for(cast.cora, cast.mina), pytest.raises(Refused, match="nothing"):
        override(cast)
    assert reads_about(cast.mina) == []


def test_how_somebody_keeps_well_is_never_opened_in_danger(cast: Cast):
    everything(cast)
    write(cast.mina, "good", "singing", kind=KEEPING_WELL)
    with on_call_for(cast.cora, cast.mina):
        override(cast)
        assert set(policy.sections_open_to(cast.cora, NOW).values_list("kind", flat=True)) == {"hard_days"}


def test_the_concerns_door_tells_how_it_stands_and_no_words(cast: Cast):
    everything(cast)
    closed = queries.plan_for_concern(cast.cora, cast.mina, NOW)
    assert not closed.is_open and not closed.may_open
    with on_call_for(cast.cora, cast.mina):
        waiting = queries.plan_for_concern(cast.cora, cast.mina, NOW)
        assert waiting.may_open and not waiting.is_open
        override(cast)
        opened = queries.plan_for_concern(cast.cora, cast.mina, NOW)
        assert opened.is_open and opened.opened_until == NOW + OVERRIDE_LASTS
    share(cast.mina, SIGNS, cast.cora)
    shared = queries.plan_for_concern(cast.cora, cast.mina, NOW)
    assert shared.is_open and shared.parts_shared == 1 and shared.opened_until is None
    assert "words of" not in repr([closed, waiting, opened, shared])
    assert reads_about(cast.mina)[-1].what == "Your plan, without a share", (
        "asking how it stands reads nothing"
    )


def test_the_record_and_the_row_hold_no_words(cast: Cast):
    everything(cast)
    with on_call_for(cast.cora, cast.mina):
        row = override(cast)
    assert b"goodbye" not in bytes(row.sealed_reason)
    assert not [each for each in Record.objects.all() if "goodbye" in f"{each.subject} {each.payload}"]


def test_the_reason_goes_with_whichever_of_the_two_deletes_everything(cast: Cast):
    everything(cast)
    with on_call_for(cast.cora, cast.mina):
        override(cast)
    assert parts.export_of(cast.mina)["plans"]["opened_in_danger"][0] == {
        "at": NOW.isoformat(),
        "reason": WHY,
        "by": "Cora",
    }
    assert parts.export_of(cast.cora)["plans"]["i_opened_in_danger"][0]["reason"] == WHY
    with transaction.atomic():
        parts.erase(cast.cora, NOW)
    [shown] = queries.overrides_of(cast.mina, HARD_DAYS)
    assert shown.reason == "", "that it was opened stays hers to know"
    with transaction.atomic():
        parts.erase(cast.mina, NOW)
    assert not PlanOverride.objects.exists()


def test_the_database_refuses_one_without_end_or_of_oneself(cast: Cast):
    whole = {"person": cast.mina, "kind": "hard_days", "sealed_reason": b"", "opened_at": NOW}
    for wrong in (
        {"by": cast.mina, "until": NOW + timedelta(hours=1)},
        {"by": cast.cora, "until": NOW},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            PlanOverride.objects.create(**whole, **wrong)


def test_it_is_kept_for_years_and_then_goes(cast: Cast):
    everything(cast)
    with on_call_for(cast.cora, cast.mina):
        override(cast)
    retention.run_clocks(NOW + timedelta(days=2000))
    assert PlanOverride.objects.exists()
    retention.run_clocks(NOW + timedelta(days=2200))
    assert not PlanOverride.objects.exists()


def test_the_page_asks_why_first_and_keeps_what_was_typed(cast: Cast, client: Client):
    everything(cast)
    enter(client, cast.cora)
    address = f"/me/shared/{cast.mina.public_id}/open/"
    assert client.get(address).status_code == 404
    with on_call_for(cast.cora, cast.mina):
        page = client.get(address).content.decode()
        assert "they are told at once" in page and "words of" not in page
        short = client.post(address, {"reason": "help"})
        assert short.status_code == 422 and "help</textarea>" in short.content.decode()
        answer = client.post(address, {"reason": WHY})
        assert answer["Location"] == f"/me/shared/{cast.mina.public_id}/"
        read = client.get(answer["Location"]).content.decode()
        assert f"words of {ASK}" in read and f"words of {SAFER}" not in read
        assert "may be in danger" in read and "tel:" not in read
    assert client.get(answer["Location"]).status_code == 404


def test_her_page_says_it_first(cast: Cast, client: Client):
    everything(cast)
    with on_call_for(cast.cora, cast.mina):
        override(cast)
    enter(client, cast.mina)
    page = client.get("/me/own/").content.decode()
    assert "Cora opened your plan on" in page and WHY in page
    assert page.index("Cora opened your plan") < page.index("How I notice")


def test_a_walk_or_a_role_is_not_a_way_in(cast: Cast):
    walk(cast)
    everything(cast)
    with on_call_for(cast.cora, cast.mina):
        override(cast)
        for each in (cast.theo, cast.adil, cast.ruth):
            assert not policy.sections_open_to(each, NOW).exists()
