"""What somebody takes along, what goes when they delete everything, and what has a clock."""

from __future__ import annotations

import json
from datetime import timedelta

from companionway.conversations import services as talking
from companionway.foundation import parts, retention
from companionway.groups import opening, queries, services
from companionway.groups.keeping import _decided, _ended, _pauses, _talks
from companionway.groups.models import Agreed, Group, Kept, Membership, Pin, Poll, Proposal, TalkWish, Waiting
from companionway.groups.states import STANDS, ProposalKind
from companionway.safety.extracts import extract_of
from tests.cast import NOW
from tests.rooms.groups.conftest import World, begin, come_in, with_space


def test_the_export_has_ones_own_things_and_nobody_elses(world: World, closed: Group) -> None:
    group = with_space(world, closed)
    mina, theo = world.cast.mina, world.cast.theo
    for each in (mina, theo, world.cast.ruth):
        services.ask_for_place(actor=each, group=group, now=NOW)
    for each in (mina, theo):
        come_in(each, group)
        services.propose(
            actor=each, group=group, kind=ProposalKind.MOTION, words=f"From {each.name}.", now=NOW
        )
    services.pause_in_space(
        actor=world.nia, group=group, person=mina, days=1, reason="What happened there.", now=NOW
    )
    services.keep_in_list(actor=mina, group=begin(world, world.charity, "drop_in", name="Walk"), now=NOW)
    made = parts.export_of(mina)
    mine = json.dumps(made["groups"])
    for words in ("From Mina.", "What happened there.", "Walk", "Thursday lamp"):
        assert words in mine
    assert "From Theo." not in mine
    assert "Theo" not in json.dumps(made["conversations"])
    assert json.loads(json.dumps(parts.export_of(world.cast.ruth)))["groups"]["waits_for"]


def test_deleting_everything_frees_the_place_and_leaves_what_the_group_decided(
    world: World, closed: Group
) -> None:
    mina, ruth = world.cast.mina, world.cast.ruth
    for each in (mina, world.cast.theo, ruth):
        services.ask_for_place(actor=each, group=closed, now=NOW)
    group = with_space(world, closed)
    come_in(mina, group)
    services.keep_in_list(actor=mina, group=begin(world, world.charity, "drop_in", name="Walk"), now=NOW)
    row = services.propose(
        actor=mina, group=group, kind=ProposalKind.AGREEMENT, sentences=["We whisper."], now=NOW
    )
    for each in (mina, world.cast.theo):
        services.vote(actor=each, proposal=row, voice="yes", now=NOW)
    services.decide_due(now=NOW + STANDS)
    services.propose(actor=mina, group=group, kind=ProposalKind.MOTION, words="Mine.", now=NOW)
    services.open_poll(actor=mina, group=group, question="Mine?", options=["a", "b"], now=NOW)
    services.ask_for_talk(actor=mina, group=group, to=world.nia, words="Mine.", now=NOW)
    assert parts.erase(mina, NOW + STANDS)["group_rows"]
    for model in (Membership, Kept, Agreed):
        assert not model._default_manager.filter(person=mina).exists()
    assert not TalkWish.objects.exists()
    assert list(Proposal.objects.values_list("pk", "by")) == [(row.pk, None)]
    assert not Poll.objects.exists()
    assert queries.agreement_of(group) == ["We whisper."]
    assert Waiting.objects.get(person=ruth).offered_until is not None


def test_when_the_only_one_in_a_space_deletes_everything_others_can_still_come(
    world: World, drop_in: Group
) -> None:
    group = with_space(world, drop_in)
    come_in(world.cast.mina, group)
    parts.erase(world.cast.mina, NOW)
    come_in(world.cast.theo, group)
    assert group.space is not None
    talking.send_message(actor=world.cast.theo, conversation=group.space, text="Hello?", now=NOW)


def test_whoever_holds_it_and_deletes_everything_holds_it_no_more(world: World, drop_in: Group) -> None:
    group = with_space(world, drop_in)
    services.pin_words(actor=world.nia, group=group, words="Soup.", now=NOW)
    parts.erase(world.nia, NOW)
    rules = queries.page_of(world.cast.mina, group, NOW)
    assert rules is not None
    assert rules.holders == []
    assert not Pin.objects.exists()


def test_the_words_of_a_group_that_ended_go_when_their_time_has_come(world: World, closed: Group) -> None:
    services.ask_for_place(actor=world.cast.mina, group=closed, now=NOW)
    services.end_group(actor=world.nia, group=closed, now=NOW)
    assert _ended(NOW, NOW) == 0
    version = closed.versions.get()
    assert _ended(NOW + timedelta(days=1), NOW) > 0
    assert opening.sentences_of(version) == []
    assert not Membership.objects.exists()
    assert _ended(NOW + timedelta(days=1), NOW) == 0


def test_the_other_clocks_take_what_is_over_and_nothing_else(world: World, closed: Group) -> None:
    group = with_space(world, closed)
    services.ask_for_place(actor=world.cast.mina, group=group, now=NOW)
    come_in(world.cast.mina, group)
    row = services.propose(
        actor=world.cast.mina, group=group, kind=ProposalKind.MOTION, words="Mine.", now=NOW
    )
    services.ask_for_talk(actor=world.cast.mina, group=group, to=world.nia, words="Mine.", now=NOW)
    pause = services.pause_in_space(
        actor=world.nia, group=group, person=world.cast.mina, days=1, reason="What happened.", now=NOW
    )
    late = NOW + timedelta(days=400)
    assert _decided(late, late) == 0
    assert _pauses(late, late) == 0
    services.decide_due(now=NOW + STANDS)
    services.end_pause(actor=world.nia, pause=pause, now=NOW)
    assert [_decided(late, late), _pauses(late, late), _talks(late, late)] == [1, 1, 1]
    assert not Proposal.objects.filter(pk=row.pk).exists()


def test_every_table_has_a_clock_or_a_reason() -> None:
    kept = {model for each in retention.clocks() for model in each.models} | set(retention.reasons())
    names = {f"groups.{name}" for name in (
        "Group", "Meets", "Membership", "Waiting", "Kept", "AgreementVersion", "Agreed", "Proposal", "Poll",
        "PollOption", "Voted", "Pin", "SpacePause", "TalkWish",
    )}  # fmt: skip
    assert names <= kept


def test_everything_of_a_group_can_be_reported_by_whoever_sees_it(world: World, closed: Group) -> None:
    group, mina = with_space(world, closed), world.cast.mina
    services.ask_for_place(actor=mina, group=group, now=NOW)
    services.ask_for_place(actor=world.cast.theo, group=group, now=NOW)
    come_in(mina, group)
    theirs = services.propose(
        actor=world.cast.theo, group=group, kind=ProposalKind.MOTION, words="No quiet people.", now=NOW
    )
    poll = services.open_poll(
        actor=world.cast.theo, group=group, question="Who is odd?", options=["a", "b"], now=NOW
    )
    pin = services.pin_words(actor=world.nia, group=group, words="Hurry.", now=NOW)
    pause = services.pause_in_space(
        actor=world.nia, group=group, person=mina, days=1, reason="Because I say so.", now=NOW
    )
    found = {
        f"group:{group.public_id}": (world.nia, "Thursday lamp"),
        f"group_proposal:{theirs.public_id}": (world.cast.theo, "No quiet people."),
        f"group_poll:{poll.public_id}": (world.cast.theo, "Who is odd?"),
        f"group_pin:{pin.public_id}": (world.nia, "Hurry."),
        f"group_pause:{pause.public_id}": (world.nia, "Because I say so."),
    }
    for subject, (about, words) in found.items():
        extract = extract_of(mina, subject)
        assert extract is not None, subject
        assert extract.about_person_id == about.pk
        assert words in extract.text
        assert extract_of(world.cast.sam_the_stranger, subject) is None
    for subject in list(found)[1:]:
        assert extract_of(world.cast.ruth, subject) is None
