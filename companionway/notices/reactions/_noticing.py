"""Something waits for those on call; somebody is asked to check in. Never what, where, or of whom."""

from __future__ import annotations

from django.utils import timezone

from companionway.conversations import queries as conversations_queries
from companionway.foundation.events import on
from companionway.notices.queries import people_who_may
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.noticing import policy as noticing_policy
from companionway.noticing.events import NoticedAnswered, SomethingWaits
from companionway.noticing.states import Deed, Side
from companionway.oncall import queries as oncall_queries
from companionway.people.models import Organisation


@on(SomethingWaits)
def something_waits(event: SomethingWaits) -> None:
    """Whoever has a turn now, where they may see it; when nobody has, everybody who may. Once an hour at most."""
    now = timezone.now()
    able = people_who_may(noticing_policy.PERMISSION[Side(event.side)], event.programme_id)
    organisation = Organisation.objects.get(programmes=event.programme_id)
    people = able & oncall_queries.on_call_ids(organisation, now) or able
    once_per = f"{event.side} {event.is_now} {now:%Y-%m-%d %H}"
    note_down(people, kind=Kind.NOTICED, subject=event.subject, once_per=once_per, now=now)


@on(NoticedAnswered)
def somebody_is_asked_to_check_in(event: NoticedAnswered) -> None:
    if event.deed_key == Deed.CHECK_IN:
        now = timezone.now()
        people = conversations_queries.supporters_in(event.conversation_id)
        today = timezone.localdate(now).isoformat()
        note_down(people, kind=Kind.CHECK_IN, subject=event.subject, once_per=today, now=now)
