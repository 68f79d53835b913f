"""The one thing that crosses between organisations: questions of practice, and nothing of anybody supported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from companionway.conversations import services as conversations
from companionway.conversations.models import Conversation
from companionway.foundation import parts
from companionway.foundation.models import DataKey, Record
from companionway.foundation.policy import Refused
from companionway.people import roles
from companionway.people.models import Organisation, Person, Programme
from companionway.supervision import policy, queries, services
from companionway.supervision.models import Circle, CirclePerson, CircleWords
from companionway.support import services as support
from companionway.support.models import Relationship
from tests.cast import NOW, Cast, enters, give, make_person

MEMBER_WORDS = "The heron under the third bridge is called Bernard"


@dataclass(frozen=True)
class Across:
    cast: Cast
    wilma: Person
    circle: Circle
    walk: Relationship


@pytest.fixture
def across(cast: Cast) -> Across:
    """Theo here and Wilma elsewhere sit in one circle; Theo walks with Mina, who wrote to him."""
    walk = support.begin(
        actor=cast.theo, programme=cast.programme, member=cast.mina, supporter=cast.theo, reasons=[], now=NOW
    )
    talk = Conversation.objects.get(pk=walk.conversation_id)
    conversations.send_message(actor=cast.mina, conversation=talk, text=MEMBER_WORDS, now=NOW)
    elsewhere = Organisation.objects.create(name="Thistledown", short_name="Thistledown", host="localhost")
    programme = Programme.objects.create(
        organisation=elsewhere, name="Canal walks", practice_model="one_to_one_charity", created_at=NOW,
        coordinator_sees=True,
    )  # fmt: skip
    wilma = make_person("Wilma Thistle", organisation=elsewhere)
    give(wilma, roles.SUPPORTER, programme)
    circle = services.open_circle(actor=cast.theo, name="Quiet otters", called="Kestrel", now=NOW)
    way_in = queries.circle_shown(circle, cast.theo).way_in
    services.join_circle(actor=wilma, way_in=f" {way_in.upper()} ", called="Plum", now=NOW)
    return Across(cast, wilma, circle, walk)


def test_two_organisations_think_together(across: Across) -> None:
    asked = services.ask_circle(
        actor=across.cast.theo, circle=across.circle, words="How do you end a long walk well?", now=NOW
    )
    services.answer_in_circle(actor=across.wilma, question=asked, words="Slowly, and with a letter.", now=NOW)
    shown = queries.circle_shown(across.circle, across.wilma)
    assert shown.people == ["Kestrel", "Plum"]
    (question,) = shown.questions
    assert (question.said.text, question.said.called) == ("How do you end a long walk well?", "Kestrel")
    assert [(each.text, each.called, each.is_mine) for each in question.answers] == [
        ("Slowly, and with a letter.", "Plum", True)
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("What would you do when Mina cries?", "name"),
        ("what would you do when m.i.n.a cries?", "name"),
        ("I met MÍNA'S sister", "name"),
        ("Look at /with/abc/ for it", "link"),
        ("Ring me on 07700 900 123", "number"),
        (f"She said: {MEMBER_WORDS.lower()}!", "own words"),
        ("the heron... under the third bridge, is called something", "own words"),
    ],
)
def test_a_member_does_not_cross(across: Across, words: str, why: str) -> None:
    theo, circle = across.cast.theo, across.circle
    asked = services.ask_circle(actor=across.wilma, circle=circle, words="What do you do at night?", now=NOW)
    for deed in (
        lambda: services.ask_circle(actor=theo, circle=circle, words=words, now=NOW),
        lambda: services.answer_in_circle(actor=theo, question=asked, words=words, now=NOW),
        lambda: services.open_circle(actor=theo, name=words[:60], called="Kestrel", now=NOW),
        lambda: services.open_circle(actor=theo, name="Otters", called=words[:60], now=NOW),
    ):
        with pytest.raises(Refused):
            deed()
    with pytest.raises(Refused, match=why):
        services.ask_circle(actor=theo, circle=circle, words=words, now=NOW)
    assert CircleWords.objects.count() == 1


def test_an_ended_walk_is_remembered_by_the_check(across: Across) -> None:
    support.end_relationship(actor=across.cast.mina, relationship=across.walk, now=NOW)
    with pytest.raises(Refused, match="name"):
        services.ask_circle(actor=across.cast.theo, circle=across.circle, words="Mina left.", now=NOW)


def test_nobody_else_sits_there_whatever_their_role(across: Across) -> None:
    cast = across.cast
    for person in (cast.cora, cast.adil, cast.ruth, cast.mina, cast.sam_the_stranger):
        assert not policy.circles_visible_to(person).exists()
        assert not policy.circle_words_visible_to(person).exists()
        with pytest.raises(Refused):
            services.ask_circle(actor=person, circle=across.circle, words="Hello", now=NOW)
    for person in (cast.mina, cast.cora, cast.adil):
        with pytest.raises(Refused):
            services.open_circle(actor=person, name="A circle", called="Me", now=NOW)
    with pytest.raises(Refused, match="open nothing"):
        services.join_circle(actor=cast.ruth, way_in="0000-0000-0000-0000", called="Me", now=NOW)


def test_whoever_lost_the_role_or_left_sits_there_no_more(across: Across) -> None:
    services.leave_circle(actor=across.wilma, circle=across.circle, now=NOW)
    assert not policy.circles_visible_to(across.wilma).exists()
    across.cast.theo.roles_held.update(until_at=NOW)
    assert not policy.circles_visible_to(Person.objects.get(pk=across.cast.theo.pk)).exists()


def test_no_row_of_a_circle_leads_to_a_walk_or_a_programme() -> None:
    """By design there is no place for it: only the seat names a person, and nothing names anything of theirs."""
    reached = {
        model.__name__: {field.related_model.__name__ for field in model._meta.fields if field.is_relation}
        for model in (Circle, CirclePerson, CircleWords)
    }
    assert reached == {
        "Circle": set(),
        "CirclePerson": {"Circle", "Person"},
        "CircleWords": {"Circle", "CirclePerson", "CircleWords"},
    }
    columns = {field.name for model in (Circle, CirclePerson, CircleWords) for field in model._meta.fields}
    assert not {each for each in columns if "file" in each or "subject" in each or "about" in each}


def test_the_words_need_the_keys_of_the_circle_and_of_the_writer(across: Across) -> None:
    services.ask_circle(actor=across.cast.theo, circle=across.circle, words="What about rest?", now=NOW)
    for table in ("circle", "circleperson", "circlewords"):
        with connection.cursor() as cursor:
            cursor.execute(f"select * from supervision_{table}")
            assert "rest" not in str(cursor.fetchall())
    parts.erase(across.cast.theo, NOW)
    assert not CircleWords.objects.exists()
    assert queries.circle_shown(across.circle, across.wilma).people == ["Plum"]


def test_with_the_last_person_the_circle_is_gone(across: Across) -> None:
    for person in (across.cast.theo, across.wilma):
        services.leave_circle(actor=person, circle=across.circle, now=NOW)
    assert DataKey.objects.get(kind="circle", owner_id=across.circle.pk).wrapped is None


def test_ones_words_are_ones_own_to_take_back(across: Across) -> None:
    asked = services.ask_circle(actor=across.cast.theo, circle=across.circle, words="Why tea?", now=NOW)
    with pytest.raises(Refused):
        services.take_words_back(actor=across.wilma, words=asked, now=NOW)
    services.take_words_back(actor=across.cast.theo, words=asked, now=NOW)
    assert not CircleWords.objects.exists()


def test_the_record_of_a_circle_has_no_words_and_no_organisation(across: Across) -> None:
    services.ask_circle(actor=across.cast.theo, circle=across.circle, words="Otters?", now=NOW)
    for record in Record.objects.filter(name__startswith="supervision.circle"):
        assert set(record.payload) <= {"actor_id", "about_id", "subject", "circle_id", "question_id"}


@pytest.fixture
def pages_of(across: Across) -> Callable[[Person], str]:
    """Everything that somebody can read in the pages of circles, in one text."""
    asked = services.ask_circle(
        actor=across.cast.theo, circle=across.circle, words="What do you do with silence?", now=NOW
    )

    def read(person: Person) -> str:
        client = enters(Client(SERVER_NAME=person.organisation.host or "testserver"), person)
        circle = {"public_id": across.circle.public_id}
        pages = [
            reverse("supervision:circles"),
            reverse("supervision:circle", kwargs=circle),
            reverse("supervision:circle_answer", kwargs={**circle, "words_id": asked.public_id}),
            reverse("supervision:circle_open"),
            reverse("supervision:circle_join"),
        ]
        answers = [client.get(page) for page in pages]
        assert [each.status_code for each in answers] == [200] * len(pages)
        return "\n".join(each.content.decode() for each in answers)

    return read


def test_no_word_or_name_of_a_member_and_no_organisation_is_readable_in_a_circle(
    across: Across, pages_of: Callable[[Person], str]
) -> None:
    cast = across.cast
    there, here = pages_of(across.wilma), pages_of(cast.theo)
    assert "What do you do with silence?" in there
    for canary in ("Mina", "Bernard", "Theo", "Harbour Street", "One to one", cast.mina.public_id,
                   across.walk.public_id):  # fmt: skip
        assert canary not in there, canary
    for canary in ("Mina", "Bernard", "Wilma", "Thistle", "Canal walks"):
        assert canary not in here, canary


def test_a_refused_question_comes_back_with_what_was_typed(across: Across, client: Client) -> None:
    client.force_login(across.cast.theo)
    page = reverse("supervision:circle", kwargs={"public_id": across.circle.public_id})
    answer = client.post(page, {"words": "I worry about Mina at night"})
    assert answer.status_code == 200
    assert "I worry about Mina at night" in answer.content.decode()
    assert "without naming anybody" in answer.content.decode()
    assert not CircleWords.objects.exists()


def test_circles_have_tables_of_their_own() -> None:
    names = {model.__name__ for model in apps.get_app_config("supervision").get_models()}
    assert {"Circle", "CirclePerson", "CircleWords"} <= names


def test_nobody_under_age_sits_in_a_circle(across: Across) -> None:
    """Adults of other organisations write there, and nobody reads it first."""
    young, way_in = across.cast.ruth, queries.circle_shown(across.circle, across.cast.theo).way_in
    Person.objects.filter(pk=young.pk).update(age_band="young")
    young = Person.objects.get(pk=young.pk)
    with pytest.raises(Refused, match="adults"):
        services.join_circle(actor=young, way_in=way_in, called="Wren", now=NOW)
    with pytest.raises(Refused, match="adults"):
        services.open_circle(actor=young, name="Small otters", called="Wren", now=NOW)
    Person.objects.filter(pk=young.pk).update(age_band="adult")
    assert (
        services.join_circle(actor=Person.objects.get(pk=young.pk), way_in=way_in, called="Wren", now=NOW)
        == across.circle
    )
