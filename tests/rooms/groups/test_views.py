"""The pages: everything without joining, without a script, and nothing to a stranger."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from companionway.conversations.models import Participant
from companionway.foundation.models import Record
from companionway.groups import queries, services
from companionway.groups.device import NAME
from companionway.groups.models import (
    Agreed,
    Group,
    Kept,
    Membership,
    Poll,
    Proposal,
    TalkWish,
    Voted,
    Waiting,
)
from companionway.groups.states import STANDS
from companionway.people.models import Person
from tests.cast import NOW, enters
from tests.rooms.groups.conftest import World, begin, come_in, with_space


@pytest.fixture
def mina(world: World, client: Client) -> Client:
    return enters(client, world.cast.mina)


def _url(name: str, group: Group) -> str:
    return reverse(f"groups:{name}", args=[group.public_id])


def test_one_page_says_all_before_anybody_joins_and_nobody_is_told(
    world: World, closed: Group, mina: Client
) -> None:
    before = Record.objects.count()
    listed = mina.get("/groups/").content.decode()
    page = mina.get(_url("group", closed)).content.decode()
    assert "Thursday lamp" in listed
    for words in (
        "One soft lamp.", "The old library", "Nia", "Facilitator", "quiet seat",
        "We come as we are, late or early, talkative or not.",
        "Ask for a place", "2 places are free.",
    ):  # fmt: skip
        assert words in page, words
    assert "<title>Group" in page
    assert "Thursday" not in page.split("</title>")[0]
    assert Record.objects.count() == before
    assert not Waiting.objects.exists()


def test_the_level_of_a_charter_is_said_in_words(world: World, mina: Client) -> None:
    group = begin(world, world.voices, "open", level="exploring")
    assert "We are finding out" in mina.get(_url("group", group)).content.decode()


def test_a_stranger_finds_nothing(world: World, closed: Group, client: Client) -> None:
    sam = enters(client, world.cast.sam_the_stranger)
    assert "Thursday lamp" not in sam.get("/groups/").content.decode()
    for name in ("group", "door", "decisions", "talk", "change", "positions", "pin", "pause"):
        assert sam.get(_url(name, closed)).status_code == 404, name
    for name in ("ask", "take", "leave", "keep", "leave_queue", "open_space", "leave_space", "mute", "end"):
        assert sam.post(_url(name, closed)).status_code == 404, name


def test_somebody_of_the_programme_is_not_inside_before_they_belong(
    world: World, closed: Group, mina: Client
) -> None:
    for name in ("door", "decisions", "talk", "propose", "new_poll", "propose_agreement"):
        assert mina.get(_url(name, closed)).status_code == 404, name
    for name in ("change", "positions", "pin", "pause"):
        assert mina.get(_url(name, closed)).status_code == 404, name


def test_asking_waiting_and_leaving_without_a_script(world: World, closed: Group, mina: Client) -> None:
    for each in (world.cast.theo, world.cast.ruth):
        services.ask_for_place(actor=each, group=closed, now=NOW)
    mina.post(_url("ask", closed))
    assert "You come next." in mina.get(_url("group", closed)).content.decode()
    services.leave_group(actor=world.cast.ruth, group=closed, now=NOW)
    Waiting.objects.update(offered_until="2099-01-01T00:00Z")
    assert "Yes, I would like the place" in mina.get(_url("group", closed)).content.decode()
    mina.post(_url("take", closed))
    assert Membership.objects.filter(person=world.cast.mina).exists()
    assert "Leave the group" in mina.get(_url("group", closed)).content.decode()
    mina.post(_url("leave", closed))
    assert not Membership.objects.filter(person=world.cast.mina).exists()


def test_who_cannot_be_let_in_is_offered_other_groups(
    world: World, closed: Group, drop_in: Group, mina: Client
) -> None:
    Group.objects.filter(pk=drop_in.pk).update(name="Garden hour")
    Person.objects.filter(pk=world.cast.mina.pk).update(age_band="adult")
    Group.objects.filter(pk=closed.pk).update(age_band="young")
    page = mina.get(_url("group", closed)).content.decode()
    assert "cannot let you in" in page
    assert "Garden hour" in page


def test_at_the_door_and_into_the_space(world: World, drop_in: Group, mina: Client) -> None:
    group = with_space(world, drop_in)
    assert (
        "We come as we are, late or early, talkative or not."
        in mina.get(_url("door", group)).content.decode()
    )
    come_in(world.nia, group)
    assert (
        "We come as we are, late or early, talkative or not."
        in mina.get(_url("door", group)).content.decode()
    )
    answer = mina.post(_url("door", group), {"number": "1"}, follow=True)
    assert answer.status_code == 200
    assert "Everybody in this place reads this." in answer.content.decode()
    assert Agreed.objects.get(person=world.cast.mina).number == 1
    services.pin_words(actor=world.nia, group=group, words="Soup on Sunday.", now=NOW)
    talk = reverse("conversations:talk", args=[group.space.public_id])  # type: ignore[union-attr]
    assert "Soup on Sunday." in mina.get(talk).content.decode()
    mina.post(_url("mute", group))
    assert Participant.objects.get(person=world.cast.mina, conversation=group.space).is_muted
    about = mina.get(reverse("conversations:about", args=[group.space.public_id]))  # type: ignore[union-attr]
    assert "Nia" not in about.content.decode()
    mina.post(_url("leave_space", group))
    assert mina.get(talk).status_code == 404


def test_an_old_number_at_the_door_is_not_a_yes(world: World, drop_in: Group, mina: Client) -> None:
    group = with_space(world, drop_in)
    for number in ("0", "2", "", "x", "9" * 40):
        mina.post(_url("door", group), {"number": number})
    assert not Agreed.objects.exists()
    assert not Participant.objects.filter(person=world.cast.mina, conversation=group.space).exists()


def test_where_no_list_is_kept_the_device_remembers_and_nobody_else(
    world: World, steps: Group, mina: Client
) -> None:
    group = with_space(world, steps)
    mina.post(_url("keep", group))
    mina.post(_url("door", group), {"number": "1"})
    assert not Kept.objects.exists()
    assert not Agreed.objects.exists()
    kept = json.loads(mina.cookies[NAME].value)
    assert kept["kept"] == [group.public_id]
    assert kept["agreed"] == {group.public_id: 1}
    assert mina.cookies[NAME]["httponly"]
    assert "On your own list" in mina.get("/groups/").content.decode()
    # Whoever uses this device next finds nothing of it.
    enters(mina, world.cast.theo)
    assert "On your own list" not in mina.get("/groups/").content.decode()


def test_voting_once_from_one_device(world: World, steps: Group, mina: Client) -> None:
    mina.post(_url("propose", steps), {"kind": "motion", "words": "A candle."})
    row = Proposal.objects.get()
    url = reverse("groups:vote", args=[row.public_id])
    mina.post(url, {"voice": "yes"})
    mina.post(url, {"voice": "no"})
    row.refresh_from_db()
    assert (row.yes, row.no) == (1, 0)
    assert "You have voted." in mina.get(_url("decisions", steps)).content.decode()


def test_a_spoiled_cookie_is_no_fault(world: World, steps: Group, mina: Client) -> None:
    for value in ("", "{", "[]", '{"tag": 1}', "null", '{"tag":"x","kept":1,"agreed":2}', "\udcff"):
        mina.cookies[NAME] = value.encode("utf-8", "replace").decode()
        assert mina.get("/groups/").status_code == 200


def test_deciding_on_the_pages(world: World, closed: Group, mina: Client) -> None:
    services.ask_for_place(actor=world.cast.mina, group=closed, now=NOW)
    mina.post(_url("propose_agreement", closed), {"sentences": "We whisper.\n\n  \nWe laugh."})
    mina.post(_url("new_poll", closed), {"question": "Tea?", "options": "Green\nBlack"})
    page = mina.get(_url("decisions", closed)).content.decode()
    for words in ("We whisper.", "We laugh.", "Tea?", "Green"):
        assert words in page
    poll = Poll.objects.get()
    mina.post(reverse("groups:answer", args=[poll.public_id]), {"place": "2"})
    assert poll.options.get(place=2).votes == 1
    mina.post(reverse("groups:answer", args=[poll.public_id]), {"place": "x"})
    assert Voted.objects.count() == 1
    services.close_polls(now=NOW + STANDS * 500)
    assert "Too few answered" in mina.get(_url("decisions", closed)).content.decode()


def test_what_was_typed_comes_back(world: World, closed: Group, mina: Client) -> None:
    services.ask_for_place(actor=world.cast.mina, group=closed, now=NOW)
    answer = mina.post(_url("new_poll", closed), {"question": "Tea or soup?", "options": "Only one"})
    assert answer.status_code == 422
    assert "Tea or soup?" in answer.content.decode()
    assert "Only one" in answer.content.decode()


def test_one_who_holds_it_pins_pauses_and_passes_on(world: World, drop_in: Group, client: Client) -> None:
    group = with_space(world, drop_in)
    for each in (world.nia, world.cast.mina):
        come_in(each, group)
    nia = enters(client, world.nia)
    nia.post(_url("pin", group), {"words": "Soup on Sunday."})
    assert [each.words for each in queries.pins_of(group)] == ["Soup on Sunday."]
    assert "Nobody has written there yet" in nia.get(_url("pause", group)).content.decode()
    talk = reverse("conversations:send", args=[group.space.public_id])  # type: ignore[union-attr]
    enters(nia, world.cast.mina)
    nia.post(talk, {"text": "Hello.", "client_id": "a" * 12})
    enters(nia, world.nia)
    assert "Mina" in nia.get(_url("pause", group)).content.decode()
    said = {"person": world.cast.mina.public_id, "days": "2", "reason": "You named a street."}
    assert nia.post(_url("pause", group), said).status_code == 302
    assert nia.post(_url("pause", group), {**said, "days": "30"}).status_code == 422
    enters(nia, world.cast.mina)
    page = nia.get(reverse("conversations:talk", args=[group.space.public_id])).content.decode()  # type: ignore[union-attr]
    assert "You named a street." in page
    enters(nia, world.nia)
    held = queries.holders_of(group, group_rules(group))
    nia.post(_url("step_down", group), {"which": f"{world.nia.public_id}:{held[0].key}"})
    assert queries.holders_of(group, group_rules(group)) == []


def group_rules(group: Group) -> object:
    page = queries.page_of(Person.objects.get(name="Nia"), group, NOW)
    assert page is not None
    return page.rules


def test_asking_for_a_private_word(world: World, drop_in: Group, mina: Client) -> None:
    said = {"to": world.nia.public_id, "words": "Theo and I."}
    assert mina.post(_url("talk", drop_in), said).status_code == 302
    assert TalkWish.objects.get().to == world.nia
    assert mina.post(_url("talk", drop_in), {**said, "to": world.ada.public_id}).status_code == 422
    enters(mina, world.nia)
    assert "Theo and I." in mina.get(_url("group", drop_in)).content.decode()
    mina.post(reverse("groups:talk_over", args=[TalkWish.objects.get().public_id]))
    assert not TalkWish.objects.exists()
