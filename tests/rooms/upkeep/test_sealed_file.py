"""A sealed file gives back what was put in, or says that it is not as it was."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from companionway.upkeep.sealed_file import PIECE, TAG, Damaged, Lock, Reader, Writer, WrongKey, lock_of

KEY = Lock(key=b"k" * 32, key_id="one")
PLAIN = os.urandom(3 * PIECE + 1000)


def sealed(plain: bytes = PLAIN, lock: Lock = KEY) -> bytes:
    file = io.BytesIO()
    writer = Writer(file, lock)
    for start in range(0, len(plain), 100_000):
        writer.write(plain[start : start + 100_000])
    writer.close()
    return file.getvalue()


def opened(content: bytes, lock: Lock = KEY) -> bytes:
    return io.BufferedReader(Reader(io.BytesIO(content), lock)).read()


@pytest.mark.parametrize("size", [0, 1, PIECE, 3 * PIECE + 1000])
def test_what_is_sealed_opens(size: int) -> None:
    assert opened(sealed(PLAIN[:size])) == PLAIN[:size]


def pieces(content: bytes) -> tuple[bytes, list[bytes]]:
    header, _, body = content.partition(b"\n")
    return header + b"\n", [body[at : at + PIECE + TAG] for at in range(0, len(body), PIECE + TAG)]


def joined(header: bytes, parts: list[bytes]) -> bytes:
    return header + b"".join(parts)


TAMPERING: dict[str, Callable[[bytes, list[bytes]], bytes]] = {
    "the last piece is gone": lambda header, parts: joined(header, parts[:-1]),
    "cut in a piece": lambda header, parts: joined(header, parts)[:-5],
    "two pieces swapped": lambda header, parts: joined(header, [parts[1], parts[0], *parts[2:]]),
    "a piece twice": lambda header, parts: joined(header, [parts[0], *parts]),
    "something added": lambda header, parts: joined(header, [*parts, b"more"]),
    "one bit": lambda header, parts: joined(header, [parts[0][:-1] + bytes([parts[0][-1] ^ 1]), *parts[1:]]),
    "nothing but the header": lambda header, parts: header,
    "a changed header": lambda header, parts: joined(header.replace(b'"lock"', b' "lock"'), parts),
    "another file's pieces": lambda header, parts: joined(header, pieces(sealed())[1]),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_a_changed_file_is_refused(how: str) -> None:
    changed = TAMPERING[how](*pieces(sealed()))
    with pytest.raises(Damaged):
        opened(changed)


def test_no_backup_at_all_is_refused() -> None:
    for content in (b"", b"SQLite format 3\0", b'{"format": "other"}\n'):
        with pytest.raises(Damaged):
            opened(content)


def test_another_key_does_not_open() -> None:
    with pytest.raises(WrongKey, match="needs the backup key one"):
        opened(sealed(), Lock(key=b"x" * 32, key_id="two"))
    with pytest.raises(WrongKey):
        opened(sealed(), Lock(key=b"x" * 32, key_id="one"))


def test_a_passphrase_opens_and_another_does_not() -> None:
    content = sealed(b"words", Lock(passphrase="three quiet herons"))
    assert opened(content, Lock(passphrase="three quiet herons")) == b"words"
    for wrong in (Lock(passphrase="three loud herons"), KEY):
        with pytest.raises(WrongKey):
            opened(content, wrong)


def test_nothing_of_the_words_is_in_the_file() -> None:
    assert b"canary" not in sealed(b"canary " * 100)
    assert sealed(b"the same") != sealed(b"the same")


def test_the_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "backup.json"
    with pytest.raises(FileNotFoundError):
        lock_of(path, make=False)
    first = lock_of(path, make=True)
    assert lock_of(path, make=True) == first
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("{}")
    with pytest.raises(ValueError, match="no backup key"):
        lock_of(path, make=True)
