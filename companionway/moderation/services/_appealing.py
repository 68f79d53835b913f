"""An appeal, its panel of three, their views, and what comes of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from companionway.conversations import services as conversations
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.moderation import policy
from companionway.moderation.events import (
    AppealAnswered,
    Appealed,
    AppealLate,
    PanelMissing,
    PanelYesSaid,
    Seated,
    SeatLeft,
    ViewWritten,
)
from companionway.moderation.models import Appeal, Decision, PanelYes, Seat
from companionway.moderation.opening import APPEAL, seal, seal_view
from companionway.moderation.services._deciding import move, whom
from companionway.moderation.services._of_a_group import let_in
from companionway.moderation.services._taking_away import put_back
from companionway.moderation.states import ANSWERED_WITHIN, PANEL, Finding, Outcome, State
from companionway.people import services as people
from companionway.people.models import Person

# From the one end to the other: of three views that all differ, the middle one counts.
_ORDER = (Finding.UPHELD, Finding.CHANGED, Finding.OVERTURNED)
MOST_DAYS = 365
_TIMES_SAT = Seat.objects.filter(person=OuterRef("pk")).values("person").annotate(n=Count("pk")).values("n")


@transaction.atomic
def appeal(*, actor: Person, decision: Decision, words: str, now: datetime) -> Appeal:
    """The person's own words, once. Three people are asked to hear it; due in two weeks. Raises Refused."""
    locked = policy.visible_to(actor).select_for_update(of=("self",)).get(pk=decision.pk)
    require(policy.may_appeal(actor, locked, now))
    sealed = seal(locked, words.strip(), APPEAL)
    if sealed is None:
        raise Refused(_("Please write a few words first."))
    made = Appeal.objects.create(
        decision=locked, sealed_words=sealed, made_at=now, due_at=now + ANSWERED_WITHIN
    )
    announce(Appealed(**whom(locked, actor)), at=now)
    fill_panel(actor=actor, appeal=made, now=now)
    return made


@transaction.atomic
def fill_panel(*, actor: Person | None, appeal: Appeal, now: datetime) -> bool:
    """Ask people until three sit, one of them at least with lived experience: nobody alone, or none of them.

    Who has sat least comes first. Where it cannot be put together, administrators and the person are told so, once;
    it is tried again every hour.
    """
    locked = Appeal.objects.select_for_update().get(pk=appeal.pk)
    decision = Decision.objects.select_related("programme", "report", "about").get(pk=locked.decision_id)
    seats = list(decision.seats.filter(declined_at=None))
    missing = PANEL - len(seats)
    if locked.answered_at is not None or missing <= 0:
        return True
    able = policy.panel_for(decision).exclude(pk__in=decision.seats.values("person"))
    ranked = able.annotate(sat=Coalesce(Subquery(_TIMES_SAT), 0)).order_by("sat", "pk")
    lived = list(policy.with_lived_experience(ranked))
    chosen = [] if any(each.has_lived_it for each in seats) else lived[:1]
    chosen += [each for each in ranked if each not in chosen][: missing - len(chosen)]
    if len(chosen) < missing or not (lived or any(each.has_lived_it for each in seats)):
        if locked.missing_told_at is None:
            locked.missing_told_at = now
            locked.save(update_fields=["missing_told_at"])
            announce(PanelMissing(**whom(decision, None), about_id=decision.about_id), at=now)
        return False
    for each in chosen:
        Seat.objects.create(decision=decision, person=each, has_lived_it=each in lived, asked_at=now)
        announce(Seated(**whom(decision, None), about_id=each.pk), at=now)
    return True


@transaction.atomic
def keep_appeals(*, actor: Person | None = None, now: datetime) -> None:
    """Every hour: panels that were not whole are tried again; who waits longer than was promised is told."""
    for each in Appeal.objects.filter(answered_at=None, decision__about__isnull=False).order_by("pk"):
        fill_panel(actor=actor, appeal=each, now=now)
        late = Appeal.objects.filter(pk=each.pk, due_at__lte=now, late_told_at=None)
        if late.update(late_told_at=now):
            decision = Decision.objects.get(pk=each.decision_id)
            announce(AppealLate(**whom(decision, None), about_id=decision.about_id), at=now)


@transaction.atomic
def say_panel_yes(*, actor: Person, is_yes: bool, now: datetime) -> None:
    """Say yes to sitting on panels, or no longer. Whoever sits on one stays until they leave it."""
    if is_yes:
        require(policy.may_say_yes(actor))
        PanelYes.objects.get_or_create(person=actor, defaults={"since_at": now})
    else:
        PanelYes.objects.filter(person=actor).delete()
    announce(PanelYesSaid(actor_id=actor.pk, subject=f"person:{actor.pk}", is_yes=is_yes), at=now)


@transaction.atomic
def leave_seat(*, actor: Person, seat: Seat, now: datetime) -> None:
    """Not this one: somebody else is asked, and nobody asks why. Raises Refused."""
    locked = _mine(actor, seat)
    locked.declined_at, locked.finding, locked.days, locked.sealed_view = now, "", None, None
    locked.viewed_at = None
    locked.save(update_fields=["declined_at", "finding", "days", "sealed_view", "viewed_at"])
    announce(SeatLeft(**whom(locked.decision, actor)), at=now)
    fill_panel(actor=actor, appeal=locked.decision.appeal, now=now)


@transaction.atomic
def open_seat(*, actor: Person, seat: Seat, now: datetime) -> None:
    """Whoever hears it reads the statement and the appeal: the person was told so, and finds it among their reads."""
    found = policy.seats_visible_to(actor).select_related("decision__about").get(pk=seat.pk)
    assert found.decision.about is not None
    people.record_read(
        actor=actor,
        about=found.decision.about,
        subject=f"decision:{found.decision_id}",
        reason_key="appeal",
        now=now,
    )


@transaction.atomic
def write_view(
    *, actor: Person, seat: Seat, finding: Finding, words: str, days: int | None = None, now: datetime
) -> Decision:
    """One view with its reasons. When all three are there, the majority counts, and the person reads all of them."""
    if seat.decision.message_id is not None:
        # The order of messages is locked before anything else, as everywhere: the last view may put one back.
        conversations.first_in_order()
    locked = _mine(actor, seat)
    if not words.strip():
        raise Refused(_("Please write a few words first."))
    if days is not None and not 0 <= days <= MOST_DAYS:
        raise Refused(_("Please choose one of the answers listed."))
    if finding == Finding.CHANGED and locked.decision.outcome == Outcome.REMOVAL:
        raise Refused(_("A message is away or it is there. Please choose one of the answers listed."))
    locked.finding, locked.sealed_view, locked.viewed_at = finding, seal_view(locked, words.strip()), now
    locked.days = (days or 0) if finding == Finding.CHANGED else None
    locked.save(update_fields=["finding", "sealed_view", "viewed_at", "days"])
    decision = locked.decision
    announce(ViewWritten(**whom(decision, actor)), at=now)
    views = list(decision.seats.filter(declined_at=None).exclude(finding=""))
    if len(views) == PANEL:
        _answer(decision, actor, views, now)
    return decision


def _mine(actor: Person, seat: Seat) -> Seat:
    """The decision is locked first: two views written at the same moment wait for each other."""
    Decision.objects.select_for_update().get(pk=seat.decision_id)
    rows = policy.seats_visible_to(actor).select_related(
        "decision__appeal", "decision__stop", "decision__about", "decision__left_out"
    )
    locked = rows.get(pk=seat.pk)
    require(policy.may_view(actor, locked))
    return locked


def _answer(decision: Decision, actor: Person, views: list[Seat], now: datetime) -> None:
    finding = sorted((Finding(each.finding) for each in views), key=_ORDER.index)[PANEL // 2]
    Appeal.objects.filter(decision=decision).update(finding=finding, answered_at=now)
    if finding == Finding.OVERTURNED:
        move(decision, State.OVERTURNED)
        _let_back(decision, actor, 0, now)
        put_back(decision, actor, now)
    elif finding == Finding.CHANGED:
        move(decision, State.CHANGED)
        _let_back(decision, actor, min(each.days or 0 for each in views if each.finding == finding), now)
    announce(AppealAnswered(**whom(decision, actor), about_id=decision.about_id), at=now)


def _let_back(decision: Decision, actor: Person, days: int, now: datetime) -> None:
    """Now, or after so many days more; never later than it would have been."""
    let_in(decision, actor, days, now)
    if decision.stop is None:
        return
    if days == 0:
        people.let_back(actor=actor, stop=decision.stop, now=now)
        return
    people.shorten_stop(actor=actor, stop=decision.stop, until=now + timedelta(days=days), now=now)
