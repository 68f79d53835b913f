"""What pages do not show by themselves: notices, exports, counts, the way in, the copy for outages.

Each probe yields what it finds out of place; nothing is well. The planted faults ask the same probes, and stop at the
first find.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from django.test import Client

from companionway.foundation import events
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.introductions import services as introductions
from companionway.notices import tasks
from companionway.notices.models import Notice
from companionway.people import services as people
from companionway.people.models import Person
from companionway.people.queries import is_name_free, within
from companionway.safety import outage
from companionway.safety import services as safety
from tests.access.test_belonging import RULES, strangers_rows
from tests.access.walking import Canary, everybody
from tests.access.world import NOW, Both, World

PASSPHRASE = "four herons and a post"
# Pages with lists and counts on them, for each part that has them.
COUNTING = (
    "/",
    "/desk/",
    "/reports/",
    "/apart/",
    "/notices/",
    "/messages/",
    "/admin/",
    "/admin/people/",
    "/me/",
)
Probe = Callable[[Both, list[Canary]], Iterable[str]]


def pairs(both: Both) -> Iterator[tuple[World, World]]:
    yield both.here, both.elsewhere
    yield both.elsewhere, both.here


def rules(both: Both, canaries: list[Canary]) -> Iterator[str]:
    """Every list rule of every room, asked by everybody."""
    for world in both.each:
        for rule in RULES.values():
            yield from strangers_rows(rule, world)


def the_way_in(both: Both, canaries: list[Canary]) -> list[str]:
    """A name and passphrase, a one-time code, a printed way back: each opens only its own organisation's door."""
    found = []
    for home, other in pairs(both):
        person = home.person(home.parts.waiting)
        with transaction.atomic():
            person.set_password(PASSPHRASE)
            person.save(update_fields=["password"])
            back = people.new_way_back(actor=person, now=NOW)
            form = {"name": person.name, "passphrase": PASSPHRASE}
            for where, well in ((home, True), (other, False)):
                client = Client(SERVER_NAME=where.host)
                client.post("/sign-in/", form)
                if (client.get("/me/").status_code == 200) is not well:
                    found.append(f"{person.pk} by passphrase at {where.host}: {not well}")
            client = Client(SERVER_NAME=other.host)
            client.post("/way-back/", {"name": person.name, "code": back})
            if client.get("/me/").status_code == 200:
                found.append(f"{person.pk} came in at {other.host} by their way back")
            transaction.set_rollback(True)
        with within(other.organisation):
            if not is_name_free(person.name):
                found.append(f"the name of {person.pk} is known at {other.host}")
    return found


def one_time_codes(both: Both, canaries: list[Canary]) -> list[str]:
    found = []
    for home, other in pairs(both):
        administrator = home.person(sorted(home.parts.administrators)[0])
        with transaction.atomic():
            code = people.invite(actor=administrator, name="Somebody New", now=NOW)
            for where, well in ((other, False), (home, True)):
                with within(where.organisation):
                    try:
                        people.open_with_code(code=code, passphrase=PASSPHRASE, now=NOW)
                        opened = True
                    except Refused:
                        opened = False
                if opened is not well:
                    found.append(f"a code of {home.host} opens at {where.host}: {opened}")
            transaction.set_rollback(True)
    return found


def notices(both: Both, canaries: list[Canary]) -> list[str]:
    """Whatever happens in one organisation, everybody who hears of it belongs to it."""
    found = []
    for home, other in pairs(both):
        with transaction.atomic():
            before = set(Notice.objects.values_list("pk", flat=True))
            _let_things_happen(home)
            events.deliver(limit=10_000)
            strangers = Notice.objects.exclude(pk__in=before).filter(person__organisation=other.organisation)
            found += [f"{each.kind} of {home.host} told to {each.person_id}" for each in strangers]
            if not Notice.objects.exclude(pk__in=before).exists():
                found.append(f"nobody heard of anything in {home.host}")
            transaction.set_rollback(True)
    with transaction.atomic():
        tasks.say_what_is_overdue(NOW + timedelta(days=40))
        for notice in Notice.objects.filter(kind="overdue").select_related("person"):
            programme = int(notice.subject.partition(":")[2])
            if not notice.person.organisation.programmes.filter(pk=programme).exists():
                found.append(f"overdue in {programme} told to {notice.person_id}")
        transaction.set_rollback(True)
    return found


def _let_things_happen(world: World) -> None:
    """One of everything that somebody is told of, done in one organisation."""
    Record.objects.waiting().update(delivered_at=NOW)
    parts, programme = world.parts, world.first.programme
    about = world.person(parts.supporter)
    for reporter in (parts.member, *sorted(parts.coordinators)):
        safety.report(
            actor=world.person(reporter), about=about, subject=f"person:{about.public_id}", words="x",
            extract="", programme=programme, now=NOW,
        )  # fmt: skip
    safety.wish_apart(actor=world.person(parts.waiting), programme=programme, words="x", now=NOW)
    safety.say_line_fails(actor=None, line=world.help_line, now=NOW)
    request = introductions.ask(actor=world.person(parts.member), programme=programme, now=NOW)
    introductions.withdraw_request(actor=world.person(parts.member), request=request, now=NOW)


def counts(both: Both, canaries: list[Canary]) -> Iterator[str]:
    """Nothing that happens in one organisation moves a byte on any page with lists and counts of the other."""
    for home, other in pairs(both):
        knocks = [each for each in everybody(both) if each.home is home]
        with transaction.atomic():
            before = {(each.actor, page): _seen(each.client, page) for each in knocks for page in COUNTING}
            _let_things_happen(other)
            events.deliver(limit=10_000)
            for each in knocks:
                for page in COUNTING:
                    if _seen(each.client, page) != before[each.actor, page]:
                        yield f"{page} of {each.actor} moved"
            transaction.set_rollback(True)


def _seen(client: Client, page: str) -> tuple[int, int]:
    response = client.get(page, follow=True)
    return response.status_code, len(response.content)


def exports(both: Both, canaries: list[Canary]) -> Iterator[str]:
    """`companionway export` of one organisation, and everybody's own download, hold nothing of the other one."""
    for home, other in pairs(both):
        words = [each for each in canaries if not each.readers & home.actors]
        with tempfile.TemporaryDirectory() as folder:
            host = home.organisation.host or "-"
            call_command("export", f"{folder}/all", "--with-words", organisation=host, verbosity=0)
            for path in Path(folder).rglob("*.*"):
                text = path.read_text(encoding="utf-8")
                for each in words:
                    if each.words in text:
                        yield f"{each.label} in {path.name} of {home.host}"
                for person in other.people.values():
                    if person.public_id in f"{path.name} {text}":
                        yield f"somebody of {other.host} in {path.name}"


def outage_copies(both: Both, canaries: list[Canary]) -> list[str]:
    """Help now, and the copy of it for when nothing else works, show each organisation's own numbers only."""
    outage.write(NOW)
    found = []
    for home, other in pairs(both):
        copy = outage.read("en", home.host, NOW.date()) or ""
        page = Client(SERVER_NAME=home.host).get("/help-now/").content.decode()
        for where, text in (("copy", copy), ("page", page)):
            if home.help_line.name not in text:
                found.append(f"the {where} of {home.host} lacks its own number")
            if other.help_line.name in text:
                found.append(f"the {where} of {home.host} shows a number of {other.host}")
    return found


def records(both: Both, canaries: list[Canary]) -> list[str]:
    """What is kept about deeds, and handed to those who react, are ids: never anybody's words."""
    payloads = "\n".join(str(each) for each in Record.objects.values_list("payload", "subject"))
    found = [each.label for each in canaries if len(each.words) >= 12 and each.words in payloads]
    of = dict(Person.objects.values_list("pk", "organisation"))
    for record in Record.objects.exclude(actor_id=None).exclude(about_id=None):
        if of[record.actor_id] != of[record.about_id]:
            found.append(f"record {record.pk} ties two organisations")
    return found


PROBES: dict[str, Probe] = {
    "rules": rules,
    "the way in": the_way_in,
    "one-time codes": one_time_codes,
    "notices": notices,
    "counts": counts,
    "exports": exports,
    "outage copies": outage_copies,
    "records": records,
}
