"""The weekly pattern, and the turns it makes for the weeks ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.oncall import keeping_turns, policy
from companionway.oncall.events import RotaChanged, RotaStopped
from companionway.oncall.models import Rota, Turn, WeeklySlot
from companionway.oncall.queries import zone_of
from companionway.oncall.states import Step
from companionway.people.models import Organisation, Person
from companionway.reasoning.rota import Span, Weekly, clashes, gaps, occurrences

# How far ahead turns are made; the page shows half of it.
HORIZON: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class SlotGiven:
    """Every week: who, at which step, on which weekday (Monday 0), from and to; to the next day if not later."""

    person: Person
    step: int
    weekday: int
    begins: time
    ends: time

    @property
    def weekly(self) -> Weekly:
        return Weekly(self.weekday, self.begins, self.ends)


@transaction.atomic
def set_weekly_pattern(*, actor: Person, slots: Sequence[SlotGiven], now: datetime) -> list[WeeklySlot]:
    """Put a whole pattern in place of the old one; turns for the next four weeks follow it.

    Slots that stay as they are keep what was said about their turns: whoever could not next Tuesday still cannot.
    Turns that began, were taken by hand or were handed over stay. Raises Refused for a step with two people at
    once or a person at two steps at once.
    """
    require(policy.may_keep_rota(actor))
    organisation = actor.organisation_id
    rota = keeping_turns.begin(organisation, now)
    _require_sensible(slots)
    old = {_what(each): each for each in WeeklySlot.objects.live().filter(organisation=organisation)}
    wanted = {_what(each): each for each in slots}
    for key in old.keys() - wanted.keys():
        _retire(old[key], now)
    for key in wanted.keys() - old.keys():
        given = wanted[key]
        require(policy.can_stand(organisation, given.person, now))
        WeeklySlot.objects.create(
            organisation_id=organisation,
            person=given.person,
            step=given.step,
            weekday=given.weekday,
            begins=given.begins,
            ends=given.ends,
            made_at=now,
        )
    _make(rota, now)
    announce(RotaChanged(actor_id=actor.pk, subject=f"organisation:{organisation}"), at=now)
    return list(WeeklySlot.objects.live().filter(organisation=organisation))


def _what(each: SlotGiven | WeeklySlot) -> tuple[int, int, int, time, time]:
    return each.person.pk, each.step, each.weekday, each.begins, each.ends


def _require_sensible(slots: Sequence[SlotGiven]) -> None:
    if any(each.step not in Step.values or not 0 <= each.weekday <= 6 for each in slots):
        raise Refused(_("There is no such step or day."))
    steps = [[each.weekly for each in slots if each.step == step] for step in Step.values]
    if any(True for each in steps for _pair in clashes(each)):
        raise Refused(_("Two people would have the same step at the same time."))
    people = {each.person.pk for each in slots}
    weeks = [[each.weekly for each in slots if each.person.pk == pk] for pk in people]
    if any(True for each in weeks for _pair in clashes(each)):
        raise Refused(_("Somebody would have two turns at the same time."))


def _retire(slot: WeeklySlot, now: datetime) -> None:
    slot.retired_at = now
    slot.save(update_fields=["retired_at"])
    slot.turns.filter(starts_at__gt=now, ended_at=None).delete()


@transaction.atomic
def make_turns(*, actor: Person | None, organisation: Organisation, now: datetime) -> int:
    """Turns for the weeks ahead, from the pattern (`actor` None: by the clock). Returns how many are new.

    Doing it again makes nothing. When the service moved to another time zone, turns that have not begun are made anew.
    """
    rota = Rota.objects.filter(organisation=organisation, stopped_at=None).first()
    return _make(keeping_turns.begin(organisation.pk, now), now) if rota else 0


def _make(rota: Rota, now: datetime) -> int:
    here, until = rota.organisation, now + HORIZON
    if rota.time_zone != here.time_zone:
        Turn.objects.filter(organisation=here, slot__isnull=False, starts_at__gt=now, ended_at=None).delete()
        rota.time_zone = here.time_zone
        rota.save(update_fields=["time_zone"])
    keeping_turns.free_of_those_gone(here.pk, Span(now, until), now)
    can = policy.people_who_may_stand(here, now)
    slots = {each.pk: each for each in WeeklySlot.objects.live().filter(organisation=here, person__in=can)}
    known = set(
        Turn.objects.filter(slot__in=slots, ends_at__gt=now - HORIZON).values_list("slot_id", "on_day")
    )
    new: list[Turn] = []
    there = list(Turn.objects.filter(organisation=here).touching(now, until + HORIZON))
    for weekly, day, span in occurrences([each.weekly for each in slots.values()], zone_of(here), now, until):
        slot = slots[weekly.key]
        if (slot.pk, day) not in known:
            made = [_turn(slot, day, part, now) for part in _free(slot, span, chain(there, new), now)]
            new += made
    Turn.objects.bulk_create(new)
    return len(new)


def _free(slot: WeeklySlot, span: Span, turns: Iterable[Turn], now: datetime) -> list[Span]:
    """What of this time nobody has at this step, and in which this person has no other turn."""
    others = (turn.span for turn in turns if turn.step == slot.step or turn.person_id == slot.person_id)
    return gaps(Span(max(span.starts_at, now), span.ends_at), others)


def _turn(slot: WeeklySlot, day: date, span: Span, now: datetime) -> Turn:
    return Turn(
        organisation_id=slot.organisation_id,
        person_id=slot.person_id,
        step=slot.step,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        slot=slot,
        on_day=day,
        made_at=now,
    )


@transaction.atomic
def stop_rota(*, actor: Person, now: datetime) -> None:
    """Keep no rota any more: the pattern and all turns end, and the opening hours alone say when the team is there."""
    require(policy.may_keep_rota(actor))
    rota = keeping_turns.begin(actor.organisation_id, now)
    WeeklySlot.objects.live().filter(organisation=actor.organisation_id).update(retired_at=now)
    for turn in Turn.objects.standing().filter(organisation=actor.organisation_id, ends_at__gt=now):
        keeping_turns.end(turn, now)
    rota.stopped_at = now
    rota.save(update_fields=["stopped_at"])
    announce(RotaStopped(actor_id=actor.pk, subject=f"organisation:{actor.organisation_id}"), at=now)
