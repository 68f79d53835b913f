"""Deciding, answering, closing, handing out, duties: each deed with what it must refuse."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people.models import Person
from companionway.safeguarding import paper, policy, profiles, queries, services
from companionway.safeguarding.models import Entry, HandedOut, SafeguardingRecord
from companionway.safeguarding.opening import Decision
from companionway.safeguarding.states import Part, RecordState
from tests.cast import NOW
from tests.rooms.safeguarding.conftest import FACTS, QUOTE, Apart

DECISION = Decision("Ring the council.", "Twice in a week.", "The duty desk.", "That we ring, and why.")


def standing(record: SafeguardingRecord) -> SafeguardingRecord:
    return SafeguardingRecord.objects.standing().get(pk=record.pk)


@pytest.mark.parametrize(
    "left_out", [{"decision": ""}, {"why": ""}, {"told": ""}, {"person_told": "", "why_not": ""}]
)
def test_a_decision_is_whole_or_refused(apart: Apart, left_out: dict[str, str]) -> None:
    with pytest.raises(Refused):
        services.record_decision(
            actor=apart.ines, record=apart.record, decision=dataclasses.replace(DECISION, **left_out), now=NOW
        )
    assert Entry.objects.count() == 1


def test_a_decision_says_who_when_why_and_what_the_person_was_told_or_why_not(apart: Apart) -> None:
    services.record_decision(actor=apart.ines, record=apart.record, decision=DECISION, now=NOW)
    untold = dataclasses.replace(DECISION, person_told="", why_not="It would warn him.")
    services.record_decision(actor=apart.bram, record=apart.record, decision=untold, now=NOW)
    first, second = queries.whole(standing(apart.record)).lines[1:]
    assert (first.by, first.at) == ("Ines", NOW)
    assert {"What the person was told", "Who was told", "Why"} <= dict(first.said).keys()
    assert dict(second.said)["Why the person was not told"] == "It would warn him."


@pytest.mark.parametrize("who", ["theo", "mina", "cora", "adil", "sam_the_stranger"])
def test_only_a_lead_works_on_it(apart: Apart, who: str) -> None:
    person = getattr(apart.cast, who)
    deeds: list[tuple[Any, dict[str, Any]]] = [
        (services.open_record, {"reason_key": "safety"}),
        (services.record_decision, {"decision": DECISION}),
        (services.answer_author, {"words": "Yes"}),
        (services.close_record, {"words": "Over"}),
        (services.hold_record, {"words": "Court"}),
        (services.keep_from, {"person": apart.bram, "part": Part.CONFLICT}),
        (services.hand_out, {"to_whom": "X", "reason": "Y"}),
    ]
    for deed, given in deeds:
        with pytest.raises((Refused, SafeguardingRecord.DoesNotExist)):
            deed(actor=person, record=apart.record, now=NOW, **given)
    if who != "theo":
        with pytest.raises(SafeguardingRecord.DoesNotExist):
            services.add_to_record(actor=person, record=apart.record, words="Yes", now=NOW)


def test_it_is_closed_and_opened_again_by_adding(apart: Apart) -> None:
    assert standing(apart.record).state == RecordState.OPEN
    services.close_record(actor=apart.ines, record=apart.record, words="Over.", now=NOW)
    assert standing(apart.record).state == RecordState.CLOSED
    with pytest.raises(Refused):
        services.close_record(actor=apart.ines, record=apart.record, words="Again.", now=NOW)
    services.reopen_record(actor=apart.ines, record=apart.record, words="Not over.", now=NOW)
    assert standing(apart.record).state == RecordState.OPEN
    assert list(apart.record.entries.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_words_as_they_were_said_are_marked_as_such(apart: Apart) -> None:
    said = dict(queries.whole(standing(apart.record)).lines[0].said)
    assert said["Words as they were said"] == f"“{QUOTE}”"
    assert said["What happened"] == FACTS


def test_paper_is_made_with_a_reason_recorded_and_shown_as_it_was(apart: Apart) -> None:
    with pytest.raises(SafeguardingRecord.DoesNotExist):
        services.hand_out(actor=apart.ines, record=apart.record, to_whom="Police", reason="Asked", now=NOW)
    services.open_record(actor=apart.ines, record=apart.record, reason_key="legal", now=NOW)
    for given in ({"to_whom": " ", "reason": "Asked"}, {"to_whom": "Police", "reason": ""}):
        with pytest.raises(Refused):
            services.hand_out(actor=apart.ines, record=apart.record, now=NOW, **given)
    made = services.hand_out(actor=apart.ines, record=apart.record, to_whom="Police", reason="Asked", now=NOW)
    services.add_to_record(actor=apart.ines, record=apart.record, words="Came later.", now=NOW)
    shown = queries.paper_of(HandedOut.objects.get(pk=made.pk))
    assert shown.is_whole
    assert shown.digest == paper.digest(shown.text)
    assert FACTS in shown.text
    assert QUOTE in shown.text
    assert "Came later." not in shown.text
    assert Record.objects.filter(name="safeguarding.record_handed_out", actor_id=apart.ines.pk).count() == 1
    changed = HandedOut.objects.get(pk=made.pk)
    changed.digest = "0" * 64
    assert not queries.paper_of(changed).is_whole


def test_the_shipped_duties_are_readable_and_verified_by_nobody() -> None:
    found = profiles.available()
    assert {"gb", "us", "eu"} <= found.keys()
    assert sum(len(each.duties) for each in found.values()) >= 20
    assert not any(profiles.may_erase([country]) for country in found)
    assert not profiles.may_erase([])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("verified = false", "verified = true"),
        ("verified = false\n", ""),
        ('erasure = "kept"', 'erasure = "x"'),
    ],
)
def test_a_file_that_claims_to_be_verified_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = (profiles.FOLDER / "us.toml").read_text()
    (tmp_path / "us.toml").write_text(text.replace(old, new, 1))
    with pytest.raises(profiles.BadProfile):
        profiles.available(tmp_path)


def test_a_duty_is_unverified_until_a_lead_ticks_it_and_again_when_its_words_change(
    apart: Apart, monkeypatch: Any
) -> None:
    house = apart.cast.organisation
    services.make_arrangements(
        actor=apart.cast.adil, countries=["us"], outside_name="", outside_reach="", now=NOW
    )
    ((_profile, shown),) = queries.duties_shown(house)
    assert all(each.check is None for each in shown)
    with pytest.raises(Refused):
        services.check_duty(actor=apart.cast.adil, country="us", key=shown[0].duty.key, now=NOW)
    services.check_duty(actor=apart.ines, country="us", key=shown[0].duty.key, now=NOW)
    ((_profile, shown),) = queries.duties_shown(house)
    assert [each.check is not None for each in shown] == [True] + [False] * (len(shown) - 1)
    assert shown[0].check is not None
    assert shown[0].check.checked_by == apart.ines
    us = profiles.available()["us"]
    altered = dataclasses.replace(
        us, duties=(dataclasses.replace(us.duties[0], says="Something else."), *us.duties[1:])
    )
    monkeypatch.setattr(profiles, "available", lambda: {"us": altered})
    ((_profile, shown),) = queries.duties_shown(house)
    assert all(each.check is None for each in shown)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


TELLING = {"is_immediate": "yes", "facts": FACTS, "about": "else", "who": "A boy", "category": "child"}


@pytest.mark.parametrize("who", ["mina", "theo", "cora", "adil"])
def test_anybody_who_takes_part_may_tell_and_reads_only_that(apart: Apart, who: str) -> None:
    person = getattr(apart.cast, who)
    client = client_of(person)
    answer = client.post(reverse("safeguarding:tell") + "?concern=abcdef123456", TELLING)
    made = SafeguardingRecord.objects.latest("pk")
    assert answer["Location"] == reverse("safeguarding:told", args=[made.public_id])
    assert (made.author, made.is_immediate, made.concern) == (person, True, "concern:abcdef123456")
    body = client.get(answer["Location"]).content.decode()
    assert FACTS in body
    assert "Help now" in body
    assert set(policy.visible_to(person).values_list("pk", flat=True)) - {apart.record.pk} == {made.pk}


def test_what_a_concern_is_called_is_only_taken_when_it_looks_like_one(apart: Apart) -> None:
    client_of(apart.cast.ruth).post(reverse("safeguarding:tell") + "?concern=<b>he+said</b>", TELLING)
    assert SafeguardingRecord.objects.latest("pk").concern == ""


def test_it_can_be_about_oneself_or_somebody_here(apart: Apart) -> None:
    client = client_of(apart.cast.ruth)
    client.post(reverse("safeguarding:tell"), {**TELLING, "about": "me"})
    mine = SafeguardingRecord.objects.latest("pk")
    assert mine.concerned.get().person == apart.cast.ruth
    client.post(
        reverse("safeguarding:tell") + f"?about={apart.cast.mina.public_id}", {**TELLING, "about": "here"}
    )
    assert SafeguardingRecord.objects.latest("pk").concerned.get().person == apart.cast.mina
    # Somebody they never meet is not offered by name.
    answer = client.post(
        reverse("safeguarding:tell") + f"?about={apart.cast.sam_the_stranger.public_id}",
        {**TELLING, "about": "here"},
    )
    assert answer.status_code == 422
    assert apart.cast.sam_the_stranger.name not in answer.content.decode()


@pytest.mark.parametrize("deed", ["more", "decision", "answer", "close", "hold", "keep-from", "paper"])
def test_each_deed_of_a_lead_has_a_page_that_keeps_what_was_typed(apart: Apart, deed: str) -> None:
    services.open_record(actor=apart.ines, record=apart.record, reason_key="safety", now=NOW)
    address = reverse("safeguarding:work", args=[apart.record.public_id, deed])
    with time_machine.travel(NOW + timedelta(minutes=1)):
        client = client_of(apart.ines)
        assert client.get(address).status_code == 200
        answer = client.post(address, {"decision": "Half of it", "to_whom": "Half of it"})
    assert answer.status_code == 422
    if deed in ("decision", "paper"):
        assert "Half of it" in answer.content.decode()


def test_the_whole_way_of_a_lead_by_pages(apart: Apart) -> None:
    public_id = apart.record.public_id
    with time_machine.travel(NOW + timedelta(minutes=1)):
        client = client_of(apart.ines)

        def post(name: str, *args: str, **given: str) -> None:
            answer = client.post(reverse(f"safeguarding:{name}", args=[public_id, *args]), given)
            assert answer.status_code == 302, answer.content.decode()

        post("record", reason_key="safety", words="Night duty")
        decided = {"decision": "Ring", "why": "Twice", "told": "Desk", "person_told": "", "why_not": "Danger"}
        post("work", "decision", **decided)
        post("work", "answer", words="We act today.")
        post("work", "paper", to_whom="Council", reason="s.42")
        post("work", "hold", words="Court")
        post("work", "let-go", words="Done")
        post("work", "close", words="Over")
        post("work", "reopen", words="Not over")
        body = client.get(reverse("safeguarding:inside", args=[public_id])).content.decode()
        handed = HandedOut.objects.get()
        printed = client.get(reverse("safeguarding:paper", args=[public_id, handed.public_id]))
    for words in (FACTS, "Danger", "We act today.", "Night duty", "Not over"):
        assert words in body
    assert handed.digest in printed.content.decode()
    assert apart.cast.mina.public_id not in body
