"""What stands on somebody's own page here, on a statement, and before a panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from companionway.moderation import policy
from companionway.moderation.models import Appeal, Decision, PanelYes, Seat
from companionway.moderation.opening import APPEAL, FACTS, message_words, open_view, opened
from companionway.moderation.states import APPEAL_WITHIN, PANEL
from companionway.people.models import Person


@dataclass(frozen=True, slots=True)
class Home:
    """Statements about me, panels I sit on, and, for those who answer reports, what was decided and what waits."""

    statements: list[Decision]
    seats: list[Seat]
    decisions: list[Decision]
    says_yes: bool


def home_of(actor: Person) -> Home:
    told = policy.visible_to(actor).select_related("programme").order_by("-holds_at", "-pk")
    seats = policy.seats_visible_to(actor).select_related("decision__programme", "decision__appeal")
    handled = policy.handled_by(actor).select_related("programme", "made_by").order_by("-made_at", "-pk")
    return Home(
        statements=list(told),
        seats=list(seats.order_by("decision__appeal__answered_at", "pk")),
        decisions=list(handled[:50]),
        says_yes=PanelYes.objects.filter(person=actor).exists(),
    )


def what_is_missing(actor: Person) -> tuple[int, int]:
    """For an administrator: how many decisions have nobody to read them second, how many appeals no whole panel."""
    here = Decision.objects.filter(programme__organisation=actor.organisation_id, about__isnull=False)
    alone = [
        each
        for each in here.waiting().select_related("programme", "report")
        if not policy.seconds(each).exists()
    ]
    unheard = Appeal.objects.filter(decision__in=here, answered_at=None, missing_told_at__isnull=False)
    seated = Seat.objects.filter(declined_at=None, decision__in=unheard.values("decision"))
    counts: dict[int, int] = {}
    for pk in seated.values_list("decision_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    whole = [pk for pk, n in counts.items() if n >= PANEL]
    return len(alone), unheard.exclude(decision__in=whole).count()


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of reasons, opened, with the appeal, who hears it, and what they found."""

    facts: str
    until: datetime | None
    appeal_until: datetime | None
    appeal: Appeal | None
    appeal_words: str
    panel: list[str]
    # Their own words, where a message is taken away: {"text", "note"}.
    message: dict[str, str]
    views: list[tuple[str, str]]


def statement_of(decision: Decision) -> Statement:
    appeal = Appeal.objects.filter(decision=decision).first()
    seats = (
        list(decision.seats.filter(declined_at=None).select_related("person").order_by("pk"))
        if appeal
        else []
    )
    until = None
    if decision.stop is not None:
        days = decision.stop.days
        until = decision.stop.ended_at or (
            decision.stop.began_at + timedelta(days=days) if days is not None else None
        )
    if decision.left_out is not None:
        until = decision.left_out.ended_at or decision.left_out.until_at
    return Statement(
        facts=opened(decision, decision.sealed_facts, FACTS),
        until=until,
        appeal_until=decision.holds_at + APPEAL_WITHIN if decision.holds_at else None,
        appeal=appeal,
        appeal_words=opened(decision, appeal.sealed_words, APPEAL) if appeal else "",
        panel=[each.person.name for each in seats],
        message=message_words(decision),
        # All three, in no order that tells whose is whose; only when the panel has answered.
        views=sorted((str(each.get_finding_display()), open_view(each)) for each in seats)
        if appeal and appeal.answered_at
        else [],
    )


@dataclass(frozen=True, slots=True)
class PanelShown:
    """What the three read: the statement, the facts, the words that were taken away, and the appeal.

    Not who reported, nor any other report.
    """

    facts: str
    appeal_words: str
    own_view: str
    others: int
    message: dict[str, str]


def panel_shown(seat: Seat) -> PanelShown:
    decision = seat.decision
    others = decision.seats.filter(declined_at=None).exclude(pk=seat.pk).exclude(finding="").count()
    return PanelShown(
        opened(decision, decision.sealed_facts, FACTS),
        opened(decision, decision.appeal.sealed_words, APPEAL),
        open_view(seat),
        others,
        message_words(decision),
    )


def seconds_of(decision_id: int) -> set[int]:
    """Ids of those who could read a waiting decision second."""
    decision = Decision.objects.filter(pk=decision_id).select_related("programme", "report").first()
    return set(policy.seconds(decision).values_list("pk", flat=True)) if decision else set()


def panel_of(decision_id: int) -> set[int]:
    """Ids of those on the panel who have not written yet."""
    owed = Seat.objects.filter(decision=decision_id, declined_at=None, finding="")
    return set(owed.values_list("person_id", flat=True))


def asked_about_names(actor_id: int | None) -> set[int]:
    """Ids of those who could say the second yes to two names being one person's."""
    actor = Person.objects.filter(pk=actor_id or 0).first()
    return set(policy.answering_beside(actor).values_list("pk", flat=True)) if actor else set()
