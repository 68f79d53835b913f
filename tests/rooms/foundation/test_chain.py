"""The chain over the record finds every change; and nothing that is allowed looks like one."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from companionway.foundation import chain, rotation, sealing
from companionway.foundation.events import Event, announce
from companionway.foundation.models import DataKey, Record, RecordBlock
from tests.cast import NOW
from tests.often import times


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened(Event):
    name = "test.happened"
    size: int


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Any) -> None:
    settings.MASTER_KEY_FILE = tmp_path / "keys" / "master.json"
    settings.KEY_COPY_FILE = tmp_path / "keys" / "key-copy.json"


def write(number: int, *, days: int = 0) -> None:
    with transaction.atomic():
        for each in range(number):
            at = NOW + timedelta(days=days, seconds=each)
            announce(
                Happened(actor_id=each % 7, about_id=each % 5 or None, subject=f"thing:{each}", size=each),
                at=at,
            )


def grow(blocks: int, *, each: int = 10) -> None:
    """`blocks` blocks with a gap of one number in each, as a rolled-back deed leaves it."""
    for number in range(blocks):
        write(each + 1, days=number)
        middle = Record.objects.order_by("-pk")[each // 2]
        middle.delete()
        assert chain.close_blocks(NOW + timedelta(days=number, hours=1)) == 1


@pytest.mark.django_db
def test_what_nobody_touched_is_whole() -> None:
    assert chain.check() == chain.Finding(0, 0)
    grow(4)
    assert chain.close_blocks(NOW) == 0
    write(3)
    assert chain.check() == chain.Finding(40, 4)
    Record.objects.update(delivered_at=NOW, attempts=3)
    assert not chain.check().fault


Tampering = Callable[[random.Random], None]
SOME_RECORD = "select id from foundation_record where id <= (select max(last_id) from foundation_recordblock)"


def run(sql: str, params: Any = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def picked(chance: random.Random, number: int = 1) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(SOME_RECORD)
        return chance.sample([row[0] for row in cursor.fetchall()], number)


def change_a_column(chance: random.Random) -> None:
    (pk,) = picked(chance)
    row = Record.objects.get(pk=pk)
    column = chance.choice(["name", "actor_id", "about_id", "subject", "payload", "happened_at"])
    value: Any = {
        "name": row.name + "x",
        "actor_id": (row.actor_id or 0) + 1,
        "about_id": None if row.about_id else 3,
        "subject": row.subject[:-1],
        "payload": {**row.payload, "size": row.payload["size"] + 1},
        "happened_at": row.happened_at + timedelta(microseconds=1),
    }[column]
    Record.objects.filter(pk=pk).update(**{column: value})


def delete_a_record(chance: random.Random) -> None:
    run("delete from foundation_record where id = %s", picked(chance))


def put_one_in(chance: random.Random) -> None:
    known = set(Record.objects.values_list("pk", flat=True))
    last = RecordBlock.objects.order_by("-position")[0].last_id
    gap = chance.choice([pk for pk in range(min(known) - 3, last) if pk not in known])
    Record.objects.create(pk=gap, name="test.happened", subject="thing:0", payload={}, happened_at=NOW)


def swap_two(chance: random.Random) -> None:
    one, other = Record.objects.filter(pk__in=picked(chance, 2))
    one.pk, other.pk = other.pk, one.pk
    one.save()
    other.save()


def move_one(chance: random.Random) -> None:
    (pk,) = picked(chance)
    known = set(Record.objects.values_list("pk", flat=True))
    free = chance.choice([each for each in range(min(known), max(known)) if each not in known])
    run("update foundation_record set id = %s where id = %s", [free, pk])


def cut_off_the_end(chance: random.Random) -> None:
    """Records and blocks together, as somebody would who knows of the chain."""
    position = chance.randint(1, RecordBlock.objects.count())
    before = RecordBlock.objects.filter(position=position - 1).first()
    RecordBlock.objects.filter(position__gte=position).delete()
    Record.objects.filter(pk__gt=before.last_id if before else 0).delete()


def change_a_block(chance: random.Random) -> None:
    block = chance.choice(list(RecordBlock.objects.all()))
    column = chance.choice(["position", "last_id", "count", "digest", "closed_at", "pruned_at"])
    value: Any = {
        "position": block.position + 1000,
        "last_id": block.last_id - 1,
        "count": block.count + 1,
        "digest": block.digest[::-1],
        "closed_at": block.closed_at + timedelta(seconds=1),
        "pruned_at": NOW,
    }[column]
    RecordBlock.objects.filter(pk=block.pk).update(**{column: value})


def delete_a_block(chance: random.Random) -> None:
    chance.choice(list(RecordBlock.objects.all())).delete()


def clear_as_the_rule_would(chance: random.Random) -> None:
    """Take out a block's records and say that they were kept long enough, with a seal from elsewhere."""
    block = chance.choice(list(RecordBlock.objects.all()))
    before = RecordBlock.objects.filter(position=block.position - 1).first()
    Record.objects.filter(pk__gt=before.last_id if before else 0, pk__lte=block.last_id).delete()
    RecordBlock.objects.filter(pk=block.pk).update(pruned_at=NOW, pruned_seal=block.digest)


def compute_it_anew_without_the_key(chance: random.Random) -> None:
    change_a_column(chance)
    before, after, key = "", chain.BEFORE_ALL, chance.randbytes(32)
    for block in RecordBlock.objects.order_by("position"):
        block.digest = chain._digest(key, before, block, list(chain._rows(after, block.last_id)))
        block.save()
        before, after = block.digest, block.last_id


def take_another_key(chance: random.Random) -> None:
    """The key of the chain is taken out; a new one is made, and everything is computed with it."""
    change_a_column(chance)
    DataKey.objects.filter(kind=chain.KEY_KIND).delete()
    before, after, key = "", chain.BEFORE_ALL, chain._key()
    for block in RecordBlock.objects.order_by("position"):
        block.digest = chain._digest(key, before, block, list(chain._rows(after, block.last_id)))
        block.save()
        before, after = block.digest, block.last_id


WAYS: list[Tampering] = [
    change_a_column, change_a_column, change_a_column, delete_a_record, put_one_in, swap_two, move_one, cut_off_the_end,
    change_a_block, delete_a_block, clear_as_the_rule_would, compute_it_anew_without_the_key, take_another_key,
]  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_thousand_random_tamperings_are_all_found() -> None:
    grow(5, each=6)
    chance, missed = random.Random(20261122), []
    for number in range(times(1_000)):
        way = WAYS[number % len(WAYS)]
        with undone():
            way(chance)
            if not chain.check().fault:
                missed.append((number, way.__name__))
    assert missed == []
    assert chain.check() == chain.Finding(30, 5)


@pytest.mark.django_db
def test_an_older_copy_put_back_is_found() -> None:
    grow(3)
    rows, blocks = list(Record.objects.values()), list(RecordBlock.objects.values())
    grow(2)
    Record.objects.all().delete()
    RecordBlock.objects.all().delete()
    Record.objects.bulk_create(Record(**row) for row in rows)
    RecordBlock.objects.bulk_create(RecordBlock(**row) for row in blocks)
    assert "older database" in chain.check().fault
    chain.begin_again(NOW)
    assert chain.close_blocks(NOW) == 1
    assert chain.check() == chain.Finding(31, 4)
    assert Record.objects.filter(name="foundation.record_begun_again").count() == 1


@pytest.mark.django_db
def test_a_head_kept_elsewhere_finds_what_the_file_cannot() -> None:
    """Somebody with the disk takes back the database and the file together."""
    grow(2)
    path, kept = chain._path(), chain._path().read_bytes()
    with undone():
        grow(1)
        noted = chain.head()
    path.write_bytes(kept)
    assert not chain.check().fault
    assert noted is not None
    assert "block 3 was there" in chain.check(noted).fault
    with pytest.raises(CommandError, match="block 3 was there"):
        call_command("check_record", str(noted))


@pytest.mark.django_db
def test_a_head_that_is_gone_or_broken_is_said() -> None:
    grow(1)
    chain._path().write_text("{")
    assert "cannot be read" in chain.check().fault
    chain._path().unlink()
    assert "missing" in chain.check().fault


@pytest.mark.django_db
def test_records_kept_long_enough_go_and_the_chain_stays_whole() -> None:
    grow(5)
    assert chain.prune(NOW + timedelta(days=3), NOW) == 30
    assert chain.check() == chain.Finding(20, 5)
    assert chain.prune(NOW + timedelta(days=3), NOW) == 0
    with undone():
        Record.objects.create(pk=picked(random.Random(1))[0] - 30, name="x", subject="y", happened_at=NOW)
        assert chain.check().fault
    Record.objects.filter(pk__gt=0).update(delivered_at=None)
    assert chain.prune(NOW + timedelta(days=30), NOW) == 0, "what waits to be delivered stays"


@pytest.mark.django_db(transaction=True)
def test_the_chain_outlives_a_new_master_key() -> None:
    grow(2)
    rotation.rotate(now=NOW)
    sealing.forget_all()
    write(2)
    assert chain.close_blocks(NOW) == 1
    assert not chain.check().fault
    said = StringIO()
    call_command("check_record", stdout=said)
    assert "Whole: " in said.getvalue()
    assert json.loads(chain._path().read_text())["position"] == 3


@pytest.mark.django_db(transaction=True)
def test_no_record_slips_in_behind_a_block_while_people_write() -> None:
    """Deeds commit out of the order of their numbers; every one ends in exactly one block."""
    stop, faults = threading.Event(), []

    def deeds() -> None:
        try:
            while not stop.is_set():
                write(3)
                time.sleep(0.01)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=deeds) for _ in range(3)]
    for each in writers:
        each.start()
    closed = sum(chain.close_blocks(NOW) for _ in range(20))
    stop.set()
    for each in writers:
        each.join()
    chain.close_blocks(NOW)
    assert faults == []
    assert closed > 3 and chain.check().records == Record.objects.count()
    assert not chain.check().fault
