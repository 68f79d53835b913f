"""What upper rooms lay on the desk of those on call, beside the concerns: each says what it draws, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from companionway.people.models import Person


@dataclass(frozen=True, slots=True)
class Panel:
    """`context` gives what `template` needs, or None when this person has nothing to see there."""

    key: str
    template: str
    context: Callable[[Person, datetime], dict[str, Any] | None]


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    _panels[panel.key] = panel


def panels(actor: Person, now: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """Template and context of each panel this person may see, in the order of registering."""
    for panel in _panels.values():
        if (context := panel.context(actor, now)) is not None:
            yield panel.template, context
