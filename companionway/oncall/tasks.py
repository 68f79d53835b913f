"""What is done here again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.foundation.duties import duty
from companionway.oncall import services
from companionway.people.models import Organisation


@duty("oncall.make_turns", every=timedelta(hours=6))
def make_turns_ahead(now: datetime) -> None:
    """The weekly pattern always reaches four weeks ahead."""
    for organisation in Organisation.objects.order_by("pk"):
        services.make_turns(actor=None, organisation=organisation, now=now)
