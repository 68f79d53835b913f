"""Invitations by e-mail (iTIP): how they are written, the room above that writes calendars says; here stands which.

`calendars` writes them, `notices` sends them; the two are strangers to each other, and both are upstairs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person's calendar should have of a series, or of one meeting that stands alone."""

    uid: str
    sequence: int
    request: bytes
    # The same for the same times, whatever the version.
    digest: str
    # Meetings of a series that do not take place: the time they had, and the word to the calendar.
    off: Mapping[str, bytes] = field(default_factory=dict)
    # Of one that stands alone; what is over is not taken back any more.
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail: what it carries, and what the calendar knows of its entry then ([]: nothing)."""

    method: str
    content: bytes
    uid: str
    known: list[Any]


# (person, series, now) -> entries; (person, uid, sequence, now) -> a CANCEL
Writes = Callable[[Any, Any, datetime], list[Entry]]
TakesBack = Callable[[Any, str, int, datetime], bytes]
_by: dict[str, Any] = {}


def register(writes: Writes, takes_back: TakesBack) -> None:
    _by.update(writes=writes, takes_back=takes_back)


def entries(person: Any, series: Any, now: datetime) -> list[Entry]:
    found: list[Entry] = _by["writes"](person, series, now) if _by else []
    return found


def due(person: Any, wanted: list[Entry], sent: Mapping[str, list[Any]], now: datetime) -> list[Letter]:
    """What has to be sent so that the calendar is right. `sent`: uid -> [version, digest, times that are off, ends]."""
    found = [letter for entry in wanted for letter in _of(entry, sent.get(entry.uid), now)]
    for uid in sorted(set(sent) - {each.uid for each in wanted}):
        version, _digest, _off, ends = sent[uid]
        if not ends or ends > now.isoformat():
            found.append(Letter("CANCEL", _by["takes_back"](person, uid, version, now), uid, []))
    return found


def _of(entry: Entry, before: list[Any] | None, now: datetime) -> list[Letter]:
    def known(off: set[str]) -> list[Any]:
        return [entry.sequence, entry.digest, sorted(off), entry.ends]

    if before is None:
        return [Letter("REQUEST", entry.request, entry.uid, known(set(entry.off)))]
    _version, digest, told, _ends = before
    # What has passed is not spoken of any more.
    off, found = {each for each in told if each > now.isoformat()}, []
    if digest != entry.digest or off - set(entry.off):
        off &= set(entry.off)
        found.append(Letter("REQUEST", entry.request, entry.uid, known(off)))
    for original in sorted(set(entry.off) - off):
        off = off | {original}
        found.append(Letter("CANCEL", entry.off[original], entry.uid, known(off)))
    return found
