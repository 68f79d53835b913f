"""Words on one's own ladder, about ordinary life, and for somebody who comes along once."""

from __future__ import annotations

from datetime import timedelta

from companionway.steps import services
from companionway.steps.queries import Contact, Try
from companionway.support.models import Relationship
from tests.cast import NOW, Cast
from tests.rooms.people.canary import words


def climbed(cast: Cast) -> None:
    mina = cast.mina
    [step] = services.add_steps(actor=mina, words=[words("step")], place=words("place"), now=NOW)
    tried = Try("trytry01", NOW.date(), words("before"), words("did"), words("after"), words("noticed"))
    services.keep_try(actor=mina, key=step.key, said=tried, now=NOW)
    met = Contact("metmet01", NOW.date(), "shop", words("outside"), words("felt"))
    services.keep_contact(actor=mina, said=met, now=NOW)
    walk = Relationship.objects.select_related("programme", "member", "supporter").get(member=mina)
    services.ask_alongside(
        actor=mina, key=step.key, walk=walk, words=words("alongside"), starts_at=NOW + timedelta(hours=1),
        lasts=timedelta(hours=1), now=NOW,
    )  # fmt: skip
