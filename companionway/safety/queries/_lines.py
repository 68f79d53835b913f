"""Which numbers can be shown today, and which must be checked again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from companionway.people.models import Organisation, Person
from companionway.safety import policy
from companionway.safety.models import HelpLine, LineKind

DUE_SOON_DAYS: Final = 30
_KIND_ORDER: Final = Case(
    *(When(kind=kind, then=Value(place)) for place, kind in enumerate(LineKind.values)),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class Shelf:
    """What one country's page shows. Without `emergency` the page says so in words and gives no number."""

    country: str
    emergency: list[HelpLine] = field(default_factory=list)
    lines: list[HelpLine] = field(default_factory=list)

    @property
    def is_demonstration(self) -> bool:
        return any(line.is_demonstration for line in (*self.emergency, *self.lines))

    @property
    def checked_until(self) -> date | None:
        """The first day on which something here stops being vouched for."""
        days = [line.expires_on for line in (*self.emergency, *self.lines) if line.expires_on]
        return min(days) if days else None


def _shown(organisation: Organisation | None, today: date) -> QuerySet[HelpLine]:
    live = HelpLine.objects.live(today)
    if organisation is None or organisation.pk is None:
        return live.none()
    # A demonstration's numbers never reach the pages of a real service.
    if not organisation.is_demonstration:
        live = live.filter(is_demonstration=False)
    return live.filter(organisation=organisation)


def shown_line(organisation: Organisation, public_id: str, today: date) -> HelpLine | None:
    """One number that stands on this organisation's page today."""
    return _shown(organisation, today).filter(public_id=public_id).first()


def countries(organisation: Organisation | None, today: date) -> list[str]:
    """Codes of the countries with at least one number that may be shown today."""
    return list(_shown(organisation, today).order_by("country").values_list("country", flat=True).distinct())


def lines_for(organisation: Organisation | None, country: str, today: date) -> Shelf:
    """The numbers for one country: emergency first, then by kind and name. Never an expired one."""
    rows = list(_shown(organisation, today).filter(country=country).order_by(_KIND_ORDER, "name", "pk"))
    emergency = [line for line in rows if line.kind == LineKind.EMERGENCY]
    return Shelf(country, emergency, [line for line in rows if line.kind != LineKind.EMERGENCY])


def lines_to_check(actor: Person, today: date) -> QuerySet[HelpLine]:
    """Every number that `actor` keeps: unchecked and expired first, then by how soon it must be checked."""
    soon = today + timedelta(days=DUE_SOON_DAYS)
    return (
        policy.lines_kept_by(actor)
        .select_related("half_checked_by", "verified_by", "also_verified_by")
        .annotate(
            open_troubles=Count("troubles", filter=Q(troubles__settled_at=None)),
            due=Case(
                When(Q(expires_on=None) | Q(expires_on__lt=today), then=Value(0)),
                When(expires_on__lte=soon, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            ),
        )
        .order_by("due", "expires_on", "country", "name", "pk")
    )


def keepers_of(line_id: int) -> set[int]:
    """Ids of those who keep this number true."""
    line = HelpLine.objects.filter(pk=line_id).first()
    return set(policy.keepers_of(line).values_list("pk", flat=True)) if line else set()
