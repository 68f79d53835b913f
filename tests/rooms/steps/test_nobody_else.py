"""Nobody else: for random people and roles, no question of this room gives away another person's book or words."""

from __future__ import annotations

import ast
import inspect
import json
import random
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import companionway
from companionway.foundation import parts
from companionway.foundation.models import Record
from companionway.people import roles
from companionway.people.models import Person
from companionway.safety import queries as safety
from companionway.steps import policy, queries, services
from companionway.steps.models import Book
from tests.cast import NOW, enters, give, make_person
from tests.rooms.steps.conftest import CALLED, SECRET, WORDS, Ladder, make_hold, told

OF_THE_BOOK = tuple(each for each in SECRET if each not in (WORDS, CALLED))
EVERY_ROLE = sorted(roles.GRANTS)


def everybody(ladder: Ladder) -> list[Person]:
    """The cast, and people with random roles; some hold Mina's meeting, some have a book of their own."""
    chance = random.Random(53)
    cast = ladder.cast
    found = [cast.theo, cast.ruth, cast.cora, cast.adil, cast.sam_the_stranger]
    for number in range(12):
        person = make_person(f"Random {number}")
        for role in chance.sample(EVERY_ROLE, chance.randint(0, 4)):
            give(person, role, chance.choice([cast.programme, cast.programme, cast.other_programme, None]))
        if chance.random() < 0.4:
            make_hold(ladder.series, person)
        if chance.random() < 0.5:
            services.add_steps(actor=person, words=["A step of theirs"], now=NOW)
        found.append(person)
    for role in EVERY_ROLE:
        person = make_person(f"All {role}")
        for where in (cast.programme, None):
            give(person, role, where)
        found.append(person)
    return found


def questions(ladder: Ladder, row: Any) -> dict[str, Any]:
    """Every public question of the room, asked by one person, with Mina's own keys wherever one fits."""
    asks = {
        "agreed_for": lambda who: queries.agreed_for(who, NOW),
        "asked_of_me": lambda who: queries.asked_of_me(who, NOW),
        "before_going": lambda who: queries.before_going(who, ladder.series.public_id, NOW),
        "company_of_step": lambda who: queries.company_of_step(who, row.public_id, NOW),
        "company_shown": lambda who: queries.company_shown(who, row.public_id, NOW),
        "links_of": lambda who: queries.links_of(who, []),
        "mine_now": lambda who: queries.mine_now(who, NOW),
        "months_outside": lambda who: queries.months_outside(queries.own_book(who).outside, NOW.date()),
        "needing_less": lambda who: queries.needing_less(who, queries.own_book(who).outside, NOW),
        "open_now": lambda who: queries.open_now(who, NOW),
        "own_book": queries.own_book,
        "people_to_ask": lambda who: [each.person.name for each in queries.people_to_ask(who, NOW)],
        "series_to_choose": lambda who: queries.series_to_choose(who, NOW),
    }
    # Data for everybody, and a question about rows that somebody was already given.
    of_nobody = {"examples", "words_of"}
    named = {name for name in queries.__all__ if inspect.isfunction(getattr(queries, name))}
    assert named == asks.keys() | of_nobody, "a new question is asked here as well"
    return asks


def test_no_question_returns_anything_of_anothers_book(ladder: Ladder) -> None:
    row = told(ladder)
    asks = questions(ladder, row)
    for who in everybody(ladder):
        assert not policy.visible_to(who).exclude(person=who).exists()
        for name, ask in asks.items():
            said = repr(ask(who))
            for secret in OF_THE_BOOK:
                assert secret not in said, f"{name} tells {who.name} of another person's book"
            may_know = who == ladder.cast.theo or (
                name == "agreed_for" and ladder.series.holders.filter(person=who, holds_frame=True).exists()
            )
            if not may_know:
                assert WORDS not in said and CALLED not in said, f"{name} tells {who.name} the agreed words"


def test_may_view_is_what_is_visible(ladder: Ladder) -> None:
    people = [ladder.cast.mina, *everybody(ladder)]
    for book in Book.objects.all():
        for who in people:
            seen = policy.visible_to(who).filter(pk=book.pk).exists()
            assert bool(policy.may_view(who, book)) == seen == (book.person_id == who.pk)


def test_nobody_else_downloads_a_word(ladder: Ladder) -> None:
    told(ladder)
    for who in everybody(ladder):
        said = json.dumps(parts.export_of(who), ensure_ascii=False, default=str)
        for secret in SECRET:
            assert secret not in said, who.name


def test_no_page_of_the_room_shows_it_to_anybody_else(ladder: Ladder, client: Client) -> None:
    row = told(ladder)
    own = {"key": ladder.key, "entry": "trytry01"}
    for who in everybody(ladder):
        enters(client, who)
        for name in ("ladder", "paper", "outside", "alongside", "add", "pick", "add_contact"):
            page = client.get(reverse(f"steps:{name}"))
            assert page.status_code == 200
            for secret in OF_THE_BOOK:
                assert secret not in page.content.decode(), (name, who.name)
        for name in ("step", "change", "smaller", "ask", "try"):
            assert client.get(reverse(f"steps:{name}", args=[ladder.key])).status_code == 404
        assert client.get(reverse("steps:change_try", kwargs=own)).status_code == 404
        assert client.get(reverse("steps:contact", args=["metmet01"])).status_code == 404
        if who != ladder.cast.theo:
            assert client.get(reverse("steps:company", args=[row.public_id])).status_code == 404


@pytest.mark.parametrize("name", ["insight:fairness", "support:oversee", "safety:reports", "people:admin"])
def test_the_pages_of_the_team_say_nothing_of_it(ladder: Ladder, client: Client, name: str) -> None:
    told(ladder)
    for who in (ladder.cast.cora, ladder.cast.adil):
        page = enters(client, who).get(reverse(name)).content.decode()
        assert not [secret for secret in SECRET if secret in page]


def test_the_record_says_nothing_of_a_book_and_no_word_of_an_agreement(ladder: Ladder) -> None:
    told(ladder)
    kept = json.dumps(
        list(Record.objects.values("name", "subject", "payload")), ensure_ascii=False, default=str
    )
    assert not [secret for secret in (*SECRET, ladder.key, "book", "ladder") if secret in kept]


def test_no_other_room_reaches_for_it_and_nothing_counts_it() -> None:
    """By its source: the models are used inside the room only, and nothing there counts, sums or groups books."""
    house = Path(companionway.__file__).parent
    for path in house.rglob("*.py"):
        text, inside = path.read_text(encoding="utf-8"), path.relative_to(house).parts[0] == "steps"
        if not inside:
            assert "steps.models" not in text and "steps_book" not in text, path
        elif "migrations" not in path.parts:
            called = {
                each.func.attr
                for each in ast.walk(ast.parse(text))
                if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute)
            }
            assert not called & {"aggregate", "annotate", "count"}, path


def test_words_are_reported_by_either_and_by_nobody_else(ladder: Ladder) -> None:
    row = told(ladder)
    subject = f"company:{row.public_id}"
    for who, about in ((ladder.cast.theo, ladder.cast.mina), (ladder.cast.mina, ladder.cast.theo)):
        thing = safety.reportable(who, subject)
        assert thing is not None and (thing.text, thing.about) == (WORDS, about)
    for who in everybody(ladder)[1:]:
        assert safety.reportable(who, subject) is None
    assert safety.reportable(ladder.cast.theo, "company:notthere1234") is None
    services.stop_company(actor=ladder.cast.mina, company=row, now=NOW)
    assert safety.reportable(ladder.cast.theo, subject) is not None, "also after it was stopped"
