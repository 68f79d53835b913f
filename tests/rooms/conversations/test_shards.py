"""The statements of the hot paths could be answered by one shard: each names what it is about.

Past one database, rows live where their organisation lives. A statement can be sent to that place only when it names
a person, a conversation, a session, a message or another key that belongs to one organisation. This reads every
statement of sending, catching up, replaying and drawing pages as it goes to the database.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper

from companionway.conversations import queries, services
from companionway.conversations.models import Conversation, Message
from tests.cast import NOW, Cast
from tests.rooms.conversations.conftest import signed_in
from tests.rooms.conversations.test_lane_doors import GOOD, ask, cookie

# Tables that grow with people and what they do, and the columns that each belong to one organisation.
BIG = {
    "conversations_conversation": {"id", "public_id", "programme_id"},
    "conversations_participant": {"id", "conversation_id", "person_id"},
    "conversations_message": {"id", "conversation_id", "author_id", "client_id"},
    "conversations_draft": {"id", "conversation_id", "person_id"},
    "foundation_record": {"id", "about_id", "actor_id", "subject"},
    "foundation_datakey": {"id", "owner_id"},
    "people_person": {"id", "public_id", "sign_in_name", "organisation_id"},
    "people_device": {"id", "session_key", "person_id"},
    "people_roleheld": {"id", "person_id", "programme_id"},
    "django_session": {"session_key"},
    "notices_notice": {"id", "person_id"},
    "support_relationship": {
        "id",
        "public_id",
        "member_id",
        "supporter_id",
        "conversation_id",
        "programme_id",
    },
    "safety_block": {"id", "by_id", "about_id", "person_id", "other_id", "blocker_id", "blocked_id"},
}
TABLE = re.compile(
    r'\b(?:from|join|update)\s+"?(\w+)"?(?:\s+(?:as\s+)?"?(?!(?:where|on|inner|left|join|set|order|group|limit)\b)(\w+)"?)?',
    re.I,
)
NAMED = re.compile(
    r'(?:"?(\w+)"?\.)?"?(\w+)"?\s*(?:=|in)\s*\(?\s*(?:%s|\?|-?\d|\'|\(|"?\w+"?\."?\w+"?|any\b)', re.I
)


def unrouted(sql: str) -> list[str]:
    """The big tables of a statement of which no key is named, neither by a value nor by a join."""
    flat = " ".join(sql.split())
    if flat.lower().startswith("insert"):
        return []
    names = {(alias or table): table for table, alias in TABLE.findall(flat)}
    named = {(alias, column) for alias, column in NAMED.findall(flat)}
    # A join says "a.x = b.y": both sides are named by it.
    named |= {(m[2], m[3]) for m in re.findall(r'"?(\w+)"?\."?(\w+)"?\s*=\s*\(?"?(\w+)"?\."?(\w+)"?', flat)}
    return [
        table
        for alias, table in names.items()
        if table in BIG and not any(column in BIG[table] and of in {alias, table, ""} for of, column in named)
    ]


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement of every thread, from here on."""
    seen: list[str] = []
    execute = CursorWrapper.execute

    def noted(self: CursorWrapper, sql: Any, params: Any = None) -> Any:
        seen.append(str(sql))
        return execute(self, sql, params)

    monkeypatch.setattr(CursorWrapper, "execute", noted)
    return seen


def _talk_live(cast: Cast, pair: Conversation) -> None:
    who = cookie(cast.mina)
    where = f"/messages/{pair.public_id}/"

    async def run() -> None:
        for number in range(3):
            body = f"text=hello&client_id=shard-test-{number:04d}".encode()
            answer = await ask("POST", where + "send", who=who, body=body, headers=GOOD)
            assert answer.status == 200
        assert (await ask("GET", where + "since?seq=0", who=who, headers=GOOD)).status == 200

    asyncio.run(run())


@pytest.mark.django_db(transaction=True)
def test_every_statement_of_the_hot_paths_names_its_place(
    cast: Cast, pair: Conversation, statements: list[str]
) -> None:
    _talk_live(cast, pair)
    browser = signed_in(cast.theo)
    for address in ("/messages/", f"/messages/{pair.public_id}/", "/"):
        assert browser.get(address).status_code == 200
    list(queries.changed_since(cast.theo.pk, 0, 50))
    newest = Message.objects.filter(conversation=pair).latest("pk").pk
    services.mark_read(actor=cast.theo, conversation=pair, up_to=newest, now=NOW)
    touched = [sql for sql in statements if any(table in sql for table in BIG)]
    assert len(touched) > 20, "the hot paths were walked"
    assert [(tables, sql) for sql in touched if (tables := unrouted(sql))] == []


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("select id from conversations_message where seq > 5", ["conversations_message"]),
        (
            "select m.id from conversations_message m where m.state = 'here' order by m.id",
            ["conversations_message"],
        ),
        ('SELECT COUNT(*) FROM "people_person" WHERE "people_person"."is_active"', ["people_person"]),
        ("select m.id from conversations_message m where m.conversation_id = %s and m.seq > %s", []),
        (
            "select m.id from conversations_message m join conversations_participant p "
            "on p.conversation_id = m.conversation_id where p.person_id = %s",
            [],
        ),
        ("update conversations_participant set last_read_id = 4", ["conversations_participant"]),
    ],
)
def test_the_reader_of_statements_sees_what_has_no_place(sql: str, found: list[str]) -> None:
    assert unrouted(sql) == found
