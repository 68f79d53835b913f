"""Who sees a record, by every path there is: policy, pages, notices, the file, the list of looks."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from companionway.foundation.events import deliver
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.notices.models import Notice
from companionway.people import queries as people
from companionway.people import roles
from companionway.people import services as people_services
from companionway.people.exporting import as_zip
from companionway.people.models import Person
from companionway.safeguarding import policy, queries, services
from companionway.safeguarding.models import SafeguardingRecord
from companionway.safeguarding.opening import Decision
from companionway.safeguarding.states import Part
from companionway.safety import services as safety
from tests.cast import NOW, give, make_person
from tests.rooms.safeguarding.conftest import FACTS, QUOTE, TOLD, Apart, lead

DECISION = Decision(
    decision="Ring the council.", why="Twice in a week.", told="Duty desk.", person_told="All of it."
)


def everybody(apart: Apart) -> dict[str, Person]:
    cast = apart.cast
    return {
        "mina": cast.mina, "theo": cast.theo, "ruth": cast.ruth, "cora": cast.cora, "adil": cast.adil,
        "sam": cast.sam_the_stranger, "ines": apart.ines, "bram": apart.bram, "lena": apart.lena,
    }  # fmt: skip


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


def page(person: Person, name: str, *args: Any) -> tuple[int, str]:
    with time_machine.travel(NOW + timedelta(minutes=1)):
        response = client_of(person).get(reverse(f"safeguarding:{name}", args=args))
    return response.status_code, response.content.decode()


def test_leads_read_and_nobody_else(apart: Apart) -> None:
    may_read = {name for name, each in everybody(apart).items() if policy.readable_by(each).exists()}
    assert may_read == {"ines", "bram"}
    assert {name for name, each in everybody(apart).items() if policy.visible_to(each).exists()} == {
        "ines", "bram", "theo",
    }  # fmt: skip


def test_may_view_is_the_same_as_being_visible(apart: Apart) -> None:
    services.keep_from(actor=apart.ines, record=apart.record, person=apart.bram, part=Part.CONFLICT, now=NOW)
    for name, person in everybody(apart).items():
        seen = policy.visible_to(person).filter(pk=apart.record.pk).exists()
        assert bool(policy.may_view(person, apart.record)) == seen, name
        readable = policy.readable_by(person).filter(pk=apart.record.pk).exists()
        assert bool(policy.may_read(person, apart.record)) == readable, name


@pytest.mark.parametrize("role", [roles.COORDINATOR, roles.ADMINISTRATOR, roles.ON_CALL])
def test_no_other_role_of_the_team_reads(apart: Apart, role: str) -> None:
    other = make_person("Otis")
    give(other, role, None)
    assert not policy.visible_to(other).exists()
    assert page(other, "records")[0] == 404
    for name in ("record", "inside", "told"):
        assert page(other, name, apart.record.public_id)[0] == 404


def test_the_subject_never_sees_it_even_as_a_lead(apart: Apart) -> None:
    mina = apart.person(apart.cast.mina)
    give(mina, roles.SAFEGUARDING_LEAD, None)
    assert not policy.visible_to(mina).exists()
    assert mina.pk not in queries.readers_of(apart.record.pk)
    status, body = page(mina, "records")
    assert (status, apart.record.public_id in body) == (200, False)
    for name in ("record", "inside", "told"):
        assert page(mina, name, apart.record.public_id)[0] == 404
    with pytest.raises(SafeguardingRecord.DoesNotExist):
        services.open_record(actor=mina, record=apart.record, reason_key="safety", now=NOW)


def test_who_is_named_as_too_close_is_led_round(apart: Apart) -> None:
    cast = apart.cast
    told = services.tell(
        actor=cast.ruth, programme=cast.programme, told=TOLD, away=[apart.bram, cast.cora], now=NOW
    )
    give(apart.person(cast.cora), roles.SAFEGUARDING_LEAD, None)
    for each in (apart.bram, apart.person(cast.cora)):
        assert not policy.visible_to(each).filter(pk=told.pk).exists()
        assert page(each, "inside", told.public_id)[0] == 404
    deliver()
    assert set(Notice.objects.filter(subject=f"safeguarding:{told.pk}").values_list("person", flat=True)) == {
        apart.ines.pk
    }


def test_who_steps_back_sees_it_no_more(apart: Apart) -> None:
    services.open_record(actor=apart.bram, record=apart.record, reason_key="safety", now=NOW)
    assert page(apart.bram, "inside", apart.record.public_id)[0] == 200
    services.keep_from(actor=apart.bram, record=apart.record, person=apart.bram, part=Part.CONFLICT, now=NOW)
    assert page(apart.bram, "inside", apart.record.public_id)[0] == 404


def test_somebody_must_remain_who_can_read_it(apart: Apart) -> None:
    services.keep_from(actor=apart.ines, record=apart.record, person=apart.bram, part=Part.CONFLICT, now=NOW)
    with pytest.raises(Refused):
        services.keep_from(
            actor=apart.ines, record=apart.record, person=apart.ines, part=Part.CONFLICT, now=NOW
        )


def test_who_told_it_sees_their_own_words_and_the_answer_and_nothing_else(apart: Apart) -> None:
    theo, record = apart.cast.theo, apart.record
    services.open_record(
        actor=apart.ines, record=record, reason_key="apart_answer", words="first look", now=NOW
    )
    services.add_to_record(actor=apart.ines, record=record, words="The school says the same.", now=NOW)
    services.record_decision(actor=apart.ines, record=record, decision=DECISION, now=NOW)
    services.answer_author(actor=apart.ines, record=record, words="Thank you, we act on it today.", now=NOW)
    services.close_record(actor=apart.ines, record=record, words="The council has it.", now=NOW)
    status, body = page(theo, "told", record.public_id)
    assert status == 200
    assert FACTS in body
    assert "Thank you, we act on it today." in body
    for hidden in ("The school says", "Ring the council", "The council has it", "first look"):
        assert hidden not in body
    assert page(theo, "inside", record.public_id)[0] == 404
    assert page(theo, "work", record.public_id, "decision")[0] == 404


def test_the_subject_finds_nothing_in_notices_looks_records_or_the_file(apart: Apart) -> None:
    mina = apart.cast.mina
    services.open_record(actor=apart.ines, record=apart.record, reason_key="safety", now=NOW)
    services.record_decision(actor=apart.ines, record=apart.record, decision=DECISION, now=NOW)
    services.answer_author(actor=apart.ines, record=apart.record, words="We act.", now=NOW)
    deliver()
    assert people.reads_about(mina) == []
    assert not Notice.objects.filter(person=mina).exists()
    assert not Record.objects.about(mina.pk).exists()
    assert not Record.objects.filter(name__startswith="safeguarding.", payload__icontains=mina.public_id)
    with zipfile.ZipFile(io.BytesIO(as_zip(mina, NOW))) as archive:
        whole = "".join(archive.read(name).decode() for name in archive.namelist())
    assert FACTS not in whole
    assert QUOTE not in whole


def test_the_file_says_that_such_records_are_not_in_it_the_same_to_everybody(apart: Apart) -> None:
    said = set()
    for person in everybody(apart).values():
        with zipfile.ZipFile(io.BytesIO(as_zip(person, NOW))) as archive:
            name = next(each for each in archive.namelist() if each.endswith(".json"))
            said.add(json.dumps(json.loads(archive.read(name))["records_that_protect"]))
    assert len(said) == 1
    assert "not in this file" in said.pop()


def test_a_reading_is_shown_to_who_told_it_with_the_reason(apart: Apart) -> None:
    services.open_record(actor=apart.bram, record=apart.record, reason_key="apart_review", now=NOW)
    (read,) = people.reads_about(apart.cast.theo)
    assert (read.by, read.why) == ("Bram", "To check that enough was done")


def test_without_a_reason_nothing_is_read_and_a_reason_runs_out(apart: Apart) -> None:
    record, ines = apart.record, apart.ines
    assert page(ines, "inside", record.public_id)[0] == 404
    assert FACTS not in page(ines, "record", record.public_id)[1]
    with pytest.raises(Refused):
        services.open_record(actor=ines, record=record, reason_key="curious", now=NOW)
    services.open_record(actor=ines, record=record, reason_key="safety", now=NOW)
    assert FACTS in page(ines, "inside", record.public_id)[1]
    later = NOW + policy.STAYS_OPEN
    assert not policy.opened_by(ines, later).exists()
    assert policy.opened_by(ines, later - timedelta(seconds=1)).exists()
    assert not policy.opened_by(apart.bram, NOW).exists()


def test_the_list_says_nothing_of_whom_or_what(apart: Apart) -> None:
    body = page(apart.ines, "records")[1]
    assert apart.record.public_id in body
    for hidden in ("Mina", "Theo", FACTS, "bruises", "hurt, or afraid"):
        assert hidden not in body


def test_a_lead_reads_what_they_wrote_themselves_without_a_reason(apart: Apart) -> None:
    own = services.tell(actor=apart.ines, programme=apart.cast.programme, told=TOLD, now=NOW)
    assert page(apart.ines, "inside", own.public_id)[0] == 200
    assert page(apart.bram, "inside", own.public_id)[0] == 404


def test_both_leads_are_told_that_something_waits_also_across_a_block(apart: Apart) -> None:
    safety.block_person(actor=apart.cast.ruth, person=apart.ines, now=NOW)
    told = services.tell(actor=apart.cast.ruth, programme=apart.cast.programme, told=TOLD, now=NOW)
    deliver()
    rows = Notice.objects.filter(subject=f"safeguarding:{told.pk}")
    assert {row.person_id for row in rows} == {apart.ines.pk, apart.bram.pk}
    assert {row.get_kind_display() for row in rows} == {"Something waits for you"}


def test_who_told_is_told_of_the_answer_and_the_leads_of_more(apart: Apart) -> None:
    deliver()
    Notice.objects.all().delete()
    services.answer_author(actor=apart.ines, record=apart.record, words="We act.", now=NOW)
    services.add_to_record(actor=apart.cast.theo, record=apart.record, words="It was Monday.", now=NOW)
    deliver()
    waits = {row.person_id for row in Notice.objects.all()}
    assert waits == {apart.cast.theo.pk, apart.ines.pk, apart.bram.pk}


def test_the_form_names_who_reads_it_and_the_contact_outside_below_two_leads(apart: Apart) -> None:
    services.make_arrangements(
        actor=apart.ines,
        countries=["gb"],
        outside_name="Harbour Council",
        outside_reach="01632 960 111",
        now=NOW,
    )
    two = page(apart.cast.ruth, "tell")[1]
    assert "Bram, Ines" in two
    assert "Harbour Council" not in two
    people_services.end_role(actor=apart.cast.adil, held=apart.bram.roles_held.get(), now=NOW)
    one = page(apart.cast.ruth, "tell")[1]
    assert "Harbour Council" in one
    assert "01632 960 111" in one


def test_when_nobody_could_read_it_the_words_stay_in_the_form_and_the_outside_is_named(apart: Apart) -> None:
    services.make_arrangements(
        actor=apart.ines, countries=[], outside_name="Harbour Council", outside_reach="ring", now=NOW
    )
    given = {
        "is_immediate": "no", "facts": FACTS, "about": "else", "category": "team",
        "away": [apart.ines.pk, apart.bram.pk],
    }  # fmt: skip
    before = SafeguardingRecord.objects.count()
    response = client_of(apart.cast.ruth).post(reverse("safeguarding:tell"), given)
    assert response.status_code == 422
    assert FACTS in response.content.decode()
    assert SafeguardingRecord.objects.count() == before


def test_a_lead_of_another_programme_is_a_stranger_and_a_new_lead_here_is_not(apart: Apart) -> None:
    """Leads belong to a programme, or to the whole."""
    assert not policy.readable_by(apart.lena).exists()
    assert lead("Late", apart.cast.programme).pk in queries.readers_of(apart.record.pk)
