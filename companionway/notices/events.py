"""What this room tells others. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesChosen(Event):
    name: ClassVar[str] = "notices.chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesPaused(Event):
    name: ClassVar[str] = "notices.paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAllowed(Event):
    name: ClassVar[str] = "notices.channel_allowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelStopped(Event):
    name: ClassVar[str] = "notices.channel_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRemoved(Event):
    name: ClassVar[str] = "notices.device_removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesRead(Event):
    name: ClassVar[str] = "notices.read"
