"""How long things are kept: nothing stays past its limit, nothing younger is touched, no table is forgotten."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from companionway.foundation import chain, retention
from companionway.foundation.events import KeptLongEnough
from companionway.foundation.models import DataKey, ExportAgreement, KeptFor, Record
from companionway.introductions.models import Introduction
from companionway.moderation.models import CueTold, SamePerson
from companionway.noticing.models import Noticed
from companionway.oncall.models import Turn
from companionway.people.models import Stop
from companionway.safeguarding import opening as safeguarding
from companionway.safeguarding.models import SafeguardingRecord
from companionway.safeguarding.states import EntryKind
from companionway.supervision.models import Supervision
from tests.cast import NOW, Cast, make_cast
from tests.rooms.people.canaries import write_everywhere

# What says that a row is over: when it is set to a time, that is when the clock begins.
OVER: dict[str, dict[str, Any]] = {
    "people.Device": {"ended_at": NOW},
    "people.Consent": {"withdrawn_at": NOW},
    "people.RoleHeld": {"until_at": NOW},
    "people.Stop": {"ended_at": NOW},
    "moderation.Appeal": {"finding": "right", "answered_at": NOW},
    "moderation.Decision": {"holds_at": NOW},
    "moderation.SamePerson": {"ended_at": NOW},
    "notices.Notice": {"created_at": NOW},
    "conversations.Conversation": {"closed_at": NOW},
    "conversations.LookInside": {"until_at": NOW + timedelta(seconds=1)},
    "support.Relationship": {"state": "ended", "ended_at": NOW},
    "introductions.Request": {"state": "closed", "closed_at": NOW},
    "introductions.Introduction": {"state": "closed", "closed_at": NOW},
    "concerns.Concern": {"state": "closed", "next_step_at": None, "over_at": NOW},
    "safety.Report": {"state": "answered", "answered_at": NOW},
    "plans.PlanShare": {"stopped_at": NOW},
    "plans.PlanOverride": {"until": NOW},
    "groups.Group": {"ended_at": NOW},
    "groups.Proposal": {"state": "passed", "decided_at": NOW},
    "groups.LeftOut": {"ended_at": NOW},
    "groups.Poll": {"closed_at": NOW},
    "groups.SpacePause": {"ended_at": NOW},
    "reachout.ReachWish": {"stopped_at": NOW},
    "steps.Company": {"state": "over", "over_at": NOW},
    "safety.KeptApart": {"ended_at": NOW},
    "safety.Block": {"lifted_at": NOW},
    "supervision.ExtraPlace": {"ended_at": NOW},
    "safety.KeepApartWish": {"settled_at": NOW},
    "release.Traineeship": {"ended_at": NOW},
    "foundation.Record": {"delivered_at": NOW},
}


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Any) -> None:
    settings.MASTER_KEY_FILE = tmp_path / "keys" / "master.json"
    settings.KEY_COPY_FILE = tmp_path / "keys" / "key-copy.json"


def house_models() -> list[type[Model]]:
    kept = ("companionway", "django.contrib.sessions")
    return [each for each in apps.get_models() if each.__module__.startswith(kept)]


def test_every_table_has_a_clock_or_says_why_not() -> None:
    with_clock = {model for each in retention.clocks() for model in each.models}
    without = retention.reasons()
    known = {model._meta.label for model in house_models()}
    assert known - with_clock - without.keys() == set(), (
        "register a clock or a reason in the room's keeping.py"
    )
    assert (with_clock | without.keys()) - known == set()
    assert with_clock & without.keys() == set()
    assert all(each.least <= each.days <= each.most for each in retention.clocks())


@pytest.fixture
def everything_is_over(db: None) -> None:
    cast = make_cast()
    write_everywhere(cast)
    _without_words(cast)
    for record in SafeguardingRecord.objects.all():
        safeguarding.add(record, EntryKind.CLOSED, record.author, "It is over.", NOW)
    ExportAgreement.objects.create(person_id=1, code_hash="x", agreed_at=NOW, expires_at=NOW)
    for label, over in OVER.items():
        apps.get_model(label).objects.update(**over)
    chain.close_blocks(NOW)


def _without_words(cast: Cast) -> None:
    """Rows in which nobody wrote anything, so that the canaries have none of them."""
    turn = {"starts_at": NOW - timedelta(hours=8), "ends_at": NOW, "made_at": NOW}
    Turn.objects.create(organisation=cast.organisation, person=cast.cora, step=1, **turn)
    Stop.objects.create(person=cast.mina, days=2, decided_by=cast.cora, began_at=NOW)
    one, other = sorted((cast.mina, cast.theo), key=lambda person: person.pk)
    SamePerson.objects.create(one=one, other=other, recorded_by=cast.cora, recorded_at=NOW)
    held = Supervision.objects.latest("pk")
    CueTold.objects.create(noticed=Noticed.objects.latest("pk"), supervision=held, told_at=NOW)


def rows_of(each: retention.Clock) -> Counter[str]:
    rows = Counter({label: apps.get_model(label)._default_manager.count() for label in each.models})
    if "foundation.Record" in rows:
        last = chain.RecordBlock.objects.filter(closed_at=NOW).latest("position").last_id
        rows["foundation.Record"] = Record.objects.filter(pk__lte=last).count()
    return rows


def at(each: retention.Clock, days: int) -> datetime:
    return NOW + timedelta(days=each.days + days)


@pytest.mark.usefixtures("everything_is_over")
@pytest.mark.parametrize("key", [each.key for each in retention.clocks()])
def test_a_day_before_all_is_there_and_a_day_after_it_is_gone(key: str) -> None:
    each = next(each for each in retention.clocks() if each.key == key)
    before = rows_of(each)
    if not sum(before.values()):
        assert key in {"covers", "times_away", "troubles", "cues"}, "the world of this test has no such row"
        return
    each.run(at(each, -1) - timedelta(days=each.days), at(each, -1))
    assert rows_of(each) == before
    assert each.run(at(each, 1) - timedelta(days=each.days), at(each, 1)) > 0
    assert sum(rows_of(each).values()) == 0
    assert each.run(at(each, 1) - timedelta(days=each.days), at(each, 1)) == 0
    assert not chain.check().fault


@pytest.mark.usefixtures("everything_is_over")
def test_the_duty_writes_down_what_went_and_keys_go_with_it() -> None:
    living = DataKey.objects.exclude(wrapped=None).count()
    gone = retention.run_clocks(NOW + timedelta(days=8_000))
    assert gone.keys() == {each.key for each in retention.clocks()}
    told = {
        row.payload["what"]: row.payload["rows"] for row in Record.objects.filter(name=KeptLongEnough.name)
    }
    assert told == {key: rows for key, rows in gone.items() if rows}
    assert DataKey.objects.exclude(wrapped=None).count() <= living - 4


@pytest.mark.usefixtures("everything_is_over")
def test_the_organisation_may_choose_within_bounds() -> None:
    KeptFor.objects.create(what="introductions", days=100)
    retention.run_clocks(NOW + timedelta(days=99))
    assert Introduction.objects.count() == 1
    retention.run_clocks(NOW + timedelta(days=101))
    assert Introduction.objects.count() == 0
    KeptFor.objects.update(days=1)
    assert retention.chosen_days()["introductions"] == 30
    KeptFor.objects.update(days=99_999)
    assert retention.chosen_days()["introductions"] == 3650
