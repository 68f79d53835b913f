"""`companionway import-people FILE`: an existing service's list of people, first as a dry run."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from companionway.foundation.policy import Refused
from companionway.people import names, queries, roster, services
from companionway.people.management.meant import add_organisation, for_organisation
from companionway.people.models import Organisation, Person, Programme


class Command(BaseCommand):
    help = (
        "Read a roster (CSV or XLSX; the first line names the columns) and make a person for each row. Without --apply "
        "nothing is written: every row that cannot be taken is named with its line and what to mend. Fields: "
        + ", ".join(roster.FIELDS)
        + "."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        add_organisation(parser)
        parser.add_argument(
            "--map", default="", help="our field=your column, with commas: name=Full name,role=Part"
        )
        parser.add_argument("--apply", action="store_true", help="write; all rows or none")
        parser.add_argument(
            "--codes",
            type=Path,
            help="where the one-time joining codes go (CSV to print; default: beside the file)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with for_organisation(options["organisation"]) as here:
            self._import(here, options)

    def _import(self, here: Organisation, options: dict[str, Any]) -> None:
        try:
            found = self._read(here, options["file"], roster.mapping(options["map"]))
        except (roster.NotReadable, OSError) as fault:
            raise CommandError(str(fault)) from fault
        for each in found.faults:
            self.stdout.write(str(each))
        well, wrong = len(found.people), len(found.faults)
        rows = f"{well} row is well" if well == 1 else f"{well} rows are well"
        self.stdout.write(f"{rows}, {wrong} {'thing' if wrong == 1 else 'things'} to mend.")
        if found.faults:
            raise CommandError("Nothing was written. Mend the lines above and run this again.")
        if not options["apply"]:
            self.stdout.write(
                "This was a dry run: nothing was written. Add --apply to bring these people in."
            )
            return
        self._write(here, found, options["codes"] or options["file"].with_suffix(".codes.csv"))

    def _read(self, here: Organisation, path: Path, columns: dict[str, str]) -> roster.Roster:
        programmes = list(Programme.objects.filter(organisation=here.pk).order_by("name", "pk"))
        return roster.read(
            roster.table(path.read_bytes(), path.name),
            columns=columns,
            programmes={names.folded(each.name): each.pk for each in programmes},
            taken=set(Person.objects.of(here).values_list("sign_in_name", flat=True)),
            languages={code for code, _words in settings.LANGUAGES},
            takes={each.pk: each.takes for each in programmes},
        )

    def _write(self, here: Organisation, found: roster.Roster, codes: Path) -> None:
        # The codes open doors: the file is made first, readable by its owner only, so that none is lost or left open.
        try:
            handle = os.open(codes, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as fault:
            raise CommandError(f"Nothing was written: {codes} cannot be made ({fault.strerror}).") from fault
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            try:
                made = services.import_people(actor=None, rows=found.people, now=timezone.now())
            except Refused as refusal:
                codes.unlink()
                raise CommandError(f"Nothing was written: {refusal}") from refusal
            table = csv.writer(file)
            table.writerow(["name", "one-time code", "where"])
            where = f"{queries.public_url(here)}/join/code/"
            table.writerows([person.name, code, where] for person, code in made)
        self.stdout.write(
            f"{len(made)} people are in. Their one-time codes: {codes}. Hand them over, then delete the file."
        )
