"""`companionway export FOLDER`: what the service keeps, in open formats that a fresh install can read again."""

from __future__ import annotations

import csv
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.forms.models import model_to_dict
from django.utils import timezone

from companionway.people import exporting, names, roster, services
from companionway.people.management.meant import add_organisation, for_organisation
from companionway.people.models import Organisation, Person, Programme, RoleHeld

READ_ME = """What is in this folder

organisation.json   who runs the service, its hours and holidays
programmes.json     each programme with its own copy of its practice model
people.csv          names and roles; `companionway import-people people.csv` reads it on a fresh install
people/*.json       only with --with-words or --person: everything about one person, opened ("companionway.person/1")

Keep it locked away. Whoever has this folder can read it.
"""


class Command(BaseCommand):
    help = (
        "Write the whole organisation into a new folder as JSON and CSV. What people wrote is left out unless "
        "--with-words is given. With --person, only that person's everything, for somebody who cannot download it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        add_organisation(parser)
        parser.add_argument("--person", default="", help="the name one person signs in with")
        parser.add_argument(
            "--with-words", action="store_true", help="also everything each person wrote, opened"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with for_organisation(options["organisation"]) as here:
            self._export(here, options)

    def _export(self, here: Organisation, options: dict[str, Any]) -> None:
        folder, now = options["folder"], timezone.now()
        chosen = self._chosen(here, options["person"])
        try:
            folder.mkdir(parents=True, mode=0o700)
        except FileExistsError as fault:
            raise CommandError(f"{folder} is already there. Name a new folder.") from fault
        except OSError as fault:
            raise CommandError(f"{folder} cannot be made: {fault.strerror}.") from fault
        write(folder / "READ-ME.txt", READ_ME)
        if not options["person"]:
            self._organisation(here, folder)
        if options["person"] or options["with_words"]:
            self._words(folder, chosen, now)
        self.stdout.write(f"Written to {folder}: {len(chosen)} people.")

    def _chosen(self, here: Organisation, name: str) -> list[Person]:
        people = Person.objects.of(here).here().order_by("pk")
        if name:
            people = people.filter(sign_in_name=names.folded(name))
            if not people.exists():
                raise CommandError(f"There is nobody with the name {name}.")
        return list(people)

    def _organisation(self, here: Organisation, folder: Path) -> None:
        rows = [model_to_dict(here, exclude=["id"])] if here.pk else []
        write(
            folder / "organisation.json",
            _json({"format": "companionway.organisation/1", "organisations": rows}),
        )
        programmes = [
            model_to_dict(each, exclude=["id", "organisation"])
            for each in Programme.objects.filter(organisation=here.pk).order_by("pk")
        ]
        write(
            folder / "programmes.json",
            _json({"format": "companionway.programmes/1", "programmes": programmes}),
        )
        with opened(folder / "people.csv") as file:
            table = csv.writer(file)
            table.writerow(roster.FIELDS)
            table.writerows(_rows(here))

    def _words(self, folder: Path, people: list[Person], now: datetime) -> None:
        (folder / "people").mkdir(mode=0o700)
        for person in people:
            services.record_read(
                actor=None, about=person, subject=f"person:{person.pk}", reason_key="file", now=now
            )
            write(folder / "people" / f"{person.public_id}.json", exporting.as_json(person, now))


def _rows(here: Organisation) -> list[list[str]]:
    """One row per person with their member and supporter roles of now, as `import-people` takes them.

    Coordinators and administrators are not on the roster: colleagues are invited on the new install.
    """
    held = RoleHeld.objects.filter(
        until_at=None, programme__isnull=False, role__in=set(roster.ROLES.values())
    )
    held = held.filter(person__in=Person.objects.of(here).here()).select_related("person", "programme")
    rows: dict[Person, list[RoleHeld]] = {}
    for each in held.order_by("person_id", "pk"):
        rows.setdefault(each.person, []).append(each)
    return [[person.name, *_places(mine), *_facts(person)] for person, mine in rows.items()]


def _places(held: list[RoleHeld]) -> list[str]:
    return [
        "; ".join(each.role for each in held),
        "; ".join(each.programme.name for each in held if each.programme),
    ]


def _facts(person: Person) -> list[str]:
    return [person.pronouns, person.language, person.email, person.age_band]


def opened(path: Path) -> Any:
    return os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline=""
    )


def write(path: Path, content: str) -> None:
    with opened(path) as file:
        file.write(content)


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, default=str)
