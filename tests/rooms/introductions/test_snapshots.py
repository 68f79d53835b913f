"""The kept snapshot grows old when a supporter or a pair changes, and only then."""

from __future__ import annotations

from companionway.introductions import queries
from companionway.introductions.models import Request
from companionway.people import services as people
from companionway.people.models import Audience, ItemKind
from companionway.practice import services as practice
from companionway.practice.models import SupporterPractice
from companionway.practice.queries import Offer
from companionway.safety import services as safety
from tests.cast import NOW, Cast
from tests.rooms.introductions.scene import new_member, settle, shown_to


def test_a_supporter_who_changes_makes_it_old(cast: Cast, theos: SupporterPractice) -> None:
    before = queries.version_of(cast.programme)
    practice.set_hours(actor=cast.theo, practice=theos, hours=["mon_evening"], now=NOW)
    settle()
    after = queries.version_of(cast.programme)
    assert after > before
    safety.block_person(actor=cast.theo, person=cast.mina, now=NOW)
    settle()
    assert queries.version_of(cast.programme) > after


def test_what_only_a_member_changes_leaves_it_and_still_counts_at_once(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    practice.describe_offer(actor=cast.theo, practice=theos, offer=Offer(cannot_topics=["war"]), now=NOW)
    settle()
    before = queries.version_of(cast.programme)
    assert theos.public_id in shown_to(minas)
    people.share_item(
        actor=cast.mina, kind=ItemKind.EXPERIENCE, key="war", audience=Audience.MATCHING, now=NOW
    )
    new_member("Nia", cast.programme)
    settle()
    assert queries.version_of(cast.programme) == before
    assert theos.public_id not in shown_to(minas)


def test_an_unused_snapshot_is_the_same_object(cast: Cast, theos: SupporterPractice) -> None:
    assert queries.pool_of(cast.programme) is queries.pool_of(cast.programme)
