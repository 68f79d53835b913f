"""What this room does when something here changes."""

from __future__ import annotations

from companionway.foundation.events import on
from companionway.noticing import telling
from companionway.noticing.events import NoticedAnswered, NoticingSwitched


@on(NoticedAnswered)
def the_queue_is_shorter(event: NoticedAnswered) -> None:
    telling.tell(event.programme_id)


@on(NoticingSwitched)
def the_queue_says_what_is_not_checked(event: NoticingSwitched) -> None:
    telling.tell(event.programme_id)
