"""How long this room keeps what has ended. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.foundation.sealing import RELATIONSHIP, destroy_key
from companionway.support.models import Agreement, CheckIn, Goodbye, NoteLook, Relationship, SharedNote

_OF_THE_TWO = (
    "support.Agreement",
    "support.SharedNote",
    "support.NoteVoice",
    "support.NoteLook",
    "support.Goodbye",
    "support.CheckIn",
)


def _ended(before: datetime, now: datetime) -> int:
    """What the two wrote goes with its key; that they walked together stays as two dates."""
    rows = 0
    for pk in list(Relationship.objects.filter(ended_at__lt=before).values_list("pk", flat=True)):
        taken = 0
        for model in (Agreement, SharedNote, NoteLook, Goodbye, CheckIn):
            taken += model._default_manager.filter(relationship=pk).delete()[0]
        walk = Relationship.objects.filter(pk=pk)
        taken += walk.exclude(sealed_reasons=None, sealed_pause=None).update(
            sealed_reasons=None, sealed_pause=None
        )
        if taken:
            destroy_key(RELATIONSHIP, pk, now=now)
        rows += taken
    return rows


clock(
    Clock(
        "relationships",
        _("What two people wrote together, after their relationship ended"),
        730,
        30,
        7300,
        _("Two years after the end; unverified, ask whoever is responsible for your records"),
        (
            "support.Agreement",
            "support.SharedNote",
            "support.NoteVoice",
            "support.NoteLook",
            "support.Goodbye",
            "support.CheckIn",
        ),
        _ended,
    )
)
without_clock(
    {
        "support.Relationship": "two dates and two numbers; its words have a clock",
    }
)
