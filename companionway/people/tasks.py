"""Clearing up: sessions that ran out, codes that are too old. What has a clock is in `keeping`."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from companionway.foundation.duties import duty
from companionway.people.models import Device, OneTimeCode


@duty("people.clear_up", every=timedelta(hours=6))
def clear_up(now: datetime) -> None:
    """Safe to run twice: what is gone stays gone."""
    Session.objects.filter(expire_date__lt=now).delete()
    OneTimeCode.objects.filter(expires_at__lt=now).delete()
    living = Session.objects.values("session_key")
    Device.objects.filter(ended_at=None).exclude(session_key__in=living).update(ended_at=now)
