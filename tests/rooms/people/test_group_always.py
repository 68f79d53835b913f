"""What a tradition says is always so in its groups: no page, no service and no row can undo it, forked or not."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from companionway.foundation.policy import Refused
from companionway.people import group_rules, practice_models
from companionway.people.models import Programme
from tests.cast import Cast
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
