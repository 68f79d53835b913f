"""Finding a group without joining: what it is, what happens, what it agreed, who holds it, when, and the queue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from companionway.groups import opening, policy
from companionway.groups.models import AgreementVersion, Group, Kept, Meets, Membership, Waiting
from companionway.groups.policy import Stands
from companionway.meetings.models import Meeting, Series
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person
from companionway.reasoning.queueing import Waits, place_in


@dataclass(frozen=True, slots=True)
class Held:
    """Who has a position, by the name they use here, since when, and until when it is theirs."""

    name: str
    role: str
    since_at: datetime
    passes_on_at: datetime | None
    person_id: int
    public_id: str
    key: str
    is_frame: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A group in a list: never who comes."""

    group: Group
    kind: str
    programme: str
    is_mine: bool
    is_kept: bool


@dataclass(slots=True)
class Page:
    """All that is shown of a group before anybody joins, and how it stands with whoever looks."""

    group: Group
    rules: GroupRules
    how: Stands
    level: str
    sentences: list[str]
    holders: list[Held]
    series: list[Series]
    shows_place: bool
    meetings: list[Meeting]
    waiting: Waiting | None = None
    # Place in the queue, 1 for who comes next; None where somebody cannot be told a number honestly.
    place: int | None = None
    # Not said where it would tell how few wait (`smallest_number`).
    shows_place_number: bool = True
    free: int | None = None

    @property
    def has_two(self) -> bool:
        """Whether two people are named who open, pause and close its meetings."""
        return len({each.person_id for each in self.holders if each.is_frame}) > 1


def groups_for(actor: Person, kept_here: Iterable[str] = ()) -> list[Listed]:
    """What can be found, by programme and name; `kept_here` are those that stand on this device's own list."""
    mine = {"group": OuterRef("pk"), "person": actor}
    here = policy.visible_to(actor).filter(ended_at=None).select_related("programme")
    found: Any = here.annotate(
        is_mine=Exists(Membership.objects.filter(**mine)) | Exists(policy.holds(actor, group=OuterRef("pk"))),
        is_on_list=Exists(Kept.objects.filter(**mine)),
    )
    device = set(kept_here)
    return [
        Listed(
            group=each,
            kind=each.get_kind_display(),
            programme=each.programme.name,
            is_mine=each.is_mine,
            is_kept=each.is_on_list or each.public_id in device,
        )
        for each in found.order_by("programme__name", "name", "pk")
    ]


def others_for(actor: Person, group: Group) -> list[Group]:
    """Other groups to offer somebody whom this one cannot let in: with nothing to join first."""
    there = policy.visible_to(actor).filter(ended_at=None, age_band=actor.age_band).exclude(pk=group.pk)
    return sorted(there.select_related("programme"), key=lambda each: (each.has_list, each.name))[:5]


def newest_number(group: Group) -> int:
    return group.versions.order_by("-number").values_list("number", flat=True).first() or 0


def agreement_of(group: Group, number: int | None = None) -> list[str]:
    """The sentences that stand, or those of one version."""
    rows = AgreementVersion.objects.filter(group=group)
    row = rows.filter(number=number).first() if number is not None else rows.order_by("-number").first()
    return opening.sentences_of(row) if row else []


def what_changed(group: Group, since: int) -> tuple[list[str], list[str]]:
    """(new sentences, sentences that went) since the version somebody agreed to; all are new where they never did."""
    old = agreement_of(group, since) if since else []
    new = agreement_of(group)
    return [each for each in new if each not in old], [each for each in old if each not in new]


def holders_of(group: Group, rules: GroupRules) -> list[Held]:
    """Who holds it now, those who hold the frame first. First names or aliases: nobody has another here."""
    rows = Meets.objects.filter(group=group, series__holders__until_at=None)
    fields = (
        "person_id",
        "person__public_id",
        "person__name",
        "role",
        "holds_frame",
        "since_at",
        "person__erased_at",
    )
    values = rows.values_list(*(f"series__holders__{each}" for each in fields))
    seen: dict[tuple[int, str], Held] = {}
    for person_id, public_id, name, role, is_frame, since_at, erased in sorted(
        (row for row in values if row[0]), key=lambda row: (not row[4], row[5], row[0])
    ):
        known = rules.role_of(role)
        days = known.rotates_after_days if known else 0
        passes = since_at + timedelta(days=days) if days else None
        if not erased:
            label = known.label if known else role
            held = Held(name, label, since_at, passes, person_id, public_id, role, is_frame)
            seen.setdefault((person_id, role), held)
    return list(seen.values())


def queue_of(group: Group) -> list[Waits]:
    """Everybody who waits, as the rules of the queue need it."""
    return _as_waits(Waiting.objects.filter(group=group))


def _as_waits(rows: Iterable[Waiting]) -> list[Waits]:
    return [Waits(each.pk, each.asked_at, each.offered_until) for each in rows]


def free_places(group: Group, members: int | None = None) -> int | None:
    """Places nobody has; None where there is no end of them. `members`: how many belong, where that is known."""
    if group.capacity is None:
        return None
    if members is None:
        members = Membership.objects.filter(group=group).count()
    return max(0, group.capacity - members)


def next_meetings(group: Group, now: datetime) -> list[Meeting]:
    """The next few dates, where they are written down."""
    ahead = Meeting.objects.filter(series__of_group__group=group, ends_at__gt=now)
    return list(ahead.exclude(state="closed").order_by("starts_at", "pk")[:3])


def page_of(actor: Person, group: Group, now: datetime) -> Page | None:
    """One group's page; None where the tradition has no groups any more. Nobody is told that one looked."""
    if (rules := GroupRules.of(group.programme)) is None:
        return None
    how = policy.stands(actor, group, now)
    free = free_places(group, how.belong) if group.has_list else None
    page = Page(
        group=group,
        rules=rules,
        how=how,
        level=rules.levels.get(group.level, ""),
        sentences=agreement_of(group),
        holders=holders_of(group, rules),
        series=list(Series.objects.filter(of_group__group=group).order_by("of_group__pk")),
        shows_place=bool(policy.belongs(actor, group, how)) or not rules.hides_place,
        meetings=next_meetings(group, now),
        free=None if free is not None and free < rules.smallest_number else free,
    )
    if how.is_waiting:
        _waits(page, actor, group)
        page.shows_place_number = page.place is None or page.place >= rules.smallest_number
    return page


def _waits(page: Page, actor: Person, group: Group) -> None:
    queue = list(Waiting.objects.filter(group=group))
    page.waiting = next((each for each in queue if each.person_id == actor.pk), None)
    if page.waiting is None or page.waiting.offered_until is not None:
        return
    if policy.may_be_with(actor, group):
        page.place = place_in(_as_waits(queue), page.waiting.pk)


def let_in_by(person_id: int) -> QuerySet[Any, Any]:
    """Ids of closed series whose group lets this person in: asked by `meetings.audience`, inside its own question."""
    theirs = Membership.objects.filter(person=person_id, group__ended_at=None)
    away = policy.left_out_now(person=person_id, group=OuterRef("group"))
    return Meets.objects.filter(group__in=theirs.filter(~Exists(away)).values("group")).values("series")


def kept_out_of(person_id: int) -> QuerySet[Any, Any]:
    """Ids of series of groups that this person stays away from for a while."""
    away = policy.left_out_now(person=person_id).values("group")
    return Meets.objects.filter(group__in=away).values("series")
