"""The chain over the record: what was written there cannot be changed, taken out, put in or cut off unnoticed.

Every few seconds what is new becomes a block: one keyed digest over the digest before and every column that counts.
The key is wrapped like every other, so it outlives a change of the master key. The newest digest also stands in a
small file outside the database: whoever puts back an older database, or cuts off its end, is found out by it.
Not covered: what was written since the last block; somebody who holds the master key file; the file itself.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Max

from companionway.foundation import sealing, whole_files
from companionway.foundation.duties import duty
from companionway.foundation.events import RecordBegunAgain, announce
from companionway.foundation.models import Record, RecordBlock

KEY_KIND: Final = "record"
LARGEST: Final = 5_000
MOST_BLOCKS: Final = 20
# No number that any database gives is smaller: the first block covers everything before its last record.
BEFORE_ALL: Final = -(2**63)
COLUMNS: Final = ("pk", "name", "actor_id", "about_id", "subject", "payload", "happened_at")
# Writers of records wait no longer than this; then the block comes a few seconds later.
LOCK_MILLISECONDS: Final = 500


@dataclass(frozen=True, slots=True)
class Head:
    """The newest block: whoever keeps it elsewhere can ask later whether it is still part of the chain."""

    position: int
    digest: str

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"

    @classmethod
    def read(cls, words: str) -> Head:
        """Raises ValueError."""
        position, _, digest = words.strip().partition(":")
        return cls(int(position), digest)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the chain says: `fault` is the first place that does not fit, in plain words, or empty."""

    records: int
    blocks: int
    fault: str = ""


@duty("foundation.record_chain", every=timedelta(seconds=15))
def close_blocks(now: datetime) -> int:
    """Put what is new into blocks; returns how many. Safe with several workers: a place is taken once."""
    last = _last()
    until = _settled(last.last_id if last else BEFORE_ALL)
    made = 0
    while until is not None and made < MOST_BLOCKS:
        rows = list(_rows(last.last_id if last else BEFORE_ALL, until)[:LARGEST])
        if not rows:
            break
        last = _closed(last, rows, now)
        if last is None:
            return made  # another worker closed it
        made += 1
    if made and last:
        _mirror(last)
    return made


def _settled(after: int) -> int | None:
    """The greatest number below which no record can still appear; None when there is nothing new or no lock."""
    if not Record.objects.filter(pk__gt=after).exists():
        return None
    if connection.vendor == "sqlite":
        return _greatest()  # one writer at a time: what is committed is in order
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # Whoever has a number has this lock too, until their commit. It is held for one statement.
            cursor.execute(f"set local lock_timeout = {LOCK_MILLISECONDS}")
            cursor.execute(f"lock table {Record._meta.db_table} in share mode")
            return _greatest()
    except OperationalError:
        return None


def _greatest() -> int | None:
    until: int | None = Record.objects.aggregate(most=Max("pk"))["most"]
    return until


def _closed(last: RecordBlock | None, rows: list[Any], now: datetime) -> RecordBlock | None:
    block = RecordBlock(
        position=last.position + 1 if last else 1,
        last_id=rows[-1][0],
        count=len(rows),
        closed_at=now,
    )
    block.digest = _digest(_key(), last.digest if last else "", block, rows)
    try:
        with transaction.atomic():
            block.save(force_insert=True)
    except IntegrityError:
        return None
    return block


def head() -> Head | None:
    last = _last()
    return Head(last.position, last.digest) if last else None


def check(kept: Head | None = None) -> Finding:
    """Go through the whole chain. `kept`: a head that somebody wrote down earlier must be part of it too."""
    records = blocks = 0
    before, key, last = "", _key(), _last()
    left = _rows(BEFORE_ALL, last.last_id if last else BEFORE_ALL).iterator(chunk_size=2000)
    waiting = next(left, None)
    for block in RecordBlock.objects.order_by("position").iterator(chunk_size=500):
        rows = []
        while waiting is not None and waiting[0] <= block.last_id:
            rows.append(waiting)
            waiting = next(left, None)
        fault = _fault(key, before, blocks + 1, block, rows)
        if fault:
            return Finding(records, blocks, fault)
        before, blocks, records = block.digest, blocks + 1, records + len(rows)
    return Finding(records, blocks, head_fault() or (head_fault(kept) if kept else ""))


def _fault(key: bytes, before: str, position: int, block: RecordBlock, rows: list[Any]) -> str:
    if block.position != position:
        return f"Block {position} is missing."
    where = f"Block {position} (up to record {block.last_id}, closed {block.closed_at:%Y-%m-%d %H:%M} UTC)"
    if block.pruned_at is not None:
        genuine = hmac.compare_digest(block.pruned_seal, _pruned_seal(key, block))
        return "" if genuine and not rows else f"{where} was not cleared by the rule for keeping records."
    if len(rows) != block.count:
        return f"{where} held {block.count} records and now holds {len(rows)}."
    if not hmac.compare_digest(block.digest, _digest(key, before, block, rows)):
        return f"{where} was changed."
    return ""


def head_fault(kept: Head | None = None) -> str:
    """Whether the file outside the database (or a head kept elsewhere) still fits. Two statements at most."""
    if kept is None:
        try:
            content = json.loads(_path().read_text())
            kept = Head(content["position"], content["digest"])
        except FileNotFoundError:
            return f"The head of the record is missing ({_path()})." if _last() else ""
        except (OSError, ValueError, KeyError, TypeError):
            return f"The head of the record cannot be read ({_path()})."
    block = RecordBlock.objects.filter(position=kept.position).first()
    if block is None:
        return f"The end was cut off, or an older database was put back: block {kept.position} was there."
    return (
        ""
        if hmac.compare_digest(block.digest, kept.digest)
        else f"Block {kept.position} is another than it was."
    )


def prune(before: datetime, now: datetime) -> int:
    """Remove the records of whole blocks closed before then; their digests stay, so the chain stays whole."""
    removed, key, after = 0, _key(), BEFORE_ALL
    for block in RecordBlock.objects.filter(closed_at__lt=before).order_by("position"):
        inside = Record.objects.filter(pk__gt=after, pk__lte=block.last_id)
        after = block.last_id
        if block.pruned_at is None:
            if inside.waiting().exists():
                break
            with transaction.atomic():
                removed += inside.delete()[0]
                block.pruned_at = now
                block.pruned_seal = _pruned_seal(key, block)
                block.save(update_fields=["pruned_at", "pruned_seal"])
    return removed


@transaction.atomic
def begin_again(now: datetime) -> None:
    """An older database was put back knowingly: its newest block is the head from here on, and the record says so."""
    announce(RecordBegunAgain(actor_id=None, subject="record:0"), at=now)
    if last := _last():
        _mirror(last)
    else:
        _path().unlink(missing_ok=True)


def sign(words: bytes) -> str:
    """A keyed digest over something handed out (a proof of erasure), to be recognised later."""
    return hmac.new(_key(), b"handed out\0" + words, hashlib.sha256).hexdigest()


def _last() -> RecordBlock | None:
    return RecordBlock.objects.order_by("-position").first()


def _rows(after: int, until: int) -> Any:
    return Record.objects.filter(pk__gt=after, pk__lte=until).order_by("pk").values_list(*COLUMNS)


def _digest(key: bytes, before: str, block: RecordBlock, rows: Iterable[Any]) -> str:
    own = [before, block.position, block.last_id, block.count, _at(block.closed_at)]
    mac = hmac.new(key, _line(own), hashlib.sha256)
    for line in _lines(rows):
        mac.update(line)
    return mac.hexdigest()


def _lines(rows: Iterable[Any]) -> Iterator[bytes]:
    for *plain, happened_at in rows:
        yield _line([*plain, _at(happened_at)])


def _line(facts: list[Any]) -> bytes:
    return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _at(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _pruned_seal(key: bytes, block: RecordBlock) -> str:
    own = ["cleared", block.position, block.last_id, block.count, block.digest, _at(block.closed_at)]
    pruned_at = _at(block.pruned_at) if block.pruned_at else ""
    return hmac.new(key, _line([*own, pruned_at]), hashlib.sha256).hexdigest()


def _key() -> bytes:
    return hmac.new(sealing.raw_key(KEY_KIND, 0), b"record chain", hashlib.sha256).digest()


def _path() -> Path:
    return Path(settings.MASTER_KEY_FILE).with_name("record-head.json")


def _mirror(block: RecordBlock) -> None:
    content = {"position": block.position, "digest": block.digest, "closed_at": block.closed_at.isoformat()}
    whole_files.replace(_path(), json.dumps(content).encode())
