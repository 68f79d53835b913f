from __future__ import annotations

import pytest

from companionway.introductions.models import Request
from companionway.practice.models import SupporterPractice
from tests.cast import Cast, make_cast
from tests.rooms.introductions.ages import Two
from tests.rooms.introductions.scene import ask, ready_supporter


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def theos(cast: Cast) -> SupporterPractice:
    return ready_supporter(cast.theo, cast.programme)


@pytest.fixture
def minas(cast: Cast) -> Request:
    return ask(cast.mina, cast.programme, welcomes_offers=True)


@pytest.fixture
def two(cast: Cast) -> Two:
    theos, ruths = ready_supporter(cast.theo, cast.programme), ready_supporter(cast.ruth, cast.programme)
    return Two(cast, ask(cast.mina, cast.programme, welcomes_offers=True), theos, ruths)
