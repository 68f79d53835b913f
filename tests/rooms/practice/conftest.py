from __future__ import annotations

import pytest

from companionway.practice import services
from companionway.practice.models import SupporterPractice
from tests.cast import NOW, Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def theos(cast: Cast) -> SupporterPractice:
    return services.offer_support(actor=cast.theo, programme=cast.programme, now=NOW)


@pytest.fixture
def ruths(cast: Cast) -> SupporterPractice:
    return services.offer_support(actor=cast.ruth, programme=cast.programme, now=NOW)
