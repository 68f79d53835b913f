"""Two organisations on one server, beyond their pages: who hears what, what is counted, exported, handed out."""

from __future__ import annotations

import pytest

from tests.access.probing import PROBES
from tests.access.walking import Canary
from tests.access.world import Both

pytestmark = pytest.mark.django_db


# test_belonging asks the rules, one by one.
@pytest.mark.parametrize("probe", [each for each in PROBES if each != "rules"])
def test_nothing_crosses(probe: str, world: Both, canaries: list[Canary]) -> None:
    assert list(PROBES[probe](world, canaries)) == []
