"""The small house (see `tests.rooms.clubhouse`), in which Mina and Theo write a record together."""

from __future__ import annotations

from companionway.jointrecords import services
from companionway.jointrecords.models import JointRecord
from tests.cast import NOW
from tests.rooms.clubhouse import conftest as house
from tests.rooms.clubhouse.conftest import Home

cast, home, come_in, _today, asks = house.cast, house.home, house.come_in, house._today, house.asks


def draft(home: Home, words: str = "I would like to learn to bake.") -> JointRecord:
    """Mina and Theo said yes; Theo wrote one version."""
    asked = services.ask_for_record(
        actor=home.mina, programme=home.programme, member=home.mina, other=home.theo, kind="goal", now=NOW
    )
    services.agree_to_record(actor=home.theo, record=asked, now=NOW)
    services.write_record(actor=home.theo, record=asked, words=words, after=0, now=NOW)
    return JointRecord.objects.get(pk=asked.pk)


def signed(home: Home) -> JointRecord:
    record = draft(home)
    for who in (home.mina, home.theo):
        services.sign_record(actor=who, record=record, version=1, now=NOW)
    return JointRecord.objects.get(pk=record.pk)
