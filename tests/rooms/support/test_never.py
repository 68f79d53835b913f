"""What each shipped practice model says is never kept cannot be written, whoever writes it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from companionway.people.models import Programme
from companionway.people.practice_models import shipped_policies
from companionway.support import services
from companionway.support.models import (
    Agreement,
    CheckIn,
    NoteLook,
    NoteVoice,
    Relationship,
    SharedNote,
)
from tests.cast import NOW, Cast
from tests.rooms.support.conftest import CHARITY, MODELS, Begin, programme_of


def insert(model: type, **values: object) -> None:
    """A row by plain SQL, as a script or another program would write it."""
    columns = ", ".join(values)
    marks = ", ".join(["%s"] * len(values))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"insert into {model._meta.db_table} ({columns}) values ({marks})", list(values.values())
        )


def is_refused(model: type, **values: object) -> bool:
    try:
        insert(model, **values)
    except DatabaseError as refusal:
        assert "never keeps" in str(refusal)
        return True
    return False


@pytest.fixture(params=MODELS)
def model(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def walk(model: str, cast: Cast, begin: Begin) -> Relationship:
    return begin(programme_of(cast, model))


def test_notes(model: str, walk: Relationship) -> None:
    never = not shipped_policies()[model].notes
    who, both = walk.member_id, {"relationship_id": walk.pk}
    note = {"public_id": "n", "begun_by_id": who, "begun_at": NOW, **both}
    assert is_refused(SharedNote, **note) is never
    look = {"reader_id": who, "reason_key": "safety", "sealed_words": b"x", "looked_at": NOW, **both}
    assert is_refused(NoteLook, **look) is never
    assert SharedNote.objects.exists() is not never


def test_a_voice_on_a_page_from_elsewhere(cast: Cast, begin: Begin) -> None:
    """Even a page that got in before the programme stopped keeping notes takes no further voice."""
    walk = begin(programme_of(cast, CHARITY))
    page = services.write_note(actor=cast.mina, relationship=walk, words="Kept", now=NOW)
    Programme.objects.filter(pk=walk.programme_id).update(keeps_notes=False)
    voice = {"note_id": page.pk, "author_id": cast.mina.pk, "number": 2, "sealed": b"x", "written_at": NOW}
    assert is_refused(NoteVoice, **voice)


def test_agreements(model: str, walk: Relationship) -> None:
    never = not shipped_policies()[model].agreements
    row = {
        "relationship_id": walk.pk, "number": 1, "drafted_by_id": walk.member_id,
        "sealed": b"x", "drafted_at": NOW,
    }  # fmt: skip
    assert is_refused(Agreement, **row) is never


def test_agreements_where_a_fork_never_keeps_them(cast: Cast, begin: Begin) -> None:
    walk = begin(cast.programme)
    Programme.objects.filter(pk=cast.programme.pk).update(keeps_agreements=False)
    row = {
        "relationship_id": walk.pk, "number": 1, "drafted_by_id": walk.member_id,
        "sealed": b"x", "drafted_at": NOW,
    }  # fmt: skip
    assert is_refused(Agreement, **row)


@pytest.mark.parametrize(("column", "value"), [("ending_kind", "done"), ("ended_by_id", None)])
def test_ending_reasons(model: str, walk: Relationship, column: str, value: str | None) -> None:
    never = not shipped_policies()[model].ending_reasons
    value = value or str(walk.member_id)
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(
                    f"update support_relationship set {column} = %s where id = %s", [value, walk.pk]
                )
        except DatabaseError as refusal:
            assert never and "never keeps" in str(refusal)
        else:
            assert not never


def test_attendance(model: str, walk: Relationship) -> None:
    never = not shipped_policies()[model].attendance
    services.say_we_met(actor=walk.member, relationship=walk, met_on=date(2026, 11, 20), now=NOW)
    walk.refresh_from_db()
    assert (walk.first_met_on is None) is never
    try:
        with transaction.atomic():
            Relationship.objects.filter(pk=walk.pk).update(first_met_on=date(2026, 11, 20))
    except DatabaseError:
        assert never
    else:
        assert not never


def test_how_it_went(model: str, walk: Relationship) -> None:
    never = not shipped_policies()[model].outcomes
    row = {"relationship_id": walk.pk, "person_id": walk.member_id, "asked_at": NOW, "sealed_answer": b"x"}
    assert is_refused(CheckIn, **row) is never


def test_two_different_people(cast: Cast, begin: Begin) -> None:
    walk = begin(cast.programme)
    with pytest.raises(DatabaseError), transaction.atomic():
        Relationship.objects.filter(pk=walk.pk).update(supporter=cast.mina)


def test_one_open_walk_of_a_pair_whoever_is_the_member(cast: Cast, begin: Begin) -> None:
    begin(cast.programme)
    with pytest.raises(DatabaseError), transaction.atomic():
        Relationship.objects.create(
            programme=cast.programme, member=cast.theo, supporter=cast.mina, began_at=NOW
        )
    Relationship.objects.create(
        programme=cast.other_programme, member=cast.theo, supporter=cast.mina, began_at=NOW
    )


def test_ended_has_a_date_and_open_has_none(cast: Cast, begin: Begin) -> None:
    walk = begin(cast.programme)
    for wrong in ({"state": "ended"}, {"ended_at": NOW}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Relationship.objects.filter(pk=walk.pk).update(**wrong)
