"""Downloading, deleting everything, and how long an agreement is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.foundation import parts, retention
from companionway.foundation.sealing import PERSON, KeyDestroyed, key_of
from companionway.people import services as people
from companionway.steps import queries, services
from companionway.steps.models import Book, Company
from tests.cast import NOW
from tests.rooms.steps.conftest import DID, MET, NOTICED, PLACE, STEP, WORDS, Ladder, ask, told


def test_everything_of_ones_own_is_downloaded(ladder: Ladder) -> None:
    services.change_step(
        actor=ladder.cast.mina,
        key=ladder.key,
        words=STEP,
        place=PLACE,
        series=ladder.series.public_id,
        now=NOW,
    )
    told(ladder)
    said = parts.export_of(ladder.cast.mina)["steps"]
    first, second = said["ladder"]
    assert (first["step"], second["step"], second["place"]) == ("Put shoes on", STEP, PLACE)
    assert second["meeting"] == "Evening together"
    assert second["tries"] == [
        {"on": "2026-11-21", "before": "7", "did": DID, "after": "4", "noticed": NOTICED}
    ]
    assert said["outside"] == [{"on": "2026-11-21", "kind": "A neighbour", "words": MET, "felt": "warm"}]
    (mine,) = said["alongside"]
    assert (mine["with"], mine["i_asked"], mine["words"]) == ("Theo", True, WORDS)
    (his,) = parts.export_of(ladder.cast.theo)["steps"]["alongside"]
    assert (his["with"], his["i_asked"]) == ("Mina", False) and "words" not in his


def test_deleting_everything_takes_the_book_and_the_agreements(ladder: Ladder) -> None:
    told(ladder)
    kept = bytes(Book.objects.get().sealed)
    people.delete_everything(actor=ladder.cast.mina, now=NOW)
    assert not Book.objects.exists() and not Company.objects.exists()
    assert queries.agreed_for(ladder.cast.ruth, NOW) == []
    # A backup that still has the row says nothing either.
    Book.objects.create(person=ladder.cast.mina, sealed=kept)
    assert queries.own_book(ladder.cast.mina).is_empty
    with pytest.raises(KeyDestroyed):
        key_of(PERSON, ladder.cast.mina.pk)


def test_the_companion_leaves(ladder: Ladder) -> None:
    told(ladder)
    people.delete_everything(actor=ladder.cast.theo, now=NOW)
    assert not Company.objects.exists()
    assert queries.company_of_step(ladder.cast.mina, "gone", NOW) is None
    assert len(queries.own_book(ladder.cast.mina).steps) == 2


def test_what_is_over_goes_after_a_week(ladder: Ladder) -> None:
    over, waiting = ask(ladder), ask(ladder, starts_at=NOW + timedelta(days=20))
    services.stop_company(actor=ladder.cast.mina, company=over, now=NOW)
    clock = next(each for each in retention.clocks() if each.key == "company_alongside")
    clock.run(NOW - timedelta(hours=1), NOW)
    assert Company.objects.count() == 2
    clock.run(NOW + timedelta(hours=1), NOW)
    assert Company.objects.get() == waiting
    clock.run(waiting.until + timedelta(minutes=1), NOW)
    assert not Company.objects.exists()


def test_the_proof_of_deleting_counts_no_steps(ladder: Ladder) -> None:
    assert not set(parts.erase(ladder.cast.mina, NOW)) & {"steps", "books", "tries", "outside", "alongside"}
