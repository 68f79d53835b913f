"""This room's part of deleting everything. What protects somebody stays, unless the chosen law lets it go."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from companionway.foundation import ids
from companionway.people.models import Person
from companionway.safeguarding import opening, profiles, queries
from companionway.safeguarding.models import SAFEGUARDING, SafeguardingRecord
from companionway.safeguarding.states import Part

ids.owners(SAFEGUARDING, "safeguarding.SafeguardingRecord")


def part(person: Person, now: datetime) -> dict[str, int]:
    """Records stay, with a number instead of a name for who has left. Never counted: the proof would tell of them.

    Where every chosen profile lets a person's wish prevail, closed records about them go, unless one is to be kept
    longer. What they wrote about others stays in any case: it is there for those others.
    """
    if profiles.may_erase(queries.arrangement_of(person.organisation_id).countries):
        closed = SafeguardingRecord.objects.closed().filter(
            concerned__person=person, concerned__part=Part.ABOUT
        )
        held = SafeguardingRecord.objects.held().values("pk")
        opening.destroy(list(closed.exclude(pk__in=held).values_list("pk", flat=True)), now)
    return {}


def what_stays(person: Person) -> list[str]:
    """Said to everybody before they delete everything, whether or not there is a record."""
    said = _(
        "If the organisation keeps a record to protect somebody, it stays, and what you told for one stays "
        "in it. We cannot say here whether there is one."
    )
    reasons = [
        f"{each.erasure_reason} ({each.erasure_source})" for each in queries.why_kept(person.organisation)
    ]
    if reasons:
        reasons.append(_("Nobody with legal training has checked this for your organisation."))
    return [" ".join([said, *reasons])]
