"""What this room does when something here changes."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import on
from companionway.safety import outage
from companionway.safety.events import HelpLinesChanged


@on(HelpLinesChanged)
def write_the_copies_anew(event: HelpLinesChanged) -> None:
    outage.write(timezone.now())
