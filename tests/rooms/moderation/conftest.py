"""Cora and Dara answer reports; Theo supports Mina; Petra, Quinn and Rafi have said yes to panels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest

from companionway.moderation import services
from companionway.moderation.models import Appeal, Decision, Seat
from companionway.moderation.services import Said
from companionway.moderation.states import Finding, Outcome
from companionway.people import roles
from companionway.people.models import Person
from companionway.safety import services as safety
from companionway.safety.models import Report
from companionway.support import services as support
from companionway.support.models import Relationship
from tests.cast import NOW, Cast, give, make_cast, make_person

FACTS = "On Tuesday you asked for a loan, and again on Thursday."
APPEAL = "It was about a bus ticket, and I gave it back."


@dataclass(frozen=True)
class Fair:
    cast: Cast
    dara: Person
    panel: tuple[Person, Person, Person]
    walk: Relationship

    def report(
        self, *, reporter: Person | None = None, about: Person | None = None, message: int | None = None
    ) -> Report:
        about = about or self.cast.theo
        subject = f"person:{about.public_id}" if message is None else f"message:{message}"
        return safety.report(
            actor=reporter or self.cast.mina, about=about, subject=subject, words="He asked.", extract="",
            programme=self.cast.programme, reason="money", now=NOW,
        )  # fmt: skip

    def decide(self, report: Report | None = None, now: datetime = NOW, **said: object) -> Decision:
        facts = {"outcome": Outcome.PAUSE, "reason": "money", "facts": FACTS, "days": 5, **said}
        return services.decide(
            actor=fresh(self.cast.cora),
            report=report or self.report(),
            said=Said(**facts),
            now=now,  # type: ignore[arg-type]
        )

    def excluded(self) -> Decision:
        waits = self.decide(outcome=Outcome.EXCLUSION, days=None)
        return services.agree(actor=fresh(self.dara), decision=waits, now=NOW)

    def appeals(self, decision: Decision, now: datetime = NOW) -> Appeal:
        return services.appeal(actor=fresh(self.cast.theo), decision=decision, words=APPEAL, now=now)

    def views(self, *found: Finding, days: int | None = None) -> None:
        for seat, finding in zip(Seat.objects.filter(declined_at=None).order_by("pk"), found, strict=True):
            services.write_view(
                actor=seat.person,
                seat=seat,
                finding=finding,
                words=f"I think: {finding}.",
                days=days,
                now=NOW,
            )


def fresh(person: Person) -> Person:
    """As another request finds them: nothing about roles remembered."""
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def fair(db: None) -> Fair:
    cast = make_cast()
    dara = make_person("Dara")
    give(dara, roles.COORDINATOR, cast.programme)
    panel = tuple(make_person(name) for name in ("Petra", "Quinn", "Rafi"))
    for person, role in zip(panel, (roles.MEMBER, roles.SUPPORTER, roles.SUPERVISOR), strict=True):
        give(person, role, cast.programme)
        services.say_panel_yes(actor=person, is_yes=True, now=NOW)
    walk = support.begin(
        actor=cast.mina, programme=cast.programme, member=cast.mina, supporter=cast.theo, reasons=[], now=NOW
    )
    return Fair(cast, dara, panel, walk)  # type: ignore[arg-type]
