"""As much of an XMPP client as the load needs: plain TCP, stream management as every phone has it on, archive queries.

A message between two is stored when the server confirms the stanza (XEP-0198) after its archive took it; in a room,
when the room sends it back to its writer. Whether that is true is read back from the archive (XEP-0313).
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import secrets
from collections import deque
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, XMLPullParser

from bench.systems.base import MARK

STREAM = "{http://etherx.jabber.org/streams}"
CLIENT, SM, MAM = "{jabber:client}", "{urn:xmpp:sm:3}", "{urn:xmpp:mam:2}"
HEAD = (
    "<?xml version='1.0'?><stream:stream to='%s' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>"
)
PATIENCE = 30.0


class _Stanzas:
    """Cuts a stream into its top-level elements, and forgets each once it was handled."""

    def __init__(self, handle: Callable[[Element], None]) -> None:
        self._handle, self._depth = handle, 0
        self._root: Element | None = None
        self._parser: Any = XMLPullParser(("start", "end"))

    def feed(self, data: bytes) -> None:
        self._parser.feed(data)
        for event, element in self._parser.read_events():
            if event == "start":
                self._depth += 1
                self._root = self._root if self._root is not None else element
                continue
            self._depth -= 1
            if self._depth == 1 and self._root is not None:
                self._handle(element)
                self._root.clear()


class XmppPerson:
    """One signed-in person; also their live connection."""

    def __init__(self, number: int, domain: str) -> None:
        self.number, self.domain, self.jid = number, domain, f"p{number}@{domain}"
        self.on_mark: Callable[[str], None] = lambda mark: None
        self._ids = itertools.count()
        self._answers: dict[str, asyncio.Future[Element]] = {}
        self._next: asyncio.Future[Element] = asyncio.get_running_loop().create_future()
        self._managed, self._received, self._sent = False, 0, 0
        self._unconfirmed: deque[tuple[int, asyncio.Future[None]]] = deque()
        self._reflections: dict[str, asyncio.Future[None]] = {}
        self._archived: list[str] = []

    async def open(self, port: int, password: str) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        self._restart()
        self._task = asyncio.ensure_future(self._read())
        await self._answer()
        given = base64.b64encode(f"\0p{self.number}\0{password}".encode()).decode()
        self._write(f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{given}</auth>")
        if not (await self._answer()).tag.endswith("success"):
            raise RuntimeError(f"{self.jid} was not let in")
        self._restart()
        await self._answer()
        await self.ask("set", "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>")
        self._write("<enable xmlns='urn:xmpp:sm:3' resume='true'/>")
        if not (await self._answer()).tag.endswith("enabled"):
            raise RuntimeError("no stream management")
        self._managed, self._received, self._sent = True, 0, 0
        await self.ask("set", "<enable xmlns='urn:xmpp:carbons:2'/>")
        self._stanza("<presence/>")

    def _restart(self) -> None:
        self._stanzas = _Stanzas(self._handle)
        self._write(HEAD % self.domain)

    async def _read(self) -> None:
        while data := await self._reader.read(65_536):
            self._stanzas.feed(data)

    def _write(self, text: str) -> None:
        self._writer.write(text.encode())

    def _stanza(self, text: str) -> None:
        self._sent += 1
        self._write(text)

    async def _answer(self) -> Element:
        """The next element that is no stanza: features, success, enabled."""
        found = await asyncio.wait_for(self._next, PATIENCE)
        self._next = asyncio.get_running_loop().create_future()
        return found

    def _handle(self, element: Element) -> None:
        tag = element.tag
        if tag == SM + "r":
            self._write(f"<a xmlns='urn:xmpp:sm:3' h='{self._received}'/>")
        elif tag == SM + "a":
            self._confirm(int(element.attrib["h"]))
        elif tag.startswith(CLIENT):
            self._received += self._managed
            self._take(tag.removeprefix(CLIENT), element)
        elif not self._next.done():
            self._next.set_result(element)

    def _confirm(self, reached: int) -> None:
        while self._unconfirmed and self._unconfirmed[0][0] <= reached:
            _, stored = self._unconfirmed.popleft()
            if not stored.done():
                stored.set_result(None)

    def _take(self, kind: str, element: Element) -> None:
        if kind == "message":
            return self._hear(element)
        found = self._answers.pop(element.get("id", ""), None)
        if found is not None and not found.done():
            found.set_result(element)
        elif kind == "iq" and element.get("type") in ("get", "set"):
            back = f"to='{element.get('from')}'" if element.get("from") else ""
            self._stanza(f"<iq type='result' id='{element.get('id')}' {back}/>")
        return None

    def _hear(self, element: Element) -> None:
        archived = element.find(MAM + "result")
        said = (archived if archived is not None else element).find(f".//{CLIENT}body")
        text = (said.text or "") if said is not None else ""
        if archived is not None:
            self._archived.append(text)
        elif found := MARK.search(text.encode()):
            mark = found.group(1).decode()
            if (mine := self._reflections.pop(mark, None)) is not None:
                mine.set_result(None)
            self.on_mark(mark)

    async def ask(self, kind: str, inner: str, to: str = "") -> Element:
        name = f"q{next(self._ids)}"
        answer = self._answers[name] = asyncio.get_running_loop().create_future()
        self._stanza(f"<iq type='{kind}' id='{name}'" + (f" to='{to}'" if to else "") + f">{inner}</iq>")
        found: Element = await asyncio.wait_for(answer, PATIENCE)
        if found.get("type") == "error":
            raise RuntimeError(f"the server refused: {inner[:60]}")
        return found

    async def send(self, place: tuple[str, ...], words: str) -> None:
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        body, name = f"<body>{words}</body>", f"m{secrets.token_hex(6)}"
        if len(place) == 1:
            self._reflections[words.split("~")[1]] = stored
            self._stanza(f"<message type='groupchat' id='{name}' to='{place[0]}'>{body}</message>")
        else:
            (other,) = (each for each in place if each != self.jid)
            self._stanza(f"<message type='chat' id='{name}' to='{other}'>{body}</message>")
            self._unconfirmed.append((self._sent, stored))
            self._write("<r xmlns='urn:xmpp:sm:3'/>")
        await stored

    async def history(self, place: tuple[str, ...], limit: int) -> str:
        newest = f"<set xmlns='http://jabber.org/protocol/rsm'><max>{limit}</max><before/></set>"
        kind, to = "", place[0] if len(place) == 1 else ""
        if not to:
            (other,) = (each for each in place if each != self.jid)
            field = "<field var='%s'%s><value>%s</value></field>"
            form = field % ("FORM_TYPE", " type='hidden'", "urn:xmpp:mam:2") + field % ("with", "", other)
            kind = f"<x xmlns='jabber:x:data' type='submit'>{form}</x>"
        self._archived = []
        await self.ask("set", f"<query xmlns='urn:xmpp:mam:2'>{kind}{newest}</query>", to)
        return "\n".join(self._archived)

    async def join(self, room: str) -> None:
        joined = self._answers["join"] = asyncio.get_running_loop().create_future()
        quiet = "<history maxstanzas='0'/>"
        self._stanza(
            f"<presence to='{room}/n{self.number}' id='join'>"
            f"<x xmlns='http://jabber.org/protocol/muc'>{quiet}</x></presence>"
        )
        with contextlib.suppress(asyncio.TimeoutError):  # some servers do not send the id back
            await asyncio.wait_for(joined, 0.2)

    async def close(self) -> None:
        self._write("<presence type='unavailable'/></stream:stream>")
        with contextlib.suppress(OSError):
            await self._writer.drain()
        self._task.cancel()
        self._writer.close()
