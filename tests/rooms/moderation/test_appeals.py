"""An appeal, its panel, three views, the clock; and what each finding does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.foundation import parts
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.moderation import policy, queries, services
from companionway.moderation.models import Appeal, Decision, PanelYes, Seat
from companionway.moderation.states import Finding, State
from companionway.people import services as people
from companionway.people.models import RoleHeld
from companionway.safety import services as safety
from tests.cast import NOW
from tests.rooms.moderation.conftest import APPEAL, Fair, fresh

DAY = timedelta(days=1)
UP, LESS, BACK = Finding.UPHELD, Finding.CHANGED, Finding.OVERTURNED


def takes_part(fair: Fair) -> bool:
    return fresh(fair.cast.theo).holds("support.accompany", fair.cast.programme)


def test_three_hear_it_and_one_at_least_has_lived_it(fair: Fair) -> None:
    decision = fair.excluded()
    fair.appeals(decision)
    seats = Seat.objects.all()
    assert {each.person for each in seats} == set(fair.panel)
    assert any(each.has_lived_it for each in seats)
    shown = queries.statement_of(decision)
    assert shown.panel and shown.appeal_words == APPEAL and shown.views == []


def test_overturned_gives_the_role_back_with_reasons(fair: Fair) -> None:
    decision = fair.excluded()
    fair.appeals(decision)
    fair.views(BACK, UP, BACK)
    assert takes_part(fair)
    decision.refresh_from_db()
    assert decision.state == State.OVERTURNED
    assert [words for _finding, words in queries.statement_of(decision).views] == [
        "I think: upheld.", "I think: overturned.", "I think: overturned.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("views", "found"),
    [
        ((UP, UP, BACK), UP),
        ((UP, LESS, BACK), LESS),
        ((BACK, LESS, LESS), LESS),
        ((UP, UP, UP), UP),
        ((BACK, BACK, LESS), BACK),
    ],
)
def test_the_majority_counts_and_of_three_that_differ_the_middle(
    fair: Fair, views: tuple[Finding, ...], found: Finding
) -> None:
    fair.appeals(fair.excluded())
    fair.views(*views, days=3)
    assert Appeal.objects.get().finding == found
    assert takes_part(fair) == (found == BACK)


def test_changed_ends_sooner_and_never_later(fair: Fair) -> None:
    fair.appeals(fair.excluded())
    fair.views(LESS, LESS, UP, days=3)
    services.lift_what_is_over(now=NOW + 2 * DAY)
    assert not takes_part(fair)
    services.lift_what_is_over(now=NOW + 3 * DAY)
    assert takes_part(fair)


def test_a_finding_of_less_cannot_make_it_longer(fair: Fair) -> None:
    fair.appeals(fair.decide(days=5))
    fair.views(LESS, LESS, LESS, days=200)
    services.lift_what_is_over(now=NOW + 5 * DAY)
    assert takes_part(fair)


def test_two_views_decide_nothing(fair: Fair) -> None:
    decision = fair.excluded()
    fair.appeals(decision)
    for seat in Seat.objects.order_by("pk")[:2]:
        services.write_view(actor=seat.person, seat=seat, finding=BACK, words="Wrong.", now=NOW)
        services.write_view(
            actor=seat.person, seat=seat, finding=BACK, words="Wrong, I still think.", now=NOW
        )
    decision.refresh_from_db()
    assert decision.state == State.STANDS and Appeal.objects.get().answered_at is None


def test_once_by_the_person_alone_and_within_four_weeks(fair: Fair) -> None:
    decision = fair.excluded()
    with pytest.raises(Decision.DoesNotExist):
        services.appeal(actor=fair.cast.mina, decision=decision, words="For him.", now=NOW)
    with pytest.raises(Refused):
        fair.appeals(decision, now=NOW + 28 * DAY + timedelta(seconds=1))
    fair.appeals(decision, now=NOW + 28 * DAY)
    with pytest.raises(Refused):
        fair.appeals(decision, now=NOW + 28 * DAY)


def test_who_decided_reported_or_is_near_never_sits(fair: Fair) -> None:
    petra, quinn, rafi = fair.panel
    for each in (fair.cast.cora, fair.dara, fair.cast.mina, fair.cast.theo, fair.cast.sam_the_stranger):
        services.say_panel_yes(actor=fresh(each), is_yes=True, now=NOW)
    safety.block_person(actor=fair.cast.theo, person=petra, now=NOW)
    decision = fair.excluded()
    able = set(policy.panel_for(decision))
    assert able == {quinn, rafi, fair.cast.sam_the_stranger}


def test_without_three_nobody_sits_and_all_are_told_and_it_is_never_closed(fair: Fair) -> None:
    services.say_panel_yes(actor=fair.panel[0], is_yes=False, now=NOW)
    decision = fair.excluded()
    appeal = fair.appeals(decision)
    assert not Seat.objects.exists()
    assert Record.objects.filter(name="moderation.panel_missing").count() == 1
    assert queries.what_is_missing(fresh(fair.cast.adil)) == (0, 1)
    services.keep_appeals(now=NOW + DAY)
    assert Record.objects.filter(name="moderation.panel_missing").count() == 1
    services.say_panel_yes(actor=fair.panel[0], is_yes=True, now=NOW + DAY)
    services.keep_appeals(now=NOW + DAY)
    assert Seat.objects.count() == 3
    assert queries.what_is_missing(fresh(fair.cast.adil)) == (0, 0)
    appeal.refresh_from_db()
    assert appeal.answered_at is None


def test_without_anybody_who_has_lived_it_there_is_no_panel(fair: Fair) -> None:
    RoleHeld.objects.filter(person__in=fair.panel[:2]).update(role="mentor")
    fair.appeals(fair.excluded())
    assert not Seat.objects.exists()


def test_late_is_told_once_and_it_stays_open(fair: Fair) -> None:
    fair.appeals(fair.excluded())
    services.keep_appeals(now=NOW + 14 * DAY - timedelta(seconds=1))
    assert not Record.objects.filter(name="moderation.appeal_late").exists()
    for hours in (0, 1, 40):
        services.keep_appeals(now=NOW + 14 * DAY + timedelta(hours=hours))
    told = Record.objects.get(name="moderation.appeal_late")
    assert told.about_id == fair.cast.theo.pk
    assert policy.appeal_is_late(Appeal.objects.get(), NOW + 15 * DAY)


def test_whoever_leaves_the_panel_is_followed_by_somebody_else(fair: Fair) -> None:
    services.say_panel_yes(actor=fair.cast.sam_the_stranger, is_yes=True, now=NOW)
    fair.appeals(fair.excluded())
    seat = Seat.objects.earliest("pk")
    services.leave_seat(actor=seat.person, seat=seat, now=NOW)
    assert Seat.objects.filter(declined_at=None).count() == 3
    assert not policy.seats_visible_to(seat.person).exists()
    with pytest.raises(Seat.DoesNotExist):
        services.write_view(actor=seat.person, seat=seat, finding=BACK, words="Still.", now=NOW)


def test_a_panel_reads_no_report_and_nobody_elses_view(fair: Fair) -> None:
    fair.appeals(fair.excluded())
    first, second, _third = Seat.objects.order_by("pk")
    services.write_view(actor=first.person, seat=first, finding=UP, words="Mine alone.", now=NOW)
    shown = queries.panel_shown(Seat.objects.select_related("decision__appeal").get(pk=second.pk))
    assert shown.others == 1 and shown.own_view == "" and "asked." not in shown.facts


def test_deleting_everything_takes_the_words_and_leaves_a_count(fair: Fair) -> None:
    decision = fair.excluded()
    fair.appeals(decision)
    petra = fair.panel[0]
    seat = Seat.objects.get(person=petra)
    services.write_view(actor=petra, seat=seat, finding=UP, words="As I see it.", now=NOW)
    assert parts.export_of(fair.cast.theo)["moderation"]["statements"][0]["appeal"] == APPEAL
    assert parts.export_of(petra)["moderation"]["my_views_on_panels"][0]["words"] == "As I see it."
    people.delete_everything(actor=petra, now=NOW)
    services.keep_appeals(now=NOW)
    seat.refresh_from_db()
    assert (
        seat.declined_at and seat.sealed_view is None and not PanelYes.objects.filter(person=petra).exists()
    )
    people.delete_everything(actor=fresh(fair.cast.theo), now=NOW)
    decision.refresh_from_db()
    assert decision.about is None and decision.sealed_facts is None and not Appeal.objects.exists()
    assert [row.decisions for row in queries.log(fresh(fair.cast.adil))] == [1]
