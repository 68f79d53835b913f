"""Nobody alone excludes anybody: whatever one person presses, in whatever order, and whatever they forge."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companionway.foundation.policy import Refused
from companionway.moderation import services
from companionway.moderation.models import Decision
from companionway.moderation.services import Said
from companionway.moderation.states import Outcome, State
from companionway.people import services as people
from companionway.people.models import Stop
from companionway.safety import policy as safety_policy
from companionway.safety import services as safety
from tests.cast import NOW
from tests.often import times
from tests.rooms.moderation.conftest import FACTS, Fair, fresh

DAY = timedelta(days=1)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("decide"), st.sampled_from(Outcome.values), st.integers(1, 60), st.booleans(), st.booleans()),
        st.tuples(st.just("agree")),
        st.tuples(st.just("back")),
        st.tuples(st.just("stop"), st.one_of(st.none(), st.integers(1, 60)), st.booleans()),
        st.tuples(st.just("same")),
        st.tuples(st.just("wait"), st.integers(0, 9)),
    ),
    max_size=14,
)  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=times(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_one_person_alone_keeps_nobody_out_for_longer_than_a_week_in_a_month(fair: Fair, deeds: list) -> None:  # type: ignore[type-arg]
    cora, theo = fair.cast.cora, fair.cast.theo
    with transaction.atomic():
        now, days_out = NOW, []
        for deed in deeds:
            if deed[0] == "wait":
                for _day in range(deed[1]):
                    now += DAY
                    services.lift_what_is_over(now=now)
                    if not fresh(theo).holds("support.accompany", fair.cast.programme):
                        days_out.append(now)
                continue
            try:
                with transaction.atomic():
                    _press(fair, deed, now)
            except Refused:
                pass
        assert not Stop.objects.exclude(seconded_by=None).exists()
        assert not Decision.objects.filter(state=State.STANDS, outcome=Outcome.EXCLUSION).exists()
        for first, last in itertools.combinations(days_out, 2):
            assert last - first < 7 * DAY or last - first > 22 * DAY
        transaction.set_rollback(True)
    assert fresh(cora).pk


def _press(fair: Fair, deed: tuple, now: object) -> None:  # type: ignore[type-arg]
    cora, theo = fresh(fair.cast.cora), fresh(fair.cast.theo)
    newest = Decision.objects.order_by("pk").last()
    if deed[0] == "decide":
        _kind, outcome, days, everywhere, meanwhile = deed
        said = Said(Outcome(outcome), "money", FACTS, days if outcome == Outcome.PAUSE else None, everywhere,
                    holds_meanwhile=meanwhile)  # fmt: skip
        services.decide(actor=cora, report=fair.report(), said=said, now=now)  # type: ignore[arg-type]
    elif deed[0] == "agree" and newest:
        services.agree(actor=cora, decision=newest, now=now)  # type: ignore[arg-type]
    elif deed[0] == "back" and newest:
        services.hand_back(actor=cora, decision=newest, words="No.", now=now)  # type: ignore[arg-type]
    elif deed[0] == "stop":
        people.stop_taking_part(
            actor=cora,
            first=cora if deed[2] else None,
            person=theo,
            programme=None,
            days=deed[1],
            now=now,  # type: ignore[arg-type]
        )
    elif deed[0] == "same":
        same = services.record_same(actor=cora, one=theo, other=fair.cast.ruth, now=now)  # type: ignore[arg-type]
        services.confirm_same(actor=cora, same=same, now=now)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "row",
    [
        {"days": None},
        {"days": 8},
        {"days": None, "seconded": "cora"},
        {"days": None, "seconded": "theo"},
        {"days": 3, "decided": "theo"},
    ],
)
def test_the_database_itself_refuses_a_stop_by_one(fair: Fair, row: dict[str, object]) -> None:
    people_of = {"cora": fair.cast.cora, "theo": fair.cast.theo, None: None}
    with pytest.raises(IntegrityError), transaction.atomic():
        Stop.objects.create(
            person=fair.cast.theo, programme=fair.cast.programme, days=row["days"], began_at=NOW,
            decided_by=people_of[row.get("decided", "cora")], seconded_by=people_of[row.get("seconded")],  # type: ignore[index]
        )  # fmt: skip


def test_the_database_itself_refuses_a_decision_that_one_alone_made_hold(fair: Fair) -> None:
    waits = fair.decide(outcome=Outcome.EXCLUSION, days=None)
    for forged in ({"state": State.STANDS}, {"state": State.STANDS, "second": fair.cast.cora}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=waits.pk).update(**forged)


def test_a_report_by_oneself_is_not_ones_own_to_decide(fair: Fair) -> None:
    cora = fresh(fair.cast.cora)
    mine = safety.report(
        actor=cora, about=fair.cast.theo, subject="person:x", words="I saw it.", extract="",
        programme=fair.cast.programme, now=NOW,
    )  # fmt: skip
    assert not safety_policy.reports_answerable_by(cora).filter(pk=mine.pk).exists()
