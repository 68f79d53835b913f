"""What a tradition says is always so in its groups: no page, no service and no row can undo it, forked or not."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from companionway.foundation.policy import Refused
from companionway.people import group_rules, group_schema, practice_models, queries, services
from companionway.people.models import Programme
from tests.cast import NOW, Cast
from tests.rooms.people.test_group_forks import change, rules_of
from tests.rooms.people.test_practice_models import adopt

HELD = [
    (key, held)
    for key, groups in sorted(practice_models.with_groups().items())
    for held in groups.get("always", ())
]


def otherwise(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return 0
    return "" if isinstance(value, str) else ["adult"]


@pytest.mark.parametrize(("key", "held"), HELD)
def test_what_is_always_so_is_refused_kindly(cast: Cast, key: str, held: str) -> None:
    programme = adopt(cast, key)
    before = practice_models.with_groups()[key][held]
    with pytest.raises(Refused, match="never gives that up"):
        change(cast, programme, **{held: otherwise(before)})
    # Nor by writing into the programme's own copy: the shipped file has the last word.
    groups = {**programme.model_data["groups"], held: otherwise(before), "always": []}
    Programme.objects.filter(pk=programme.pk).update(model_data={**programme.model_data, "groups": groups})
    assert group_rules.data_of(Programme.objects.get(pk=programme.pk))[held] == before
    assert held in rules_of(programme).always


@pytest.mark.parametrize(("key", "held"), [pair for pair in HELD if pair[1] in group_rules.COLUMNS])
def test_the_database_keeps_what_is_always_so(cast: Cast, key: str, held: str) -> None:
    programme, column = adopt(cast, key), group_rules.COLUMNS[held]
    change(cast, programme, agreement=["Our own sentence."])
    kept = getattr(programme, column)
    with pytest.raises(DatabaseError, match="never gives that up|young people meet"), transaction.atomic():
        Programme.objects.filter(pk=programme.pk).update(**{column: kept - 1})
    programme.refresh_from_db()
    assert getattr(programme, column) == kept


def test_every_column_is_kept_for_some_tradition() -> None:
    assert {held for _key, held in HELD if held in group_rules.COLUMNS} == set(group_rules.COLUMNS)


def test_where_minors_may_join_somebody_reads_first(cast: Cast) -> None:
    programme = adopt(cast, "charity_groups", age_bands=["young", "adult"])
    assert programme.reads_first and rules_of(programme).read_first and rules_of(programme).adults_apart
    with pytest.raises(Refused):
        change(cast, programme, read_first=False)
    for column in ("reads_first", "keeps_adults_apart"):
        with pytest.raises(DatabaseError, match="young people meet"), transaction.atomic():
            Programme.objects.filter(pk=programme.pk).update(**{column: False})
    grown = adopt(cast, "charity_groups")
    with pytest.raises(DatabaseError, match="young people meet"), transaction.atomic():
        Programme.objects.filter(pk=grown.pk).update(age_bands=["young"])


def test_what_is_for_young_people_takes_nobody_else(cast: Cast) -> None:
    with pytest.raises(Refused, match="young people only"):
        adopt(cast, "young_people", age_bands=["adult"])
    programme = adopt(cast, "young_people")
    assert programme.takes == ("young",)
    for bands in ([], ["adult"], ["young", "adult"]):
        with pytest.raises(DatabaseError, match="young people"), transaction.atomic():
            Programme.objects.filter(pk=programme.pk).update(age_bands=bands)


NEVER = [
    (key, record)
    for key, policy in sorted(practice_models.shipped_policies().items())
    for record in policy.never
]


@pytest.mark.parametrize(("key", "record"), NEVER)
def test_a_fork_never_keeps_what_its_practice_model_never_keeps(cast: Cast, key: str, record: str) -> None:
    programme = adopt(cast, key)
    column = practice_models.column_of(record)
    with pytest.raises(Refused):
        change(cast, programme, records={record: True})
    with pytest.raises(DatabaseError, match="never keeps that"), transaction.atomic():
        Programme.objects.filter(pk=programme.pk).update(**{column: True})
    # Written into the programme's own copy by hand, it changes nothing that rooms and walls ask.
    records = {**programme.model_data["records"], record: True}
    Programme.objects.filter(pk=programme.pk).update(model_data={**programme.model_data, "records": records})
    programme.refresh_from_db()
    assert getattr(programme, column) is False and group_rules.records_of(programme)[record] is False


@pytest.mark.parametrize("key", sorted(practice_models.with_groups()))
def test_a_fork_has_no_kind_of_group_and_keeps_no_words_beyond_its_practice_model(
    cast: Cast, key: str
) -> None:
    programme, shipped = adopt(cast, key), practice_models.with_groups()[key]
    for kind in set(group_schema.KINDS) - set(shipped["kinds"]):
        with pytest.raises(Refused):
            change(cast, programme, kinds=[*shipped["kinds"], kind])
    if shipped["shares"] == "passing":
        with pytest.raises(Refused, match="never gives that up"):
            change(cast, programme, shares="kept", kept_because="We would like to read it again.")
    assert rules_of(programme).kinds == tuple(shipped["kinds"])


def less(cast: Cast, programme: Programme, *records: str, **said: object) -> Programme:
    return services.keep_less(actor=cast.adil, programme=programme, said=said, records=records, now=NOW)


def test_a_fork_keeps_less_and_does_not_take_it_up_again(cast: Cast) -> None:
    programme = adopt(cast, "charity_groups")
    less(cast, programme, "attendance", "head_counts", shares="passing", kinds=["drop_in", "closed"])
    programme.refresh_from_db()
    assert not programme.keeps_attendance and not programme.keeps_head_counts and programme.keeps_notes
    shown = {each.path: each.here for each in queries.group_differences(programme)}
    assert shown["records.attendance"] == "kept no more" and "gone" in shown["shares"]
    assert set(shown) == {"records.attendance", "records.head_counts", "shares", "kinds"}
    assert queries.forks_of(programme)[0].what
    change(cast, programme, agreement=["Our own sentence."])
    with pytest.raises(Refused, match="say why in kept_because"):
        services.back_to_tradition(actor=cast.adil, programme=programme, item="shares", now=NOW)
    for item in ("kinds", "agreement"):
        services.back_to_tradition(actor=cast.adil, programme=programme, item=item, now=NOW)
    programme.refresh_from_db()
    assert not programme.keeps_attendance, "putting words back takes no record up again"
    with pytest.raises(Refused):
        services.back_to_tradition(actor=cast.adil, programme=programme, item="records", now=NOW)


@pytest.mark.parametrize("record", ["notes", "agreements", "coordinator_sees", "register"])
def test_what_holds_up_what_people_have_is_not_given_up(cast: Cast, record: str) -> None:
    with pytest.raises(Refused, match="holds up"):
        less(cast, adopt(cast, "charity_groups"), record)


def test_a_clubhouse_always_shows_attendance_so_it_keeps_it(cast: Cast) -> None:
    with pytest.raises(Refused, match="no attendance that anybody could see"):
        less(cast, adopt(cast, "clubhouse"), "attendance", shares="passing")
