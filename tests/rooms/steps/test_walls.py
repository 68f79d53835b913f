"""What the database itself refuses, whatever the code above it forgets."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from companionway.people.models import Organisation, Person, Programme
from companionway.safety.models import Block, KeptApart
from companionway.safety.queries import pair_key
from companionway.steps.models import Book, Company
from tests.cast import NOW, make_person
from tests.rooms.steps.conftest import AT, LASTS, Ladder, agreed, ask, make_hold, make_meeting, make_series


def row(ladder: Ladder, **also: Any) -> dict[str, Any]:
    return {
        "programme": ladder.cast.programme, "member": ladder.cast.mina, "companion": ladder.cast.theo,
        "relationship": ladder.walk, "sealed": b"x", "starts_at": AT, "until": AT + LASTS, "minutes": 120,
        "asked_at": NOW, **also,
    }  # fmt: skip


def refused(deed: Any, says: str | None = None) -> None:
    with pytest.raises((DatabaseError, IntegrityError), match=says), transaction.atomic():
        deed()


def made(ladder: Ladder, says: str | None = None, **also: Any) -> None:
    refused(lambda: Company.objects.create(**row(ladder, **also)), says)


def test_a_good_row_is_taken(ladder: Ladder) -> None:
    Company.objects.create(**row(ladder))
    Company.objects.create(**row(ladder, relationship=None, hold=ladder.hold, companion=ladder.cast.ruth))


def test_one_book_each(ladder: Ladder) -> None:
    refused(lambda: Book.objects.create(person=ladder.cast.mina, sealed=b"x"))


def test_two_people_one_ground_an_end_and_a_meeting_to_tell_of(ladder: Ladder) -> None:
    made(ladder, relationship=None)
    made(ladder, hold=ladder.hold)
    made(ladder, until=AT)
    made(ladder, tells_holders=True)
    made(ladder, state="over")
    made(ladder, over_at=NOW)
    made(ladder, state="later")
    made(ladder, other_at=AT)


def test_only_on_a_true_ground(ladder: Ladder) -> None:
    says = "own supporter"
    made(ladder, says, companion=ladder.cast.ruth)
    made(ladder, says, member=ladder.cast.theo, companion=ladder.cast.mina)
    made(ladder, says, relationship=None, hold=ladder.hold)
    made(ladder, says, programme=ladder.cast.other_programme)
    elsewhere = make_hold(make_series(ladder.cast.other_programme), ladder.cast.theo)
    made(ladder, says, relationship=None, hold=elsewhere)
    made(ladder, says, meeting=make_meeting(make_series(ladder.cast.other_programme)))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("kind", ["block", "pair"])
def test_never_for_two_who_are_kept_apart(ladder: Ladder, kind: str, turned: bool) -> None:
    asked, two = ask(ladder), [ladder.cast.mina, ladder.cast.theo]
    if kind == "block":
        Block.objects.create(blocker=two[turned], blocked=two[not turned], blocked_at=NOW)
    else:
        one, other = pair_key(two[0].pk, two[1].pk)
        KeptApart.objects.create(one_id=one, other_id=other, programme=ladder.cast.programme, began_at=NOW)
    made(ladder, "kept apart")
    refused(lambda: Company.objects.filter(pk=asked.pk).update(state="yes"), "kept apart")
    Company.objects.filter(pk=asked.pk).update(state="over", over_at=NOW)


def test_never_where_no_agreement_is_written_down(ladder: Ladder) -> None:
    Programme.objects.filter(pk=ladder.cast.programme.pk).update(keeps_agreements=False)
    made(ladder, "no agreements are written down")


@pytest.mark.parametrize("changed", [{"sealed": b"more"}, {"tells_holders": True}])
def test_what_was_agreed_is_what_is_shared(ladder: Ladder, changed: dict[str, Any]) -> None:
    kept = agreed(ladder, meeting=ladder.meeting)
    refused(lambda: Company.objects.filter(pk=kept.pk).update(**changed), "exactly what is shared")


def test_never_across_organisations(ladder: Ladder) -> None:
    there = Organisation.objects.create(name="Elsewhere", short_name="Elsewhere", host="else.example.org")
    stranger = make_person("Stranger", organisation=there)
    made(ladder, "different organisations|own supporter", companion=stranger)
    made(ladder, "different organisations|own supporter", member=stranger)


def test_no_private_words_between_adults_and_young_people(ladder: Ladder) -> None:
    Programme.objects.filter(pk=ladder.cast.programme.pk).update(keeps_adults_apart=True)
    kept = Company.objects.create(**row(ladder))
    Person.objects.filter(pk=ladder.cast.mina.pk).update(age_band="young")
    made(ladder, "no private words")
    refused(lambda: Company.objects.filter(pk=kept.pk).update(state="yes"), "no private words")
    Programme.objects.filter(pk=ladder.cast.programme.pk).update(keeps_adults_apart=False)
    Company.objects.create(**row(ladder))
