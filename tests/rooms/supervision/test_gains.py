"""What supporting gives back: said for oneself, sealed, seen by nobody else, asked at most once in two weeks."""

from __future__ import annotations

import pytest
from django.test import Client

from companionway.foundation import parts
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.foundation.sealing import PERSON, key_of
from companionway.people.models import Person
from companionway.supervision import policy, queries, services
from companionway.supervision.models import OwnGains
from companionway.supervision.states import Gain, HowMuch
from tests.cast import NOW
from tests.rooms.supervision.conftest import Held
from tests.rooms.supervision.talking import fresh, later

SAID = {Gain.COMPETENCE: HowMuch.FULLY, Gain.APPROVAL: HowMuch.NOT}
ADDRESS = "/supervision/weeks/for-me/"


def say(person: Person, day: float = 0) -> OwnGains:
    return services.say_gains(actor=person, answers=SAID, now=later(day))


def test_it_is_ones_own_line_and_a_skipped_one_stays_empty(held: Held) -> None:
    theo = held.cast.theo
    say(theo)
    say(theo, 20)
    newest, first = queries.gains_of(theo)
    assert (newest.said_at, first.said_at) == (later(20), NOW)
    assert newest.answers == ["Fully", "", "", "Not really"]


def test_nobody_else_reads_it_and_it_stands_nowhere_open(held: Held) -> None:
    row = say(held.cast.theo)
    for person in (held.ines, held.cast.cora, held.cast.adil, held.cast.mina):
        assert not policy.gains_visible_to(fresh(person)).exists()
        assert queries.gains_of(fresh(person)) == []
    assert b"competence" not in bytes(row.sealed)
    assert b"competence" in key_of(PERSON, held.cast.theo.pk).open(row.sealed, row.context).encode()
    told = Record.objects.get(name="supervision.gains_said")
    assert not {"competence", "answers"} & set(told.payload)


def test_it_is_offered_at_most_once_in_two_weeks(held: Held) -> None:
    theo = held.cast.theo
    assert queries.marks_of(theo, NOW).may_be_asked(NOW)
    say(theo)
    assert not queries.marks_of(theo, later(13)).may_be_asked(later(13))
    assert queries.marks_of(theo, later(14)).may_be_asked(later(14))


def test_only_who_supports_and_only_with_an_answer(held: Held) -> None:
    with pytest.raises(Refused):
        say(held.cast.mina)
    with pytest.raises(Refused, match="another day"):
        services.say_gains(actor=held.cast.theo, answers={}, now=NOW)


def test_the_page_keeps_it_and_shows_the_line(held: Held, client: Client) -> None:
    client.force_login(held.cast.theo)
    assert "another day" in client.post(ADDRESS, {}).text
    client.post(ADDRESS, {"competence": "3", "knowledge": "0"})
    assert queries.gains_of(held.cast.theo)[0].answers == ["Mostly", "", "Not really", ""]
    assert "<td>Mostly</td>" in client.get(ADDRESS).text
    assert "Four sentences" not in client.get("/supervision/weeks/").text
    client.force_login(held.cast.mina)
    assert client.get(ADDRESS).status_code == 404


def test_it_goes_out_with_the_export_and_away_with_everything(held: Held) -> None:
    theo = held.cast.theo
    say(theo)
    (line,) = parts.export_of(theo)["supervision"]["what_supporting_gives_back"]
    assert "Fully" in line["answers"].values()
    parts.erase(theo, NOW)
    assert not OwnGains.objects.exists()
