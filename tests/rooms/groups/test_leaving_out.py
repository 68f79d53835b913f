"""Somebody stays away from one group for a while: put to the group without a name, answered, decided, over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from companionway.conversations.models import Participant
from companionway.foundation import live
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.gatherings import policy as gatherings
from companionway.groups import erasing, exporting, opening, policy, queries, services
from companionway.groups.models import Group, LeftOut, Membership, Proposal
from companionway.groups.states import STANDS, ProposalKind, Voice
from companionway.meetings import policy as meetings
from companionway.meetings.models import Meeting
from companionway.people.models import Person
from tests.cast import NOW, enters
from tests.rooms.groups.conftest import World, come_in, with_space

DAY, OVER = timedelta(days=1), NOW + STANDS
REASON = "On Monday you answered three people before they had finished."


@pytest.fixture
def group(world: World, steps: Group) -> Group:
    """A twelve-step group with a space; Theo, who talks over others, had a pause there."""
    made = with_space(world, steps)
    for each in (world.nia, *world.comers):
        come_in(each, made)
    pause = services.pause_in_space(
        actor=world.nia, group=made, person=world.cast.theo, days=2, reason=REASON, now=NOW
    )
    services.end_pause(actor=world.nia, pause=pause, now=NOW)
    return made


def _as(person: Person) -> Client:
    return enters(Client(), person)


def _put(world: World, group: Group, days: int = 30) -> LeftOut:
    sentence = queries.agreement_of(group)[1]
    return services.put_leaving_out(
        actor=world.nia, group=group, person=world.cast.theo, sentence=sentence, days=days, reason=REASON, now=NOW
    )  # fmt: skip


def _vote(world: World, row: LeftOut, voices: list[Voice], after: timedelta = timedelta(0)) -> None:
    assert row.proposal is not None
    people = [world.cast.mina, world.cast.ruth, world.ada, world.nia]
    for each, voice in zip(people, voices, strict=False):
        services.vote(
            actor=each, proposal=row.proposal, voice=voice, device=f"device {each.pk}", now=NOW + after
        )


def _decided(world: World, group: Group, days: int = 30) -> LeftOut:
    row = _put(world, group, days)
    _vote(world, row, [Voice.YES] * 3)
    services.decide_due(now=OVER)
    row.refresh_from_db()
    return row


def test_the_group_reads_a_sentence_of_its_own_and_no_name(world: World, group: Group) -> None:
    row = _put(world, group)
    services.answer_leaving_out(actor=world.cast.theo, row=row, words="I did not notice. I will.", now=NOW)
    client = _as(world.cast.mina)
    shown = client.get(f"/groups/{group.public_id}/decisions/").content.decode()
    assert "I did not notice" in shown and "30 days" in shown
    for nobody in ("Theo", "Nia", REASON):
        assert nobody not in shown
    assert Proposal.objects.get().by is None
    facts = opening.facts_of(Proposal.objects.get())
    assert set(facts) == {"words", "days", "answer"}
    told = Record.objects.filter(name__startswith="groups.").exclude(name="groups.position_changed")
    assert not told.filter(actor_id=world.cast.theo.pk).exists()


def test_it_holds_when_the_group_says_so_and_ends_by_itself(world: World, group: Group) -> None:
    row = _decided(world, group)
    theo = world.cast.theo
    assert row.since_at == OVER and row.until_at == OVER + 30 * DAY and not row.is_being_decided
    assert not policy.belongs(theo, group)
    assert not Participant.objects.filter(person=theo, conversation=group.space, left_at=None).exists()
    with pytest.raises(Refused):
        services.enter_space(actor=theo, group=group, agreed=1, now=OVER)
    assert services.end_leaving_out(now=OVER + 30 * DAY - timedelta(seconds=1)) == 0
    assert services.end_leaving_out(now=OVER + 30 * DAY) == 1
    assert services.end_leaving_out(now=OVER + 30 * DAY) == 0
    assert policy.belongs(theo, group)
    services.enter_space(actor=theo, group=group, agreed=1, now=OVER + 31 * DAY)


def test_its_evenings_are_closed_to_them_meanwhile_and_to_nobody_else(world: World, group: Group) -> None:
    series = group.meets.get().series
    meeting = Meeting.objects.filter(series=series).first()
    assert meeting is not None
    assert meetings.may_come(world.cast.theo, meeting)
    row = _decided(world, group)
    assert not meetings.may_come(world.cast.theo, meeting)
    assert not gatherings.may_enter(world.cast.theo, meeting, OVER)
    assert meetings.may_come(world.cast.mina, meeting)
    services.end_leaving_out(now=row.until_at or OVER)
    assert meetings.may_come(world.cast.theo, meeting)


def test_whoever_sits_in_its_meeting_hears_no_more(
    world: World, closed: Group, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """Their streams end at once, also where the group has no place to write in."""
    mina, ended = world.cast.mina, list[int]()
    Membership.objects.create(group=closed, person=mina, came_at=NOW)
    monkeypatch.setattr(live, "revoke_person", ended.append)
    with django_capture_on_commit_callbacks(execute=True):
        services.leave_out(actor=world.cast.cora, first=None, group=closed, person=mina, days=3, now=NOW)
    assert ended == [mina.pk]


def test_nobody_is_left_out_by_two(world: World, group: Group) -> None:
    row = _put(world, group)
    _vote(world, row, [Voice.YES] * 2)
    services.decide_due(now=OVER)
    assert not LeftOut.objects.exists() and not Proposal.objects.exists(), "nothing of it stays"
    assert policy.belongs(world.cast.theo, group)


def test_the_one_it_is_about_does_not_vote_and_whoever_is_no_holder_cannot_put_it(
    world: World, group: Group
) -> None:
    row = _put(world, group)
    assert row.proposal is not None
    with pytest.raises(Refused, match="about you"):
        services.vote(actor=world.cast.theo, proposal=row.proposal, voice=Voice.NO, device="x", now=NOW)
    with pytest.raises(Refused):
        services.put_leaving_out(
            actor=world.cast.mina, group=group, person=world.ada, sentence=queries.agreement_of(group)[0],
            days=5, reason=REASON, now=NOW,
        )  # fmt: skip
    with pytest.raises(Refused, match="pause first"):
        services.put_leaving_out(
            actor=world.nia, group=group, person=world.ada, sentence=queries.agreement_of(group)[0],
            days=5, reason=REASON, now=NOW,
        )  # fmt: skip


def test_never_without_an_end(world: World, group: Group) -> None:
    with pytest.raises(Refused, match="ninety"):
        _put(world, group, days=91)
    row = _decided(world, group)
    for wrong in ({"days": 366}, {"until_at": None}, {"days": 0}):
        with pytest.raises(DatabaseError), transaction.atomic():
            LeftOut.objects.filter(pk=row.pk).update(**wrong)


def test_the_appeal_asks_the_same_group_and_without_a_second_yes_it_is_over(
    world: World, group: Group
) -> None:
    row, theo = _decided(world, group), world.cast.theo
    services.ask_to_look_again(actor=theo, row=row, words="I have learned to wait.", now=OVER)
    with pytest.raises(Refused, match="once"):
        services.ask_to_look_again(actor=theo, row=row, words="Again.", now=OVER)
    row.refresh_from_db()
    assert row.proposal is not None and row.proposal.kind == ProposalKind.AWAY_AGAIN
    shown = _as(world.cast.mina).get(f"/groups/{group.public_id}/decisions/").content.decode()
    assert "I have learned to wait." in shown and "Theo" not in shown
    _vote(world, row, [Voice.YES, Voice.NO, Voice.NO], STANDS)
    services.decide_due(now=OVER + STANDS)
    row.refresh_from_db()
    assert row.ended_at == OVER + STANDS
    assert policy.belongs(theo, group)


def test_the_appeal_can_find_that_it_stays(world: World, group: Group) -> None:
    row = _decided(world, group)
    services.ask_to_look_again(actor=world.cast.theo, row=row, words="Please.", now=OVER)
    row.refresh_from_db()
    _vote(world, row, [Voice.YES] * 3, STANDS)
    services.decide_due(now=OVER + STANDS)
    row.refresh_from_db()
    assert row.ended_at is None and not row.is_being_decided
    assert row.until_at == OVER + 30 * DAY, "it never becomes longer"


def test_the_team_does_not_decide_it_here_nor_the_group_elsewhere(
    world: World, group: Group, closed: Group
) -> None:
    assert list(policy.groups_the_team_decides_of(world.steps)) == []
    with pytest.raises(Refused, match="decides on its own"):
        services.leave_out(
            actor=world.cast.cora, first=world.ada, group=group, person=world.cast.theo, days=9, now=NOW
        )
    services.ask_for_place(actor=world.cast.theo, group=closed, now=NOW)
    given = {"person": world.cast.theo, "by": world.nia, "days": 5, "put_at": NOW}
    for place, by_group in ((group, False), (closed, True)):
        with pytest.raises(DatabaseError), transaction.atomic():
            LeftOut.objects.create(group=place, is_by_group=by_group, **given)


def test_where_nobody_keeps_who_comes_only_the_space_knows_anybody(world: World, group: Group) -> None:
    services.leave_space(actor=world.cast.theo, group=group, now=NOW)
    with pytest.raises(Refused, match="not in its space"):
        _put(world, group)
    with pytest.raises(DatabaseError), transaction.atomic():
        LeftOut.objects.create(
            group=group, person=world.cast.theo, by=world.nia, is_by_group=True, days=5, put_at=NOW
        )


def test_the_team_leaves_somebody_out_with_a_second_and_the_place_goes_on_after_a_month(
    world: World, closed: Group
) -> None:
    group = with_space(world, closed)
    theo, cora, ada = world.cast.theo, world.cast.cora, world.ada
    services.ask_for_place(actor=theo, group=group, now=NOW)
    come_in(theo, group)
    with pytest.raises(DatabaseError), transaction.atomic():
        services.leave_out(actor=cora, first=None, group=group, person=theo, days=8, now=NOW)
    row = services.leave_out(actor=cora, first=ada, group=group, person=theo, days=20, now=NOW)
    assert Membership.objects.filter(person=theo).exists(), "the place is kept"
    assert not meetings.enterable_by(theo).filter(of_group__group=group).exists()
    assert not policy.belongs(theo, group) and not policy.may_ask(theo, group, NOW)
    services.let_in_again(actor=cora, row=row, now=NOW)
    assert policy.belongs(theo, group)
    services.leave_out(actor=cora, first=ada, group=group, person=theo, days=29, now=NOW)
    assert not Membership.objects.filter(person=theo).exists()


def test_a_holder_who_stays_away_holds_nothing_meanwhile(world: World, closed: Group) -> None:
    services.leave_out(
        actor=world.cast.cora, first=world.ada, group=closed, person=world.nia, days=9, now=NOW
    )
    assert not policy.holds_frame(world.nia, closed, NOW) and not policy.belongs(world.nia, closed)


def _page(person: Person, address: str) -> str:
    return _as(person).get(address).content.decode()


def test_their_own_pages_say_why_and_the_pages_of_others_nothing(world: World, group: Group) -> None:
    row = _decided(world, group)
    listed = _page(world.cast.theo, "/groups/")
    assert f"/groups/away/{row.public_id}/" in listed
    own = _page(world.cast.theo, f"/groups/away/{row.public_id}/")
    assert REASON.replace("'", "&#x27;") in own and "look again" in own
    assert "stay away" in _page(world.cast.theo, f"/groups/{group.public_id}/")
    for other in (world.cast.mina, world.nia, world.cast.cora, world.cast.sam_the_stranger):
        assert _as(other).get(f"/groups/away/{row.public_id}/").status_code == 404
        assert "/groups/away/" not in _page(other, "/groups/")


def test_the_holder_puts_it_by_the_page_and_what_was_typed_comes_back(world: World, group: Group) -> None:
    client: Client = _as(world.nia)
    address = f"/groups/{group.public_id}/space/away/"
    assert "Theo" in client.get(address).content.decode()
    typed = {
        "person": world.cast.theo.public_id,
        "days": "400",
        "reason": REASON,
        "sentence": queries.agreement_of(group)[0],
    }
    answer = client.post(address, typed)
    assert answer.status_code == 422 and REASON in answer.content.decode()
    assert client.post(address, {**typed, "days": "14"}).status_code == 302
    row = LeftOut.objects.get()
    own = f"/groups/away/{row.public_id}/"
    assert _as(world.cast.theo).post(own, {"words": "Let me say it."}).status_code == 302
    assert opening.facts_of(Proposal.objects.get())["answer"] == "Let me say it."
    assert _as(world.cast.mina).get(address).status_code == 404


def test_it_is_exported_and_erased(world: World, group: Group) -> None:
    row = _put(world, group)
    assert exporting.part(world.cast.theo)["left_out"][0]["reason"] == REASON
    assert exporting.part(world.nia)["leaving_out_i_put"][0]["reason"] == REASON
    assert "leaving" not in str(exporting.part(world.cast.mina)["left_out"])
    erasing.part(world.cast.theo, NOW)
    assert not LeftOut.objects.filter(pk=row.pk).exists() and not Proposal.objects.exists()


def test_nobody_proposes_it_by_the_form_of_other_proposals(world: World, group: Group) -> None:
    for kind in (ProposalKind.AWAY, ProposalKind.AWAY_AGAIN):
        with pytest.raises(Refused):
            services.propose(actor=world.cast.mina, group=group, kind=kind, words="Theo", now=NOW)


def test_nothing_of_it_outlives_it_and_it_stands_in_no_minutes(world: World, group: Group) -> None:
    row = _decided(world, group)
    shown = queries.proposals_of(group)
    assert len(shown) == 1 and queries.motions_of(shown) == []
    services.ask_to_look_again(actor=world.cast.theo, row=row, words="Please.", now=OVER)
    assert Proposal.objects.get().kind == ProposalKind.AWAY_AGAIN
    services.end_leaving_out(now=row.until_at or OVER)
    assert not Proposal.objects.exists()
