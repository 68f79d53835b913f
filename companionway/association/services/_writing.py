"""The secretary begins minutes, writes them, sets a draft aside, and begins a correction that a meeting approved."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.association import opening, policy, queries
from companionway.association.events import MinutesBegun, MinutesTakenBack, MinutesWritten
from companionway.association.models import Chosen, Decided, Minutes, Version
from companionway.association.moving import OutOfDate, newest, rules_of, taken, tell
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.reasoning.deciding import needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the secretary writes: of the association's affairs, never of anybody's life."""

    opening: str = ""
    reports: str = ""
    other: str = ""
    present: int | None = None


@transaction.atomic
def begin_minutes(*, actor: Person, group: Any, held_on: date, now: datetime) -> Minutes:
    """Begin the minutes of one members' meeting: what was decided and who was chosen stands in them already.

    Raises Refused for whoever is not the secretary, for a day to come, and for a second set of one day. Source:
    domain.md 1.2, peer-led self-help organisations: register, officers, elections, motions, minutes.
    """
    require(policy.may_write(actor, group))
    if held_on > now.astimezone(ZoneInfo(group.programme.organisation.time_zone)).date():
        raise Refused(_("Please give the day on which the meeting was held."))
    if Minutes.objects.filter(group=group, held_on=held_on).exists():
        raise Refused(_("There are minutes of this day already."))
    minutes = Minutes.objects.create(group=group, held_on=held_on, begun_at=now)
    version = Version(minutes=minutes, number=1, written_by=actor, changed_at=now)
    _write(version, Said())
    take_over(minutes)
    tell(MinutesBegun, minutes, actor, now)
    return minutes


@transaction.atomic
def write_minutes(*, actor: Person, minutes: Minutes, said: Said, after: int, now: datetime) -> Version:
    """Write the draft. `after` is the edition the writer had seen; raises OutOfDate when there is a later one.

    Decisions and elections are taken over anew each time: they are never typed.
    """
    locked = taken(actor, minutes)
    version = newest(locked)
    require(policy.may_change(actor, version))
    if after != version.edition:
        if queries.words_of(version) == _words(said) and version.present == said.present:
            return version
        raise OutOfDate(_("Somebody changed this meanwhile. What you typed is here; please compare the two."))
    version.written_by, version.changed_at, version.edition = actor, now, version.edition + 1
    _write(version, said)
    if version.number == 1:
        take_over(locked)
    tell(MinutesWritten, locked, actor, now)
    return version


def _words(said: Said) -> dict[str, str]:
    return {key: words.strip() for key, words in asdict(said).items() if key != "present"}


def _write(version: Version, said: Said) -> None:
    group, rules = version.minutes.group, rules_of(version.minutes)
    if said.present is not None and not group.programme.keeps_head_counts:
        raise Refused(_("Here nobody counts who is there."))
    members = queries.voters(group, rules)
    version.present, version.members = said.present, members
    version.needed = needed(members, rules.quorum_percent)
    version.sealed = opening.seal(group.pk, _words(said), version.place)
    version.save()


def take_over(minutes: Minutes) -> None:
    """Decisions and elections as they stand in the group, in place of what was taken over before."""
    taking = queries.taking_for(minutes, rules_of(minutes))
    minutes.decisions.all().delete()
    minutes.chosen.all().delete()
    for each in taking.decisions:
        row = Decided(
            minutes=minutes,
            proposal=each.proposal_id,
            passed=each.passed,
            decided_at=each.decided_at,
            votes_yes=each.votes.get("yes"),
            votes_no=each.votes.get("no"),
            votes_aside=each.votes.get("aside"),
        )
        row.sealed = opening.seal(minutes.group_id, each.facts, row.place)
        row.save()
    for held in taking.chosen:
        until = held.passes_on_at
        Chosen.objects.create(
            minutes=minutes,
            person_id=held.person_id,
            role=held.key,
            since_on=held.since_at.astimezone(taking.zone).date(),
            until_on=until.astimezone(taking.zone).date() if until else None,
        )


@transaction.atomic
def set_draft_aside(*, actor: Person, minutes: Minutes, now: datetime) -> None:
    """A draft that is not needed goes; what is signed stays. A first draft takes its day with it."""
    locked = taken(actor, minutes)
    version = newest(locked)
    require(policy.may_change(actor, version))
    tell(MinutesTakenBack, locked, actor, now)
    if version.number == 1:
        locked.delete()
    else:
        version.delete()


@transaction.atomic
def correct_minutes(*, actor: Person, minutes: Minutes, approved_by: str, now: datetime) -> Version:
    """Begin a correction: a new version of the words, approved by a motion (its public id) passed since the last.

    Decisions and elections stay as they are: they were made in the meeting. Raises Refused without such a motion.
    Source: common rules of order (minutes are approved, and corrected, by the following meeting).
    """
    locked = taken(actor, minutes)
    before = newest(locked)
    require(policy.may_correct(actor, locked, before))
    given = {each.public_id: each.proposal_id for each in queries.approvals_for(locked, before)}
    if approved_by not in given:
        raise Refused(_("Please choose the decision with which a later meeting approved the correction."))
    version = Version(
        minutes=locked,
        number=before.number + 1,
        written_by=actor,
        approved_by=given[approved_by],
        present=before.present,
        members=before.members,
        needed=before.needed,
        changed_at=now,
    )
    version.sealed = opening.seal(locked.group_id, queries.words_of(before), version.place)
    version.save()
    tell(MinutesBegun, locked, actor, now)
    return version
