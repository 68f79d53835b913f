"""`--organisation HOST`: which organisation a command is for, where one server carries several."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError, CommandParser

from companionway.people import queries
from companionway.people.models import Organisation


def add_organisation(parser: CommandParser) -> None:
    parser.add_argument(
        "--organisation",
        metavar="HOST",
        default=None,
        help="the host name of the organisation that is meant (- for the one without), where there are several",
    )


@contextmanager
def for_organisation(host: str | None) -> Iterator[Organisation]:
    """The organisation that was named, or the only one; what is done inside is done for it. Raises CommandError."""
    if host is None:
        try:
            here = queries.organisation()
        except queries.WhichOrganisation as several:
            hosts = Organisation.objects.order_by("pk").values_list("host", flat=True)
            named = ", ".join(each or "-" for each in hosts)
            raise CommandError(
                f"Say which organisation, with --organisation and one of: {named}."
            ) from several
    else:
        wanted = Organisation.objects.filter(host="" if host == "-" else host.lower()).first()
        if wanted is None:
            raise CommandError(f"There is no organisation at {host}.")
        here = wanted
    with queries.within(here):
        yield here
