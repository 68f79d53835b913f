"""Two organisations on one server, beyond their pages: who hears what, what is counted, exported, handed out."""

from __future__ import annotations

import pytest

from tests.access.probing import PROBES
from tests.access.walking import Canary
from tests.access.world import Both

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("probe", PROBES)
def test_nothing_crosses(probe: str, world: Both, canaries: list[Canary]) -> None:
    assert PROBES[probe](world, canaries) == []
