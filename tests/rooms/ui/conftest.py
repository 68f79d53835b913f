from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from companionway.ui import context, leaving, menu


@pytest.fixture(autouse=True)
def _nobody_else(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No other room's addresses, tabs, name or closers."""
    monkeypatch.setattr(menu, "_items", {})
    monkeypatch.setattr(context, "_name_provider", [])
    monkeypatch.setattr(leaving, "_closers", [])
    with override_settings(ROOT_URLCONF="tests.rooms.ui.addresses"):
        yield
