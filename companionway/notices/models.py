"""What waits to be said to whom, and the devices that may be told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from companionway.foundation.models import new_public_id
from companionway.notices.states import Channel, Kind, NoticeState

# A notice that was being sent this long ago belongs to a process that is gone.
LOST_AFTER: Final = timedelta(minutes=10)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, now: datetime) -> NoticeQuerySet:
        waiting = Q(state=NoticeState.WAITING, not_before__lte=now)
        lost = Q(state=NoticeState.SENDING, taken_at__lte=now - LOST_AFTER)
        return self.exclude(channel=Channel.PAGE).filter(waiting | lost)

    def on_page(self) -> NoticeQuerySet:
        return self.filter(channel=Channel.PAGE)

    def unread(self) -> NoticeQuerySet:
        return self.on_page().filter(read_at=None)


class Notice(models.Model):
    """One thing to be said to one person by one way. Ids only: the words are made when it goes, and say nothing."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    channel = models.CharField(max_length=8, choices=Channel)
    # "conversation:ID", "relationship:ID" ...: to ask at sending whether it is still worth saying.
    subject = models.CharField(max_length=80)
    # The same fact twice, or the same thing again before it was read, is one notice.
    key = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=8, choices=NoticeState, default=NoticeState.WAITING)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(state__in=[NoticeState.WAITING, NoticeState.SENDING]),
                name="notice_due",
            ),
            models.Index(fields=["person", "-id"], condition=Q(channel=Channel.PAGE), name="notice_on_page"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=NoticeState.SENT) | Q(sent_at__isnull=False), name="notice_sent_has_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class PushDevice(models.Model):
    """A browser that asked to be told. Its address is a way to reach a person, so it is sealed with their key."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_devices")
    # {"endpoint", "p256dh", "auth"}
    sealed = models.BinaryField()
    endpoint_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"push device {self.pk}"
