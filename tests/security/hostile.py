"""Requests that no browser of a person in good faith would send, and what every answer must be like."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from hypothesis import strategies as st

# How many pages and lane requests are tried: HOSTILE=100000 for a long night.
MANY = int(os.environ.get("HOSTILE", "4000"))
METHODS = ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]

WORDS = [
    "", " ", "\x00", "a\x00b", "\ud800", "\u202egnihtyna", "\ufeff", "\u0000\u0001\u001f", "🌿" * 50, "ﷺ" * 40,
    "Z̸̢̛a̷l̶g̴o̵" * 20, "x" * 5001, "x" * 70_000, "'", "'; drop table people_person; --", "\" or 1=1 --", "%s%n%p",
    "{{ 7*7 }}", "{% debug %}", "${7*7}", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%00", "%", "%zz", "\r\nSet-Cookie: a=b", "-1", "0", "1",
    "9" * 19,
    "9" * 400, "9223372036854775808", "-9223372036854775809", "1e309", "nan", "inf", "0x10", "1_000", "٣",
    "１２", "²",
    "true", "null", "[]", "{}", "2026-02-30", "0000-00-00", "9999-12-31", "25:61", "on", "adult", "en",
    "xx-YY", "fr\x00",
    "https://evil.example/", "//evil.example", "/\\evil.example", "http://[::1", "mailto:", "not-a-place",
    "Europe/London",
    "matching", "story", "supporter", "yes", "no", "[object Object]", "a,b", "a;b", "a=b&c=d", "☃", "e\u0301",
    "İ", "ſ",
]  # fmt: skip
FIELDS = [
    "name", "age", "programme", "purposes", "new", "again", "now", "code", "passphrase", "next", "text", "audience",
    "panic", "languages", "never", "safe_times", "words", "purpose", "deed", "language", "time_zone", "quiet_from",
    "quiet_until", "word", "role", "practice_model", "ages", "mon", "holidays", "country", "values_first", "q",
    "page",
    "answer", "answers", "reason", "until", "hours", "most", "level", "topics", "days", "times", "email",
    "endpoint",
    "keys", "client_id", "note", "seq", "after", "message", "theme", "size", "contrast", "file", "step",
    "csrfmiddlewaretoken",
    "said", "door", "url", "number", "title", "kind", "choice", "from_on", "until_on", "date", "month",
    "people", "filter",
]  # fmt: skip
HEADERS: list[tuple[str, list[str]]] = [
    ("Accept-Language", ["ar", "fr;q=nan", "x" * 5000, "*", "en-GB,en;q=0.9" * 50, ";;;", "zz-ZZ"]),
    ("Accept", ["application/json", "*/*;q=x", "text/html" * 200, ""]),
    ("Accept-Encoding", ["gzip", "gzip;q=0", "br;q=1.0, *;q=nan", "identity"]),
    ("Host", ["evil.example", "testserver:99999", "[::1", "", "a" * 300, "testserver\x00", "測試"]),
    ("Origin", ["null", "https://evil.example", "http://testserver", "not a url", "http://["]),
    ("Referer", ["http://[", "https://evil.example/", "x" * 9000, "http://testserver/me/"]),
    ("User-Agent", ["", "x" * 9000, "🌿", "sqlmap/1.0"]),
    ("X-Requested-With", ["fetch", "XMLHttpRequest"]),
    ("X-Forwarded-For", ["1.2.3.4", "::::", "," * 2000, "a, b"]),
    ("X-Forwarded-Proto", ["https", "http,https", ""]),
    ("X-Forwarded-Host", ["evil.example"]),
    ("Content-Length", ["-1", "x", "99999999999999999999", "0"]),
    ("Transfer-Encoding", ["chunked", "gzip"]),
    ("If-Modified-Since", ["nonsense", "Mon, 01 Jan 99999 00:00:00 GMT"]),
    ("If-None-Match", ["*", '"x"', "W/" * 500]),
    ("Range", ["bytes=-1", "bytes=9-1", "bytes=0-99999999999"]),
    ("Sec-Purpose", ["prefetch", "x"]),
    ("Sec-Fetch-Site", ["same-origin", "cross-site"]),
    ("Last-Event-ID", ["-1", "9" * 40, "٣", "x", ""]),
    ("Authorization", ["Basic !!!!", "Bearer x.y.z", "x" * 4000]),
    ("X-HTTP-Method-Override", ["DELETE"]),
    ("Cookie", ["session=x", "session=" + "9" * 5000, "session=\x00; csrftoken=", "=;;=;",
    "look=%%%; session=a.b"]),
]  # fmt: skip
COOKIES = ["session", "csrftoken", "messages", "look", "django_language", "known", "__proto__"]
CONTENT_TYPES = [
    "application/json", "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nonsense", "text/html; charset=" + "x" * 500, "", "////",
]  # fmt: skip
BODIES = [
    b"", b"{", b"[]", b"null", b'{"name": {"$gt": ""}}', b"\xff\xfe\x00", b"a=1&" * 1200, b"text=%ff%fe", b"=",
    b"&&&&",
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
    b"[" * 2000, b'"' * 50,
    b"--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhalf", b"--x\r\n\r\n--x--", b"--x--",
    b"PK\x03\x04zip",
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../x.csv"\r\n\r\na,b\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="\xff"; filename="\x00"\r\n\r\n!!\r\n--x--',
    b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n--x--',
    json.dumps({"a": "b" * 5000}).encode(),
]  # fmt: skip


@dataclass(frozen=True)
class Hostile:
    """One request. `repr` is what a failing test prints: enough to send it again."""

    method: str
    place: int
    path_words: tuple[str, ...]
    is_path_true: bool
    query: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[tuple[str, str], ...]
    raw: tuple[str, bytes] | None = field(default=None)


words = st.sampled_from(WORDS) | st.text(max_size=30)
pairs = st.tuples(st.sampled_from(FIELDS), words)
header = st.sampled_from([(name, value) for name, values in HEADERS for value in values])
raws = st.none() | st.tuples(st.sampled_from(CONTENT_TYPES), st.sampled_from(BODIES) | st.binary(max_size=60))
requests = st.builds(
    Hostile,
    method=st.sampled_from([*METHODS, "POST", "POST", "POST", "GET", "GET"]),
    place=st.integers(0, 10_000),
    path_words=st.tuples(words, words),
    is_path_true=st.sampled_from([True, True, True, False]),
    query=st.lists(pairs, max_size=3).map(tuple),
    fields=st.lists(pairs, max_size=5).map(tuple),
    headers=st.lists(header, max_size=2, unique_by=lambda each: each[0]).map(tuple),
    cookies=st.lists(st.tuples(st.sampled_from(COOKIES), words), max_size=1).map(tuple),
    raw=raws,
)


def plain(text: str) -> str:
    """What can travel in a form: a lone half of a pair is sent as a question mark."""
    return text.encode("utf-8", "replace").decode()


TRACES = (
    "Traceback (most recent call last)", "DisallowedHost", "Using the URLconf", "Request Method:",
    "OperationalError",
    "IntegrityError", "Internal Server Error", "/site-packages/", "django.core", "SELECT ", "Exception Type",
)  # fmt: skip


def faults_of(response: HttpResponseBase, method: str) -> list[str]:
    """What is wrong with this answer, whatever was asked."""
    found = []
    body = _body(response)
    text = body.decode("utf-8", "replace")
    if response.status_code >= 500:
        found.append(f"status {response.status_code}")
    found += [f"shows {mark!r}" for mark in TRACES if mark in text]
    if 400 <= response.status_code < 500 and method != "HEAD":
        found += _unkind(response, text)
    return found


def _unkind(response: HttpResponseBase, text: str) -> list[str]:
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("text/html") and "/help-now/" in text and "<h1" in text:
        return []
    if kind.startswith("application/json"):
        said: Any = json.loads(text)
        return [] if isinstance(said, dict) else ["a refusal that is no object"]
    return [f"an unkind {response.status_code}: {kind} {text[:80]!r}"]


def _body(response: HttpResponseBase) -> bytes:
    if isinstance(response, HttpResponse):
        return unpacked(response.content)
    return unpacked(b"".join(getattr(response, "streaming_content", ())))


def unpacked(body: bytes) -> bytes:
    """The answer as it reads. Whoever says "gzip;q=0" is given gzip all the same, by Django's reading of the header."""
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
