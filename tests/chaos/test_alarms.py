"""Every heavy message that is stored has its row, and comes to the screen: the short form of `tests.chaos.alarms`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.chaos.alarms import alarms
from tests.chaos.house import House

OpenHouse = Callable[..., House]


def test_no_alarm_is_missing_through_kills(open_house: OpenHouse) -> None:
    result = alarms(open_house(), kills=4, seed=3, longest=1.0)
    assert result.missing == result.lost == []
    assert result.never_shown == 0
    assert result.checked > 4, "hardly anything was noticed: this proves nothing"


def test_a_row_outside_the_transaction_is_seen(open_house: OpenHouse) -> None:
    result = alarms(
        open_house(fault="notices_afterwards"), kills=5, seed=3, longest=0.6, tellers=4, pace=0.05
    )
    assert result.missing != []


@pytest.mark.once
def test_a_dead_detector_is_said_on_the_screen(open_house: OpenHouse) -> None:
    result = alarms(open_house(fault="detector_dead"), kills=1, seed=3, longest=1.0)
    assert result.stored > 0 and result.unchecked == result.stored
    assert result.unchecked_said
