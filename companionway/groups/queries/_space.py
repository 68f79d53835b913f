"""The group's own space: what stands at its head, and what only one person in it reads."""

from __future__ import annotations

from dataclasses import dataclass

from companionway.groups import opening, policy
from companionway.groups.models import Group, LeftOut, Pin, SpacePause, TalkOfThree, TalkWish
from companionway.people.models import Person


@dataclass(frozen=True, slots=True)
class Pinned:
    pin: Pin
    words: str


def pins_of(group: Group) -> list[Pinned]:
    rows = list(group.pins.all()[:10])
    keys = opening.keys_of(rows)
    return [Pinned(each, str(opening.facts_of(each, keys).get("words", ""))) for each in rows]


def my_pause(actor: Person, group: Group) -> tuple[SpacePause, str] | None:
    """Their own pause that lasts, and why."""
    pause = policy.pauses_now(group.pk, actor.pk).select_related("by").first()
    return (pause, reason_of(pause)) if pause else None


def reason_of(pause: SpacePause) -> str:
    return opening.open_between(pause.person_id, pause.by_id, pause.sealed_reason, pause.place)


def talk_wishes_for(actor: Person, group: Group) -> list[tuple[TalkWish, str]]:
    """Who asks this person, who holds the group, for a private word."""
    rows = policy.talk_wishes_visible_to(actor).filter(group=group, to=actor).select_related("person")
    return [
        (each, opening.open_between(each.person_id, each.to_id, each.sealed, each.place))
        for each in rows.order_by("asked_at", "pk")
    ]


def space_head_of(actor: Person, conversation_id: int) -> Group | None:
    """The group whose space this conversation is."""
    return Group.objects.filter(space=conversation_id).select_related("programme").first()


def left_out_of(actor: Person) -> list[LeftOut]:
    """Groups they stay away from for a while, and those that decide just now whether they do."""
    rows = policy.left_out_visible_to(actor).filter(ended_at=None)
    return list(rows.select_related("group", "proposal").order_by("put_at", "pk"))


def reason_left_out(row: LeftOut) -> str:
    """What whoever put it to the group wrote to them; empty where the team decided, whose statement says it."""
    return opening.open_between(row.person_id, row.by_id, row.sealed_reason or b"", row.place)


def paused_in(group: Group, actor: Person) -> list[Person]:
    """People in the space who had a pause there: nobody is asked to stay away before that was tried."""
    paused = SpacePause.objects.filter(group=group).exclude(person=actor).values("person")
    if group.space is None:
        return []
    inside = group.space.participants.filter(left_at=None, person__in=paused)
    return [each.person for each in inside.select_related("person").order_by("person__name", "pk")]


def who_wrote_in(group: Group, actor: Person) -> list[Person]:
    """People in the space who wrote there, for whoever is in it: their names stand under their words already."""
    if group.space is None or not group.space.participants.filter(person=actor, left_at=None).exists():
        return []
    wrote = group.space.messages.exclude(author=None).values("author")
    inside = group.space.participants.filter(left_at=None, person__in=wrote).exclude(person=actor)
    return [each.person for each in inside.select_related("person").order_by("person__name", "pk")]


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk of three as one of them sees it."""

    row: TalkOfThree
    has_said: bool


def talks_of_three_for(actor: Person, group: Group) -> list[Talk]:
    """Those this person is asked to, or is in."""
    rows = policy.talks_of_three_visible_to(actor).filter(group=group)
    found = rows.select_related("third", "one", "other", "conversation").order_by("asked_at", "pk")
    return [Talk(each, bool(getattr(each, f"{each.side_of(actor.pk)}_yes"))) for each in found]


@dataclass(frozen=True, slots=True)
class Reached:
    """One on the phone tree, and whom they tell; the last tells nobody."""

    person_id: int
    name: str
    reached_by: str
    next_name: str


def tree_of(actor: Person, group: Group) -> list[Reached]:
    """Who stands on the phone tree, in the order in which they came to it; empty for whoever does not."""
    rows = list(policy.tree_visible_to(actor, group).select_related("person").order_by("since_at", "pk"))
    names = [each.person.name for each in rows]
    return [
        Reached(each.person_id, each.person.name, opening.reached_by(each), following)
        for each, following in zip(rows, [*names, ""][1:], strict=True)
    ]
