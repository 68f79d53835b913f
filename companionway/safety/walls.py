"""What rooms above ask of this one inside their own constraints, as SQL of both databases."""

from __future__ import annotations


def apart(one: str, other: str) -> str:
    """A condition: a block or "never with" stands between these two columns of people, in either direction."""
    return (
        "(exists (select 1 from safety_block b where b.lifted_at is null and"
        f" ((b.blocker_id = {one} and b.blocked_id = {other})"
        f" or (b.blocker_id = {other} and b.blocked_id = {one})))"
        " or exists (select 1 from safety_keptapart k where k.ended_at is null and"
        f" ((k.one_id = {one} and k.other_id = {other}) or (k.one_id = {other} and k.other_id = {one}))))"
    )
