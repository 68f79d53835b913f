"""A file sealed piece by piece (AES-256-GCM, the STREAM construction): what is cut off, swapped or added is noticed.

Each file has a random key of its own, wrapped by the backup key or by one made from a passphrase. A piece's nonce is
its number and whether it is the last; every piece is bound to the header.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import secrets
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from companionway.foundation import whole_files

FORMAT: Final = "companionway.backup/1"
PIECE: Final = 256 * 1024
TAG: Final = 16
LONGEST_HEADER: Final = 4096
# 32 MB and about a tenth of a second for each guess at a passphrase.
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**15, 8, 1


class Damaged(Exception):
    """Not a backup, or not as it was written."""


class WrongKey(Exception):
    """Sealed with another key or passphrase."""


@dataclass(frozen=True, slots=True)
class Lock:
    """How files are sealed: with a key kept in a file, or with a passphrase."""

    key: bytes = b""
    key_id: str = ""
    passphrase: str = ""


def lock_of(key_file: Path, *, make: bool) -> Lock:
    """The backup key; made at first use when `make`. Raises FileNotFoundError, or ValueError when it is damaged."""
    if make and not key_file.exists():
        first = {"id": secrets.token_hex(4), "key": base64.b64encode(os.urandom(32)).decode()}
        whole_files.replace(key_file, json.dumps(first).encode())
    try:
        facts = json.loads(key_file.read_bytes())
        key = base64.b64decode(facts["key"], validate=True)
        if len(key) != 32:
            raise ValueError("a key of another length")
        return Lock(key=key, key_id=str(facts["id"]))
    except (KeyError, TypeError) as fault:
        raise ValueError("no backup key in it") from fault


def _unlocking(lock: Lock, facts: dict[str, Any]) -> bytes:
    if facts["kind"] == "key":
        if not lock.key:
            raise WrongKey("This backup was made with a key file, not with a passphrase.")
        if lock.key_id != facts["id"]:
            raise WrongKey(f"This backup needs the backup key {facts['id']}; the one here is {lock.key_id}.")
        return lock.key
    if not lock.passphrase:
        raise WrongKey("This backup was made with a passphrase: give it with --passphrase-file.")
    n, r, p = int(facts["n"]), int(facts["r"]), int(facts["p"])
    if not (2**14 <= n <= 2**18 and r == SCRYPT_R and p == SCRYPT_P):
        raise Damaged("The header of this backup was changed.")
    return _stretched(lock.passphrase, base64.b64decode(facts["salt"]), n)


def _stretched(passphrase: str, salt: bytes, n: int) -> bytes:
    memory = 256 * n * SCRYPT_R
    return hashlib.scrypt(
        passphrase.encode(), salt=salt, n=n, r=SCRYPT_R, p=SCRYPT_P, maxmem=memory, dklen=32
    )


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if is_last else b"\0")


class Writer:
    """Takes plain bytes, compresses and seals them. Only what `close` ended is whole."""

    def __init__(self, file: IO[bytes], lock: Lock) -> None:
        raw, nonce = os.urandom(32), os.urandom(12)
        if lock.passphrase:
            salt = os.urandom(16)
            how = {"kind": "passphrase", "salt": base64.b64encode(salt).decode()}
            how |= {"n": SCRYPT_N, "r": SCRYPT_R, "p": SCRYPT_P}  # type: ignore[dict-item]
            wrapping = _stretched(lock.passphrase, salt, SCRYPT_N)
        else:
            how, wrapping = {"kind": "key", "id": lock.key_id}, lock.key
        wrapped = nonce + AESGCM(wrapping).encrypt(nonce, raw, FORMAT.encode())
        facts = {"format": FORMAT, "lock": how, "wrapped": base64.b64encode(wrapped).decode()}
        header = json.dumps(facts).encode() + b"\n"
        self._file, self._cipher = file, AESGCM(raw)
        self._bound, self._number, self._waiting = hashlib.sha256(header).digest(), 0, bytearray()
        self._press = zlib.compressobj(1)
        file.write(header)

    def write(self, plain: bytes) -> None:
        self._waiting += self._press.compress(plain)
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        self._waiting += self._press.flush()
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        self._seal(bytes(self._waiting), is_last=True)

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, is_last), piece, self._bound))
        self._number += 1


class Reader(io.RawIOBase):
    """Gives the plain bytes back; raises Damaged at the first byte that is not as it was written."""

    def __init__(self, file: IO[bytes], lock: Lock) -> None:
        header = file.readline(LONGEST_HEADER)
        try:
            facts = json.loads(header)
            if facts["format"] != FORMAT:
                raise Damaged("This backup is in a format that this version does not know.")
            wrapped, how = base64.b64decode(facts["wrapped"]), facts["lock"]
            raw = AESGCM(_unlocking(lock, how)).decrypt(wrapped[:12], wrapped[12:], FORMAT.encode())
        except InvalidTag as fault:
            raise WrongKey("The key or passphrase does not fit this backup.") from fault
        except (KeyError, TypeError, ValueError) as fault:
            raise Damaged("This file is not a backup of Companionway.") from fault
        self._file, self._cipher = file, AESGCM(raw)
        self._bound, self._number = hashlib.sha256(header).digest(), 0
        self._next, self._is_over = file.read(PIECE + TAG), False
        self._press, self._plain = zlib.decompressobj(), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._plain and not self._is_over:
            self._plain = memoryview(self._open())
        count = min(len(into), len(self._plain))
        into[:count] = self._plain[:count]
        self._plain = self._plain[count:]
        return count

    def _open(self) -> bytes:
        piece, self._next = self._next, self._file.read(PIECE + TAG)
        is_last = not self._next
        try:
            pressed = self._cipher.decrypt(_nonce(self._number, is_last), piece, self._bound)
            plain = self._press.decompress(pressed)
        except (InvalidTag, ValueError, zlib.error) as fault:
            raise Damaged(f"The backup is damaged or cut off (piece {self._number + 1}).") from fault
        self._number += 1
        if is_last:
            plain += self._press.flush()
            self._is_over = True
            if not self._press.eof:
                raise Damaged("The backup is cut off.")
        return plain
