"""Nonsense at every door of this room: an answer in the four hundreds at worst, never a stumble."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companionway.people.urls import urlpatterns
from tests.cast import Cast
from tests.often import times

FIELDS = [
    "name", "age", "programme", "purposes", "new", "again", "now", "code", "passphrase", "next", "text", "audience",
    "panic", "languages", "never", "safe_times", "words", "purpose", "deed", "language", "time_zone", "quiet_from",
    "word", "role", "practice_model", "ages", "first_word_hours", "mon", "holidays", "country", "values_first", "q",
]  # fmt: skip
NASTY = [
    "", "\x00", "\ud800", "🌿" * 50, "'; drop table people_person; --", "{{ 7*7 }}", "-1", "9" * 400,
    "../../etc/passwd", "\u202egnihtyna", "x" * 20_000, "nan", "2026-02-30", "25:61", "adult",
    "story", "matching", "give", "en",
]  # fmt: skip
ENDS = {"end_all_devices", "delete", "sign_out"}


def addresses(cast: Cast) -> list[str]:
    known = {"by": "supporter", "kind": "experience", "pk": "1"}
    found = []
    for each in urlpatterns:
        if each.name not in ENDS:
            parts = re.sub(r"<\w+:(\w+)>", lambda m: known.get(m[1], cast.mina.public_id), str(each.pattern))
            found.append("/" + parts)
    return found


words = st.sampled_from(NASTY) | st.text(max_size=60)


@pytest.mark.parametrize("who", ["nobody", "mina", "adil"])
@settings(max_examples=times(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    answers=st.dictionaries(st.sampled_from(FIELDS), words, max_size=8),
    place=st.integers(0, 10_000),
    data=words,
)
def test_no_door_stumbles(cast: Cast, who: str, answers: dict[str, str], place: int, data: str) -> None:
    client = Client()
    if who != "nobody":
        client.force_login(getattr(cast, who))
    every = addresses(cast)
    address = every[place % len(every)]
    body = {key: value.encode("utf-8", "replace").decode() for key, value in answers.items()}
    for reply in (
        client.get(address, body),
        client.post(address, body),
        client.post(address, data.encode("utf-8", "replace"), content_type="application/json"),
    ):
        assert reply.status_code < 500
