"""Minutes: who writes them, what they take over, who signs, what stays, and how they are corrected."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.association import policy, queries, services
from companionway.association.models import Chosen, Decided, Minutes, Signature, Version
from companionway.association.states import State
from companionway.foundation.models import Record
from companionway.foundation.parts import erase, export_of
from companionway.foundation.policy import Refused
from companionway.groups import services as groups
from companionway.groups.models import Proposal
from companionway.people import services as people
from tests.cast import NOW
from tests.rooms.association.conftest import AFTER, HELD, WEEK, WORDS, House, draft, motion, sign


def paper(house: House, minutes: Minutes, actor=None) -> queries.Paper:  # type: ignore[no-untyped-def]
    reader = actor or house.nia
    version, rules = queries.newest_of(reader, minutes), policy.rules_of(minutes.group)
    assert version is not None and rules is not None
    return queries.paper_of(reader, version, rules)


def test_what_was_decided_and_who_was_chosen_is_taken_over_not_typed(house: House) -> None:
    motion(house, "We buy three more lamps.")
    motion(house, "We meet in the dark.", yes=1, no=3)
    shown = paper(house, draft(house))
    assert [(each.words, each.passed, each.votes) for each in shown.decisions] == [
        ("We buy three more lamps.", True, (3, 1, 0)),
        ("We meet in the dark.", False, (1, 3, 0)),
    ]
    assert {(each.name, each.office) for each in shown.chosen} == {
        ("Nia", "Secretary, writes the minutes"),
        ("Theo", "Chair"),
    }
    assert shown.words["reports"] == WORDS
    assert (shown.version.present, shown.version.members, shown.version.needed) == (4, 5, 1)


def test_numbers_of_a_small_vote_are_not_in_the_minutes_either(house: House) -> None:
    motion(house, "Tea first.", yes=2, no=0)
    [only] = paper(house, draft(house)).decisions
    assert only.passed and only.votes is None


def test_each_meeting_has_what_was_decided_since_the_last(house: House) -> None:
    motion(house, "First.")
    first = sign(house, draft(house))
    motion(house, "Second.", at=AFTER)
    later = AFTER + WEEK
    second = draft(house, held_on=later.date(), now=later)
    assert [each.words for each in paper(house, first).decisions] == ["First."]
    shown = paper(house, second)
    assert [each.words for each in shown.decisions] == ["Second."]
    assert shown.chosen == []


def test_only_the_secretary_writes(house: House) -> None:
    cast = house.cast
    for other in (cast.theo, cast.mina, cast.cora, cast.sam_the_stranger):
        with pytest.raises(Refused):
            services.begin_minutes(actor=other, group=house.group, held_on=HELD, now=AFTER)
    made = draft(house)
    for other in (cast.theo, cast.mina, cast.cora):
        with pytest.raises(Refused):
            services.write_minutes(
                actor=other, minutes=made, said=services.Said(other="Mine"), after=2, now=AFTER
            )


def test_no_minutes_of_a_day_to_come_nor_twice_of_one_day(house: House) -> None:
    with pytest.raises(Refused, match="on which the meeting was held"):
        services.begin_minutes(
            actor=house.nia, group=house.group, held_on=HELD + timedelta(days=1), now=AFTER
        )
    draft(house)
    with pytest.raises(Refused, match="already"):
        services.begin_minutes(actor=house.nia, group=house.group, held_on=HELD, now=AFTER)


def test_who_saw_an_older_draft_overwrites_nothing(house: House) -> None:
    made = draft(house)
    with pytest.raises(services.OutOfDate):
        services.write_minutes(
            actor=house.nia, minutes=made, said=services.Said(reports="Old"), after=1, now=AFTER
        )
    assert paper(house, made).words["reports"] == WORDS
    # The same sent twice is kept once.
    again = services.Said(reports=WORDS, present=4)
    kept = services.write_minutes(actor=house.nia, minutes=made, said=again, after=1, now=AFTER)
    assert kept.edition == 2


def test_members_read_what_two_have_signed_and_no_draft(house: House) -> None:
    made, cast = draft(house), house.cast
    assert policy.may_view(house.nia, made) and policy.may_view(cast.theo, made)
    for other in (cast.mina, cast.cora, cast.adil, cast.sam_the_stranger):
        assert not policy.may_view(other, made)
    version = services.ask_to_sign(actor=house.nia, minutes=made, now=AFTER)
    services.sign_minutes(actor=house.nia, minutes=made, edition=version.edition, now=AFTER)
    assert not policy.may_view(cast.mina, made)
    done = services.sign_minutes(actor=cast.theo, minutes=made, edition=version.edition, now=AFTER)
    assert done.state == State.SIGNED
    for member in house.members:
        assert policy.may_view(member, made)
    for other in (cast.cora, cast.adil, cast.sam_the_stranger):
        assert not policy.may_view(other, made)


def test_what_waits_to_be_signed_is_not_written_and_taking_back_asks_anew(house: House) -> None:
    made = draft(house)
    version = services.ask_to_sign(actor=house.nia, minutes=made, now=AFTER)
    services.sign_minutes(actor=house.cast.theo, minutes=made, edition=version.edition, now=AFTER)
    with pytest.raises(Refused, match="already"):
        services.sign_minutes(actor=house.cast.theo, minutes=made, edition=version.edition, now=AFTER)
    with pytest.raises(Refused, match="not changed now"):
        services.write_minutes(
            actor=house.nia, minutes=made, said=services.Said(other="x"), after=version.edition, now=AFTER
        )
    back = services.take_back(actor=house.nia, minutes=made, now=AFTER)
    assert (back.state, back.signatures.count()) == (State.DRAFT, 0)
    again = services.ask_to_sign(actor=house.nia, minutes=made, now=AFTER)
    with pytest.raises(Refused, match="read it once more"):
        services.sign_minutes(actor=house.cast.theo, minutes=made, edition=version.edition, now=AFTER)
    assert again.signatures.filter(signed_at=None).count() == 2


def test_without_a_chair_two_members_whom_the_meeting_chose_sign(house: House) -> None:
    cast, made = house.cast, draft(house)
    groups.step_down(actor=cast.theo, group=house.group, person=cast.theo, role="chair", now=AFTER)
    with pytest.raises(Refused, match="choose two members"):
        services.ask_to_sign(actor=house.nia, minutes=made, now=AFTER)
    with pytest.raises(Refused, match="two different"):
        services.ask_to_sign(actor=house.nia, minutes=made, members=[cast.mina.pk] * 2, now=AFTER)
    with pytest.raises(Refused, match="two different"):
        services.ask_to_sign(
            actor=house.nia, minutes=made, members=[cast.mina.pk, cast.sam_the_stranger.pk], now=AFTER
        )
    two = [cast.mina.pk, cast.ruth.pk]
    version = services.ask_to_sign(actor=house.nia, minutes=made, members=two, now=AFTER)
    with pytest.raises(Refused, match="Two others"):
        services.sign_minutes(actor=house.nia, minutes=made, edition=version.edition, now=AFTER)
    for person in (cast.mina, cast.ruth):
        services.sign_minutes(actor=person, minutes=made, edition=version.edition, now=AFTER)
    assert [each.role for each in paper(house, made).signatures] == ["", ""]
    assert policy.may_view(house.ada, made)


def test_a_correction_waits_for_a_decision_of_a_later_meeting(house: House, signed: Minutes) -> None:
    earlier = Proposal.objects.get(pk=Decided.objects.get(minutes=signed).proposal).public_id
    with pytest.raises(Refused, match="approved the correction"):
        services.correct_minutes(actor=house.nia, minutes=signed, approved_by=earlier, now=AFTER)
    approved = motion(house, "The minutes say three lamps.", at=AFTER)
    later = AFTER + WEEK
    with pytest.raises(Refused):
        services.correct_minutes(
            actor=house.cast.theo, minutes=signed, approved_by=approved.public_id, now=later
        )
    version = services.correct_minutes(
        actor=house.nia, minutes=signed, approved_by=approved.public_id, now=later
    )
    assert (version.number, queries.words_of(version)["reports"]) == (2, WORDS)
    said = services.Said(reports="Three lamps.", present=4)
    services.write_minutes(actor=house.nia, minutes=signed, said=said, after=1, now=later)
    # Until two have signed it, members read what stands.
    assert paper(house, signed, house.ada).words["reports"] == WORDS
    sign(house, signed, later)
    shown = paper(house, signed, house.ada)
    assert (shown.version.number, shown.words["reports"]) == (2, "Three lamps.")
    assert [each.words for each in shown.decisions] == ["We buy three more lamps."]
    assert queries.words_of(_version(signed, 1))["reports"] == WORDS


def _version(minutes: Minutes, number: int) -> Version:
    return Version.objects.select_related("minutes").get(minutes=minutes, number=number)


def test_a_motion_that_did_not_pass_approves_nothing(house: House, signed: Minutes) -> None:
    lost = motion(house, "Change it.", yes=1, no=3, at=AFTER)
    with pytest.raises(Refused, match="approved the correction"):
        services.correct_minutes(
            actor=house.nia, minutes=signed, approved_by=lost.public_id, now=AFTER + WEEK
        )


def test_a_draft_is_set_aside_and_what_is_signed_stays(house: House, signed: Minutes) -> None:
    with pytest.raises(Refused):
        services.set_draft_aside(actor=house.nia, minutes=signed, now=AFTER)
    later = AFTER + WEEK
    made = draft(house, held_on=later.date(), now=later)
    services.set_draft_aside(actor=house.nia, minutes=made, now=later)
    assert list(Minutes.objects.all()) == [signed]


def test_the_record_tells_no_words(house: House, signed: Minutes) -> None:
    for row in Record.objects.filter(name__startswith="association."):
        told = f"{row.payload} {row.subject}"
        assert "lamp" not in told.casefold() and "Nia" not in told


def test_whoever_leaves_is_named_in_no_minutes(house: House, signed: Minutes) -> None:
    people.delete_everything(actor=house.nia, now=AFTER)
    shown = paper(house, signed, house.ada)
    assert shown.writer == ""
    assert sorted(each.name for each in shown.signatures) == ["", "Theo"]
    assert sorted(each.name for each in shown.chosen) == ["", "Theo"]
    assert shown.words["reports"] == WORDS
    assert not Chosen.objects.filter(person=house.nia).exists()
    assert not Signature.objects.filter(person=house.nia).exists()


def test_what_a_person_takes_along(house: House, signed: Minutes) -> None:
    mine = export_of(house.nia)["association"]
    assert mine["minutes_i_wrote"][0]["words"]["reports"] == WORDS
    assert mine["minutes_i_signed"][0]["version"] == 1
    assert mine["chosen_for"][0]["office"] == "secretary"
    assert mine["register"][0]["votes"] is True
    theirs = export_of(house.cast.mina)["association"]
    assert theirs["minutes_i_wrote"] == theirs["minutes_i_signed"] == []
    assert theirs["register"][0]["group"] == "Members of the lamp"


def test_erasing_says_how_much(house: House, signed: Minutes) -> None:
    assert erase(house.nia, NOW)["offices_and_signatures"] == 2
