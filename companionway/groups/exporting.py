"""This room's part of what a person downloads: where they belong or wait, and what they wrote themselves."""

from __future__ import annotations

from typing import Any

from companionway.groups import opening, policy
from companionway.groups.models import (
    Agreed,
    Kept,
    LeftOut,
    Meets,
    Membership,
    OnTree,
    Pin,
    Poll,
    Proposal,
    SpacePause,
    TalkWish,
    Waiting,
)
from companionway.groups.queries._space import reason_left_out, reason_of
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    def mine(model: Any) -> Any:
        return model.objects.filter(person=person).select_related("group").order_by("pk")

    held = Meets.objects.filter(series__holders__person=person).select_related("group")
    return {
        "belongs_to": [
            {"group": each.group.name, "since": each.came_at.isoformat()} for each in mine(Membership)
        ],
        "waits_for": [
            {"group": each.group.name, "asked_at": each.asked_at.isoformat()} for each in mine(Waiting)
        ],
        "on_my_list": [each.group.name for each in mine(Kept)],
        "phone_trees": [
            {"group": each.group.name, "reached_by": opening.reached_by(each)} for each in mine(OnTree)
        ],
        "agreed": [
            {"group": each.group.name, "version": each.number, "at": each.agreed_at.isoformat()}
            for each in mine(Agreed)
        ],
        "held": sorted({each.group.name for each in held}),
        "proposed": [
            opening.facts_of(each)
            for model in (Proposal, Poll)
            for each in model._default_manager.filter(by=person).order_by("pk")
        ],
        "pinned": [opening.facts_of(each) for each in Pin.objects.filter(pinned_by=person).order_by("pk")],
        "pauses": [
            {"group": each.group.name, "until": each.until_at.isoformat(), "reason": reason_of(each)}
            for each in mine(SpacePause)
        ],
        "pauses_i_said": [
            {"group": each.group.name, "until": each.until_at.isoformat(), "reason": reason_of(each)}
            for each in SpacePause.objects.filter(by=person).select_related("group").order_by("pk")
        ],
        "left_out": [
            {
                "group": each.group.name,
                "until": each.until_at.isoformat() if each.until_at else "",
                "reason": reason_left_out(each),
                "i_asked_again": each.asked_again_at is not None,
            }
            for each in mine(LeftOut)
        ],
        "leaving_out_i_put": [
            {"group": each.group.name, "at": each.put_at.isoformat(), "reason": reason_left_out(each)}
            for each in LeftOut.objects.filter(by=person, is_by_group=True)
            .select_related("group")
            .order_by("pk")
        ],
        "talks_of_three": [
            {"group": each.group.name, "asked_at": each.asked_at.isoformat()}
            for each in policy.talks_of_three_visible_to(person).select_related("group").order_by("pk")
        ],
        "talks_asked": [
            opening.open_between(each.person_id, each.to_id, each.sealed, each.place)
            for each in mine(TalkWish)
        ],
    }
