"""The group's own space: who comes in, who reads what, leaving without a trace, a pause, a private word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.conversations import places
from companionway.conversations import policy as talk_policy
from companionway.conversations import queries as talks
from companionway.conversations import services as talking
from companionway.conversations.models import Message, Participant
from companionway.conversations.talk_page import talk_page
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.groups import policy, queries, services
from companionway.groups.models import Group, Pin, SpacePause, TalkWish
from companionway.people.models import Person
from companionway.safety import services as safety
from tests.cast import NOW
from tests.rooms.groups.conftest import World, begin, come_in, with_space

LATER = NOW + timedelta(days=1)


@pytest.fixture
def group(world: World, drop_in: Group) -> Group:
    made = with_space(world, drop_in)
    for each in (world.nia, world.cast.mina, world.cast.theo):
        come_in(each, made)
    return made


def _say(person: Person, group: Group, text: str) -> int:
    assert group.space is not None
    return talking.send_message(actor=person, conversation=group.space, text=text, now=NOW).id  # type: ignore[union-attr]


def _reads(person: Person, group: Group) -> str:
    """What the page of the space shows this person."""
    assert group.space is not None
    places.forget_all()
    own = talks.own_side(person, group.space.public_id)
    assert own is not None
    page = talk_page(person=person, conversation=own, before_id=None, now=NOW)
    return "".join(day.bubbles for day in page.days)


def test_three_people_write_to_each_other(world: World, group: Group) -> None:
    _say(world.cast.mina, group, "The kettle is on.")
    assert "The kettle is on." in _reads(world.cast.theo, group)
    assert "The kettle is on." in _reads(world.nia, group)
    assert b"kettle" not in bytes(Message.objects.exclude(author=None).get().sealed)


def test_nobody_comes_in_without_having_agreed_or_from_elsewhere(world: World, group: Group) -> None:
    with pytest.raises(Refused, match="read what the group agreed"):
        services.enter_space(actor=world.ada, group=group, now=NOW)
    with pytest.raises(Refused):
        services.enter_space(actor=world.cast.sam_the_stranger, group=group, agreed=1, now=NOW)
    assert not talk_policy.visible_to(world.ada).filter(pk=group.space_id).exists()


def test_what_was_written_before_somebody_came_is_not_theirs_to_read(world: World, group: Group) -> None:
    before = _say(world.cast.mina, group, "About my brother.")
    come_in(world.ada, group)
    _say(world.cast.theo, group, "Welcome.")
    assert "Welcome." in _reads(world.ada, group)
    assert "brother" not in _reads(world.ada, group)
    assert not talk_policy.visible_messages(world.ada).filter(pk=before).exists()
    assert talk_policy.visible_messages(world.cast.theo).filter(pk=before).exists()
    place = places.load(conversation_id=group.space_id or 0)
    assert place is not None
    assert place.hides(world.ada.pk, before, world.cast.mina.pk)
    assert not place.hides(world.cast.theo.pk, before, world.cast.mina.pk)


def test_where_the_group_wishes_it_they_read_what_was_there(world: World, group: Group) -> None:
    _say(world.cast.mina, group, "About the garden.")
    Group.objects.filter(pk=group.pk).update(shows_before=True)
    come_in(world.ada, group)
    assert "garden" in _reads(world.ada, group)


def test_leaving_leaves_no_line_no_name_in_the_record_and_no_row(world: World, group: Group) -> None:
    come_in(world.ada, group)
    lines, before = Message.objects.filter(author=None).count(), Record.objects.count()
    services.leave_space(actor=world.ada, group=group, now=NOW)
    assert Message.objects.filter(author=None).count() == lines
    told = Record.objects.order_by("pk")[before:]
    assert {(each.actor_id, each.about_id) for each in told} == {(None, None)}
    assert not Participant.objects.filter(person=world.ada, conversation=group.space).exists()
    assert not talk_policy.visible_to(world.ada).filter(pk=group.space_id).exists()


def test_whoever_wrote_and_left_reads_no_more_and_their_name_stays_under_their_words(
    world: World, group: Group
) -> None:
    _say(world.cast.mina, group, "So long.")
    services.leave_space(actor=world.cast.mina, group=group, now=NOW)
    assert not talk_policy.visible_to(world.cast.mina).filter(pk=group.space_id).exists()
    assert "Mina" in _reads(world.cast.theo, group)
    with pytest.raises(Refused):
        _say(world.cast.mina, group, "One more.")


def test_nothing_on_the_pages_says_who_else_is_there(world: World, group: Group) -> None:
    own = talks.own_side(world.cast.mina, group.space.public_id if group.space else "")
    page = talk_page(person=world.cast.mina, conversation=own, before_id=None, now=NOW)
    assert page.name == "Thursday lamp"
    assert page.other_public_id == ""
    assert not page.shows_seen
    assert "Theo" not in "".join(day.bubbles for day in page.days)
    assert talks.my_conversations(world.cast.mina)[0].names == ["Thursday lamp"]


def test_between_whom_a_block_stands_they_do_not_read_each_other_and_the_others_do(
    world: World, group: Group
) -> None:
    safety.block_person(actor=world.cast.mina, person=world.cast.theo, now=NOW)
    _say(world.cast.theo, group, "From Theo.")
    said = _say(world.cast.mina, group, "From Mina.")
    assert "From Theo." not in _reads(world.cast.mina, group)
    assert "From Mina." not in _reads(world.cast.theo, group)
    assert "From Theo." in _reads(world.nia, group)
    assert "From Mina." in _reads(world.nia, group)
    assert not talk_policy.visible_messages(world.cast.theo).filter(pk=said).exists()
    assert talk_policy.visible_messages(world.cast.mina).filter(pk=said).exists()
    assert talk_policy.visible_messages(world.nia).filter(pk=said).exists()


def test_whoever_is_kept_from_somebody_there_is_not_let_in(world: World, group: Group) -> None:
    safety.block_person(actor=world.cast.theo, person=world.ada, now=NOW)
    with pytest.raises(Refused) as refused:
        come_in(world.ada, group)
    assert str(refused.value) == policy.cannot_be_let_in().reason


def test_quiet_tells_nothing_new(world: World, group: Group) -> None:
    services.mute_space(actor=world.cast.theo, group=group, is_muted=True, now=NOW)
    _say(world.cast.mina, group, "Hello.")
    assert talks.unread_count(world.cast.theo) == 0
    assert world.cast.theo.pk not in dict(talks.how_far_read(group.space_id or 0))
    services.mute_space(actor=world.cast.theo, group=group, is_muted=False, now=NOW)
    assert talks.unread_count(world.cast.theo) == 1


def test_a_pause_stops_words_and_not_reading_and_ends_by_itself(world: World, group: Group) -> None:
    mina = world.cast.mina
    reason = "You named somebody's street, twice."
    pause = services.pause_in_space(actor=world.nia, group=group, person=mina, days=2, reason=reason, now=NOW)
    with pytest.raises(Refused):
        _say(mina, group, "But I did not.")
    place = places.load(conversation_id=group.space_id or 0)
    assert place is not None
    assert mina.pk not in place.writers
    assert mina.pk in place.readers
    kept = queries.my_pause(mina, group)
    assert kept is not None
    assert kept[1] == reason
    assert reason.encode() not in bytes(pause.sealed_reason)
    assert not policy.pauses_visible_to(world.cast.theo).exists()
    _say(world.cast.theo, group, "I write.")
    # Leaving and coming back is no way round it.
    services.leave_space(actor=mina, group=group, now=NOW)
    services.enter_space(actor=mina, group=group, agreed=1, now=NOW)
    with pytest.raises(Refused):
        _say(mina, group, "Again.")
    assert services.end_pauses(now=NOW + timedelta(days=2) - timedelta(seconds=1)) == 0
    assert services.end_pauses(now=NOW + timedelta(days=2)) == 1
    _say(mina, group, "Thank you for waiting.")


def test_only_one_who_holds_the_frame_pauses_and_only_for_a_week(world: World, group: Group) -> None:
    said = {"group": group, "person": world.cast.mina, "reason": "Something that happened.", "now": NOW}
    for actor in (world.cast.theo, world.cast.cora):
        with pytest.raises(Refused):
            services.pause_in_space(actor=actor, days=2, **said)
    for days in (0, 8):
        with pytest.raises(Refused):
            services.pause_in_space(actor=world.nia, days=days, **said)
    with pytest.raises(Refused, match="say why"):
        services.pause_in_space(actor=world.nia, days=1, **{**said, "reason": "no"})
    with pytest.raises(Refused):
        services.pause_in_space(actor=world.nia, days=1, **{**said, "person": world.nia})
    assert not SpacePause.objects.exists()


def test_only_one_who_holds_the_frame_pins(world: World, group: Group) -> None:
    with pytest.raises(Refused):
        services.pin_words(actor=world.cast.mina, group=group, words="Mine.", now=NOW)
    pin = services.pin_words(actor=world.nia, group=group, words="Soup on Sunday.", now=NOW)
    assert b"Soup" not in bytes(pin.sealed)
    with pytest.raises(Refused):
        services.take_down_pin(actor=world.cast.mina, pin=pin, now=NOW)
    services.take_down_pin(actor=world.nia, pin=pin, now=NOW)
    assert not Pin.objects.exists()


def test_a_private_word_is_read_by_the_two_only(world: World, group: Group) -> None:
    services.ask_for_talk(
        actor=world.cast.mina, group=group, to=world.nia, words="Theo and I, on Thursday.", now=NOW
    )
    assert [words for _wish, words in queries.talk_wishes_for(world.nia, group)] == [
        "Theo and I, on Thursday."
    ]
    assert queries.talk_wishes_for(world.cast.theo, group) == []
    assert not policy.talk_wishes_visible_to(world.cast.cora).exists()
    told = Record.objects.get(name="groups.talk_asked")
    assert told.about_id == world.nia.pk
    with pytest.raises(Refused):
        services.talk_is_over(actor=world.cast.theo, wish=TalkWish.objects.get(), now=NOW)
    with pytest.raises(Refused):
        services.ask_for_talk(actor=world.cast.mina, group=group, to=world.cast.theo, words="Words.", now=NOW)
    services.talk_is_over(actor=world.nia, wish=TalkWish.objects.get(), now=NOW)
    assert not TalkWish.objects.exists()


def test_in_a_tradition_without_a_list_no_record_names_who_was_there(world: World, steps: Group) -> None:
    group = with_space(world, steps)
    before = Record.objects.count()
    come_in(world.cast.mina, group)
    services.leave_space(actor=world.cast.mina, group=group, now=NOW)
    told = Record.objects.order_by("pk")[before:]
    assert {(each.actor_id, each.about_id) for each in told} == {(None, None)}
    assert not Participant.objects.filter(person=world.cast.mina).exists()


def test_a_tradition_without_a_space_has_none(world: World, drop_in: Group) -> None:
    programme = world.charity
    rules = {**programme.model_data["groups"], "has_space": False}
    programme.model_data = {**programme.model_data, "groups": rules}
    programme.save()
    fresh = Group.objects.select_related("programme").get(pk=drop_in.pk)
    with pytest.raises(Refused, match="no space"):
        services.open_space(actor=world.nia, group=fresh, now=NOW)


def test_when_the_group_ends_its_space_is_read_and_not_written(world: World, group: Group) -> None:
    _say(world.cast.mina, group, "The last words.")
    services.end_group(actor=world.nia, group=group, now=NOW)
    assert "The last words." in _reads(world.cast.theo, group)
    with pytest.raises(Refused):
        _say(world.cast.theo, group, "One more.")


def test_another_group_knows_nothing_of_this_one(world: World, group: Group) -> None:
    other = with_space(world, begin(world, world.charity, "drop_in", name="Sunday walk"))
    come_in(world.ada, other)
    _say(world.ada, other, "On the hill.")
    assert other.space is not None
    assert not talk_policy.visible_to(world.cast.mina).filter(pk=other.space.pk).exists()


def test_a_role_of_the_team_alone_brings_nobody_into_a_group(
    world: World, group: Group, steps: Group
) -> None:
    for each in (group, with_space(world, steps)):
        with pytest.raises(Refused):
            come_in(world.cast.cora, each)
        assert not policy.belonging_to(world.cast.cora).filter(pk=each.pk).exists()
        assert policy.may_view(world.cast.cora, each)


def test_what_may_be_found_is_what_may_be_viewed(world: World, group: Group, closed: Group) -> None:
    hidden = begin(world, world.charity, "drop_in", name="Not listed", is_listed=False)
    ended = begin(world, world.charity, "drop_in", name="Over")
    services.end_group(actor=world.nia, group=ended, now=NOW)
    everybody = [*world.comers, world.nia, world.cast.cora, world.cast.adil, world.cast.sam_the_stranger]
    for person in everybody:
        for each in (group, closed, hidden, ended):
            seen = policy.visible_to(person).filter(pk=each.pk).exists()
            assert bool(policy.may_view(person, each)) == seen
    assert not policy.may_view(world.cast.mina, hidden)
    assert policy.may_view(world.nia, hidden)
    assert not policy.may_view(world.cast.mina, ended)
