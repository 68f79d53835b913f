"""Opening the words of a concern: whose they are not is written down, and shown to whoever said them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from companionway.concerns import policy
from companionway.concerns.models import Concern, Opened
from companionway.concerns.opening import Decided, Said, open_decision, open_voice
from companionway.people import services as people
from companionway.people.models import Person

# A page that looks again every few seconds is one look.
ONE_LOOK: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Words:
    """What `actor` may read of a concern, oldest first."""

    said: list[Said]
    decided: list[Decided]

    @property
    def is_threat(self) -> bool:
        return any(each.is_threat for each in self.said)


@transaction.atomic
def read_concern(*, actor: Person, concern: Concern, now: datetime) -> Words:
    """Open what I may read: everything for who answers it; my own words for who raised it; decisions for the member."""
    seen = policy.visible_to(actor).select_related("about").get(pk=concern.pk)
    voices = seen.voices.select_related("person").order_by("pk")
    decisions = seen.decisions.select_related("author").order_by("pk")
    if policy.is_answerer(actor, seen):
        _note(actor, seen, now)
        return Words([open_voice(each) for each in voices], [open_decision(each) for each in decisions])
    mine = [open_voice(each) for each in voices.filter(person=actor)]
    if not policy.may_decide(actor, seen):
        told = seen.is_own or seen.about_id == actor.pk
        decisions = decisions.filter(is_shown=True) if told else decisions.none()
    return Words(mine, [open_decision(each) for each in decisions])


def _note(actor: Person, concern: Concern, now: datetime) -> None:
    last = concern.openings.filter(person=actor).order_by("-pk").first()
    if last is not None and last.opened_at <= now < last.opened_at + ONE_LOOK:
        return
    Opened.objects.create(concern=concern, person=actor, opened_at=now)
    told = concern.steps.filter(person=actor).exists()
    reason = "concern" if told else "concern_lead"
    subject = f"concern:{concern.pk}"
    raisers = {each.person for each in concern.voices.select_related("person") if each.person is not None}
    for person in sorted(raisers, key=lambda each: each.pk):
        people.record_read(actor=actor, about=person, subject=subject, reason_key=reason, now=now)
    if concern.shown_at is not None and concern.about is not None:
        people.record_read(actor=actor, about=concern.about, subject=subject, reason_key=reason, now=now)
