"""Who sees a concern, who never does, and what is left of it: every word is a canary that could leak."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from companionway.concerns import around, policy, queries, services
from companionway.concerns.models import Concern, KeptFrom, Step, Voice
from companionway.concerns.opening import open_decision, open_voice
from companionway.concerns.states import DecisionKind
from companionway.conversations import services as conversations
from companionway.foundation import parts, retention, sealing
from companionway.foundation.events import deliver
from companionway.foundation.models import Record
from companionway.notices.models import Notice
from companionway.notices.sending import send_due
from companionway.people import queries as people
from companionway.people import roles
from companionway.people import services as people_services
from companionway.people.models import Organisation, Person, RoleHeld
from companionway.practice import services as practice
from companionway.practice.models import SupporterPractice
from companionway.safety import services as safety
from tests.cast import NOW, give, make_person
from tests.rooms.concerns.conftest import House
from tests.rooms.safety.entering import enter

CANARY = "the heron flew at dawn"
DAY = timedelta(days=1)


def everybody(house: House) -> list[Person]:
    cast = house.cast
    return [
        cast.mina,
        cast.theo,
        cast.ruth,
        cast.adil,
        cast.sam_the_stranger,
        house.ben,
        house.cora,
        house.lena,
    ]


def who_sees(house: House, concern: Concern) -> set[str]:
    return {each.name for each in everybody(house) if policy.visible_to(each).filter(pk=concern.pk).exists()}


def test_only_who_raised_it_those_told_and_the_leads_see_it(house: House) -> None:
    concern = house.told()
    assert who_sees(house, concern) == {"Theo", "Ben", "Lena"}
    services.climb_due(actor=None, now=NOW + timedelta(minutes=5))
    assert who_sees(house, concern) == {"Theo", "Ben", "Lena", "Cora"}


def test_whose_turn_has_ended_for_good_sees_it_no_more(house: House) -> None:
    concern = house.told()
    RoleHeld.objects.filter(person=house.ben).update(until_at=NOW)
    assert not policy.visible_to(Person.objects.get(pk=house.ben.pk)).filter(pk=concern.pk).exists()


def test_without_a_second_proof_nobody_of_the_team_sees_it(house: House) -> None:
    concern = house.told()
    weak = Person.objects.get(pk=house.ben.pk)
    weak.is_strong = False
    assert not policy.visible_to(weak).filter(pk=concern.pk).exists()


def all_that_reaches(client: Client, person: Person) -> str:
    """Every page of this room and the notices that this person can come to, as text."""
    enter(client, person)
    pages = ["concerns:desk", "concerns:mine", "concerns:times", "notices:list", "people:looked", "home"]
    told = [client.get(reverse(name)).content.decode() for name in pages]
    for concern in Concern.objects.all():
        for name in ("concern", "add_words", "decide", "close"):
            assert client.get(reverse(f"concerns:{name}", args=[concern.public_id])).status_code == 404
    return "\n".join(told)


@pytest.fixture
def about_ben(house: House) -> Concern:
    """About one of those on call, who named Cora as the one who covers for them; Theo knows of Nell as well."""
    around.register("test", lambda pk: {house.cora.pk} if pk == house.ben.pk else set())
    nell = make_person("Nell")
    give(nell, roles.ON_CALL, None)
    give(house.ben, roles.SUPPORTER, house.cast.programme)
    for name in ("Ben", "Cora", "Nell"):
        person = Person.objects.get(name=name)
        person.email = f"{name.lower()}@example.org"
        person.save()
        people_services.give_consent(actor=person, purpose="contact_email", now=NOW)
    yield house.told(actor=house.cast.theo, about=house.ben, words=CANARY, not_to={nell.pk})
    around._named.pop("test")


def test_a_concern_about_one_of_the_team_goes_round_them_and_whom_they_named(
    house: House, about_ben: Concern
) -> None:
    """No ladder, no desk, no notice, no query, no page, no export, no record that would show it to them."""
    assert about_ben.goes_round
    services.climb_due(actor=None, now=NOW + timedelta(minutes=31))
    deliver()
    assert {step.person.name for step in about_ben.steps.exclude(person=None)} == {"Lena"}
    for name in ("Ben", "Cora", "Nell"):
        person = Person.objects.get(name=name)
        assert queries.open_concerns(person, NOW) == []
        assert queries.concern_for(person, about_ben.public_id) is None
        assert queries.tasks_due(person, NOW + 2 * DAY) == []
        assert not Notice.objects.filter(person=person, kind="concern").exists()
        told = all_that_reaches(Client(), person)
        for leak in (CANARY, about_ben.public_id, "Nobody has it"):
            assert leak not in told, name
        exported = parts.export_of(person)
        assert exported["concerns"] == {"raised": [], "about_me": []}
        assert CANARY not in json.dumps(exported, default=str)
        assert not any(
            record.name.startswith("concerns.") for record in Record.objects.filter(about_id=person.pk)
        )
    assert Notice.objects.filter(person=house.lena, kind="concern").exists()


def test_the_lead_herself_is_gone_round_as_well(house: House) -> None:
    concern = house.told(about=house.lena, actor=house.ben, words=CANARY)
    services.climb_due(actor=None, now=NOW + timedelta(minutes=31))
    assert who_sees(house, concern) == {"Ben", "Cora"}
    services.acknowledge(actor=house.cora, concern=concern, now=NOW)
    services.record_decision(
        actor=house.cora, concern=concern, kind=DecisionKind.MEMBER_TOLD, words=CANARY, now=NOW
    )
    closed = services.close(actor=house.cora, concern=concern, outcome="with_supporter", now=NOW)
    assert closed.shown_at is None
    assert house.lena not in [task.person for task in closed.tasks.all()]
    assert house.lena not in [task.holder for task in closed.tasks.all()]
    assert CANARY not in json.dumps(parts.export_of(house.lena), default=str)


def test_whom_a_supporter_asked_to_cover_is_gone_round(house: House) -> None:
    theo, ruth, programme = house.cast.theo, house.cast.ruth, house.cast.programme
    give(ruth, roles.ON_CALL, None)
    for each in (theo, ruth):
        practice.offer_support(actor=each, programme=programme, now=NOW)
    practice.name_cover(actor=theo, practice=SupporterPractice.objects.get(person=theo), person=ruth, now=NOW)
    concern = house.told(actor=house.cast.mina, about=theo)
    assert set(KeptFrom.objects.filter(concern=concern).values_list("person__name", flat=True)) == {
        "Theo",
        "Ruth",
    }


def test_one_that_must_go_round_somebody_does_not_join_what_they_were_told_of(house: House) -> None:
    first = house.told(about=house.cast.ruth)
    second = house.told(actor=house.cast.mina, about=house.cast.ruth, not_to={house.ben.pk})
    assert first.pk != second.pk
    assert house.ben.pk not in {step.person_id for step in second.steps.all()}


def test_every_look_by_somebody_else_is_written_down_once_an_hour_with_its_reason(house: House) -> None:
    concern, theo = house.told(words=CANARY), house.cast.theo
    for minutes in (0, 1, 30, 61):
        services.read_concern(actor=house.ben, concern=concern, now=NOW + timedelta(minutes=minutes))
    services.read_concern(actor=house.lena, concern=concern, now=NOW)
    services.read_concern(actor=theo, concern=concern, now=NOW)
    looked = [(read.by, read.why) for read in people.reads_about(theo)]
    assert looked == [
        ("Lena", "To watch over how concerns are answered"),
        ("Ben", "To answer a concern, as somebody who was told of it"),
        ("Ben", "To answer a concern, as somebody who was told of it"),
    ]
    page = queries.page_of(theo, concern, NOW.date(), NOW)
    assert [each.person.name for each in page.openings] == ["Ben", "Ben", "Lena"]
    # She does not know of it yet, so nothing of it stands on her page.
    assert people.reads_about(house.cast.mina) == []


def test_no_word_stands_in_the_database_or_the_records(house: House) -> None:
    concern = house.closed(words=CANARY)
    rows = [Voice.objects.get(concern=concern).sealed, *concern.decisions.values_list("sealed", flat=True)]
    assert all(CANARY.encode() not in bytes(row) for row in rows)
    assert all(CANARY not in json.dumps(record.payload) for record in Record.objects.all())


def test_the_message_goes_with_it_by_the_act_of_who_raised_it(house: House) -> None:
    cast = house.cast
    talk = conversations.open_conversation(
        actor=cast.mina, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW
    )
    sent = conversations.send_message(actor=cast.mina, conversation=talk, text=CANARY, note="", now=NOW)
    concern = house.told(about=None, subject=f"message:{sent.id}")
    assert concern.about == cast.mina
    read = services.read_concern(actor=house.ben, concern=concern, now=NOW)
    assert [each.extract for each in read.said] == [CANARY]
    # Whoever cannot see a message cannot attach it; their press counts all the same.
    other = house.told(actor=cast.ruth, about=None, subject=f"message:{sent.id}")
    assert (other.about, other.subject, open_voice(other.voices.get()).extract) == (None, "", "")


def test_what_leaves_the_house_names_nothing(house: House) -> None:
    house.ben.email = "ben@example.org"
    house.ben.save()
    people_services.give_consent(actor=house.ben, purpose="contact_email", now=NOW)
    house.told(words=CANARY)
    deliver()
    send_due(Notice.objects.latest("pk").created_at)
    [sent] = mail.outbox
    for leak in (CANARY, "Mina", "Theo", "concern", "risk", "safe", "crisis"):
        assert leak not in f"{sent.subject} {sent.body} {sent.from_email}"


def test_a_blocked_one_of_the_team_is_told_all_the_same(house: House) -> None:
    give(house.cast.theo, roles.MEMBER, house.cast.programme)
    give(house.ben, roles.SUPPORTER, house.cast.programme)
    safety.block_person(actor=house.cast.theo, person=house.ben, now=NOW)
    house.told()
    deliver()
    assert Notice.objects.filter(person=house.ben, kind="concern").exists()


def test_a_person_takes_along_what_they_said_and_what_was_decided_about_them(house: House) -> None:
    house.closed(words=CANARY)
    theirs = parts.export_of(house.cast.theo)["concerns"]
    hers = parts.export_of(house.cast.mina)["concerns"]
    assert [each["words"] for each in theirs["raised"]] == [CANARY]
    assert [each["decided"] for each in hers["about_me"]] == [["We asked her."]]
    assert CANARY not in json.dumps(hers)


def test_who_leaves_takes_their_words_and_the_facts_stay(house: House) -> None:
    concern = house.closed(words=CANARY)
    voice = Voice.objects.get(concern=concern)
    people_services.delete_everything(actor=house.cast.theo, now=NOW)
    sealing.forget_all()
    voice_now = Voice.objects.get(pk=voice.pk)
    assert (voice_now.sealed, voice_now.person) == (None, None)
    with pytest.raises(sealing.KeyDestroyed):
        open_voice(voice).words or sealing.key_of(sealing.PERSON, house.cast.theo.pk)
    concern.refresh_from_db()
    assert (concern.raised_by, concern.outcome, concern.steps.count()) == (None, "talked", 3)
    assert open_decision(concern.decisions.first()).words == "We asked her."


def test_whoever_leaves_while_they_have_it_gives_it_back_to_the_ladder(house: House) -> None:
    concern = house.held()
    people_services.delete_everything(actor=house.ben, now=NOW + DAY)
    concern.refresh_from_db()
    assert (concern.state, concern.held_by) == ("open", None)
    services.climb_due(actor=None, now=NOW + DAY)
    assert Step.objects.filter(concern=concern, person=house.cora, kind="told").exists()


def test_what_was_kept_long_enough_is_destroyed(house: House) -> None:
    concern, live = house.closed(words=CANARY), house.told(about=None, actor=house.cast.ruth)
    decision = concern.decisions.first()
    retention.run_clocks(NOW + 2190 * DAY + timedelta(hours=1))
    assert list(Concern.objects.all()) == [live]
    assert open_decision(decision).words == ""


def test_one_organisation_hears_nothing_of_another(house: House) -> None:
    other = Organisation.objects.create(name="Elsewhere", short_name="Elsewhere", host="else.example")
    stranger = make_person("Ben", organisation=other)
    give(stranger, roles.ON_CALL, None)
    give(stranger, roles.SAFEGUARDING_LEAD, None)
    concern = house.told(words=CANARY)
    services.climb_due(actor=None, now=NOW + timedelta(minutes=31))
    assert not concern.steps.filter(person=stranger).exists()
    assert not policy.visible_to(stranger).exists()
    assert not policy.tasks_visible_to(stranger).exists()
