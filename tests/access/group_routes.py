"""The addresses of groups: who finds one without joining, who belongs, who holds it, who arranges."""

from __future__ import annotations

from typing import Any

from companionway.groups.models import Group, Pin
from companionway.people.models import Programme
from tests.access.world import World

Things = list[tuple[str, dict[str, Any], frozenset[str]]]
# In the demonstration: who is in the programme of groups, and who holds the drop-in.
COME, HOLD, ARRANGE = frozenset({"mina", "theo", "imogen"}), frozenset({"theo", "imogen"}), "halima"
HERE = COME | {ARRANGE}
OF_THE_HOLDERS = frozenset({"groups:pin", "groups:pause"})
OF_THE_TEAM = frozenset(
    {"groups:change", "groups:end", "groups:positions", "groups:step_down", "groups:open_space"}
    | {"groups:meets", "groups:begin_meetings", "groups:meet_no_more"}
)
# Nobody of the demonstration stays away from a group, and no talk of three stands.
NONE_YET = frozenset({"groups:away", "groups:say_to_talk", "groups:end_talk_of_three"})
INSIDE = frozenset(
    {"groups:door", "groups:decisions", "groups:propose", "groups:propose_agreement", "groups:new_poll"}
    | {"groups:talk", "groups:leave", "groups:mute", "groups:talk_of_three", "groups:outside", "groups:tree"}
)


def things(world: World, name: str, parts: tuple[str, ...]) -> Things:
    """A drop-in, where there is nothing to join, and a closed group for which somebody waits."""
    groups = {
        each.kind: each
        for each in Group.objects.filter(
            programme__organisation=world.organisation, programme__practice_model="charity_groups"
        )
    }
    if not groups:
        return [("not there", dict.fromkeys(parts, "notthere1234"), frozenset())]
    if name == "groups:begin":
        programme = Programme.objects.get(pk=groups["drop_in"].programme_id)
        return [("programme", {"public_id": programme.public_id}, frozenset({ARRANGE}))]
    if name in {"groups:vote", "groups:answer", "groups:talk_over", "groups:end_pause"} | NONE_YET:
        return [("not there", dict.fromkeys(parts, "notthere1234"), frozenset())]
    if name == "groups:take_down":
        return [("words", {"public_id": Pin.objects.get(group=groups["drop_in"]).public_id}, COME)]
    if name == "groups:leave_out":
        # Here the team decides it, not the group: for nobody.
        return [("drop-in", {"public_id": groups["drop_in"].public_id}, frozenset())]
    drop_in, closed = ({"public_id": groups[kind].public_id} for kind in ("drop_in", "closed"))
    if name in OF_THE_HOLDERS:
        return [("drop-in", drop_in, HOLD), ("closed", closed, frozenset({"imogen"}))]
    if name in OF_THE_TEAM:
        return [("drop-in", drop_in, HOLD | {ARRANGE}), ("closed", closed, frozenset({"imogen", ARRANGE}))]
    if name in INSIDE:
        return [("drop-in", drop_in, COME), ("closed", closed, frozenset({"imogen"}))]
    if name == "groups:take":
        return [("drop-in", drop_in, frozenset()), ("closed", closed, frozenset({"mina"}))]
    return [("drop-in", drop_in, HERE), ("closed", closed, HERE)]
