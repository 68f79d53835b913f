"""How a group decides: by its own rule, monotone, and explained."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from companionway.reasoning import deciding
from companionway.reasoning.deciding import HEAR_AGAIN, NOT_PASSED, PASSED, TOO_FEW, Votes, decide, elect

RULES = st.sampled_from(deciding.RULES)
QUORUM = st.integers(0, 100)


@st.composite
def votes(draw: st.DrawFn, absent: int = 0) -> Votes:
    yes, no, aside, rest = (draw(st.integers(0, 12)) for _ in range(4))
    return Votes(yes, no, aside, yes + no + aside + rest + absent, draw(st.booleans()))


@pytest.mark.parametrize(
    ("rule", "cast", "outcome"),
    [
        ("majority", Votes(3, 2, 0, 5), PASSED),
        ("majority", Votes(3, 3, 0, 6), NOT_PASSED),
        ("majority", Votes(1, 0, 9, 10), PASSED),
        ("two_thirds", Votes(2, 1, 0, 3), PASSED),
        ("two_thirds", Votes(3, 2, 0, 5), NOT_PASSED),
        ("consensus", Votes(4, 0, 3, 7), PASSED),
        ("consensus", Votes(40, 1, 0, 41), NOT_PASSED),
        ("conscience", Votes(5, 0, 0, 8), PASSED),
        ("conscience", Votes(4, 2, 0, 8), HEAR_AGAIN),
        ("conscience", Votes(4, 0, 1, 8), HEAR_AGAIN),
        ("conscience", Votes(4, 2, 0, 8, minority_heard=True), PASSED),
        ("conscience", Votes(3, 2, 0, 8, minority_heard=True), NOT_PASSED),
        ("consensus", Votes(0, 0, 5, 5), TOO_FEW),
        ("majority", Votes(0, 0, 0, 5), TOO_FEW),
    ],
)
def test_by_hand(rule: str, cast: Votes, outcome: str) -> None:
    assert decide(rule, cast).outcome == outcome


@pytest.mark.parametrize(
    ("eligible", "percent", "people"), [(7, 50, 4), (10, 20, 2), (0, 50, 1), (9, 0, 1), (3, 100, 3)]
)
def test_how_many_are_needed(eligible: int, percent: int, people: int) -> None:
    assert deciding.needed(eligible, percent) == people


def test_without_enough_people_nothing_is_decided() -> None:
    assert decide("majority", Votes(3, 0, 0, 10), 50).outcome == TOO_FEW
    assert decide("majority", Votes(3, 0, 2, 10), 50).passed


@given(RULES, votes(absent=1), QUORUM)
def test_one_more_yes_never_undoes_what_passed(rule: str, cast: Votes, quorum: int) -> None:
    if decide(rule, cast, quorum).passed:
        assert decide(rule, replace(cast, yes=cast.yes + 1), quorum).passed
        assert decide(rule, replace(cast, yes=cast.yes + 1, eligible=cast.eligible + 1), quorum).passed


@given(RULES, votes(absent=1), QUORUM)
def test_one_more_no_never_makes_it_pass(rule: str, cast: Votes, quorum: int) -> None:
    """Unless the one who said no is whom the quorum was waiting for."""
    assume(cast.said >= deciding.needed(cast.eligible, quorum) and cast.yes + cast.no)
    if not decide(rule, cast, quorum).passed:
        assert not decide(rule, replace(cast, no=cast.no + 1), quorum).passed


@given(RULES, votes())
def test_somebody_who_changes_from_no_to_yes_never_harms_it(rule: str, cast: Votes) -> None:
    if cast.no and decide(rule, cast).passed:
        assert decide(rule, replace(cast, no=cast.no - 1, yes=cast.yes + 1)).passed


@given(st.sampled_from(["majority", "two_thirds", "consensus"]), votes(absent=1), QUORUM)
def test_nobody_decides_by_standing_aside(rule: str, cast: Votes, quorum: int) -> None:
    assume(cast.said >= deciding.needed(cast.eligible, quorum) and cast.yes + cast.no)
    more = decide(rule, replace(cast, aside=cast.aside + 1), quorum)
    assert more.outcome == decide(rule, cast, quorum).outcome


@given(votes(), QUORUM)
def test_the_rules_are_in_order_of_strictness(cast: Votes, quorum: int) -> None:
    found = {rule: decide(rule, cast, quorum).passed for rule in deciding.RULES}
    assert not found["consensus"] or found["two_thirds"]
    assert not found["conscience"] or found["two_thirds"]
    assert not found["two_thirds"] or found["majority"]


@given(votes(), QUORUM)
def test_conscience_passes_only_over_people_who_were_heard(cast: Votes, quorum: int) -> None:
    if decide("conscience", cast, quorum).passed:
        assert cast.minority_heard or cast.no + cast.aside == 0


@given(RULES, votes(), QUORUM)
def test_every_reason_has_a_sentence(rule: str, cast: Votes, quorum: int) -> None:
    reasons = decide(rule, cast, quorum).reasons
    assert reasons and set(reasons) <= set(deciding.SENTENCES)


def test_every_sentence_is_said_at_some_time() -> None:
    said = {
        reason
        for rule in deciding.RULES
        for yes in range(4)
        for no in range(4)
        for aside in range(2)
        for heard in (False, True)
        for reason in decide(rule, Votes(yes, no, aside, 12, heard), 20).reasons
    }
    assert said == set(deciding.SENTENCES)


@pytest.mark.parametrize("wrong", [(-1, 0, 0, 3), (2, 2, 0, 3), (0, 0, -1, 3)])
def test_votes_are_counts_of_people(wrong: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="counts"):
        Votes(*wrong)
    with pytest.raises(ValueError, match="decides by"):
        decide("by_lot", Votes(1, 0, 0, 1))


def test_elections_by_hand() -> None:
    assert elect({"ana": 5, "bo": 3}) == deciding.Election(("ana",), ())
    assert elect({"ana": 5, "bo": 5, "cy": 1}) == deciding.Election((), ("ana", "bo"))
    assert elect({"ana": 5, "bo": 3, "cy": 3}, seats=2) == deciding.Election(("ana",), ("bo", "cy"))
    assert elect({"ana": 1, "bo": 0}, seats=2) == deciding.Election(("ana",), ())
    with pytest.raises(ValueError, match="place to fill"):
        elect({}, seats=0)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 9)), st.integers(1, 4))
def test_nobody_is_elected_over_somebody_with_more(counts: dict[str, int], seats: int) -> None:
    found = elect(counts, seats)
    assert len(found.elected) <= seats and not set(found.elected) & set(found.again)
    for winner in found.elected:
        for other in set(counts) - set(found.elected):
            assert counts[winner] > counts[other]
    if found.again:
        assert len({counts[key] for key in found.again}) == 1
        assert len(found.elected) + len(found.again) > seats > len(found.elected)


@given(votes(), st.integers(1, 10))
def test_numbers_are_shown_only_where_they_tell_nobodys_vote(cast: Votes, least: int) -> None:
    if deciding.may_show_numbers(cast, least):
        given_ = [count for count in (cast.yes, cast.no, cast.aside) if count]
        assert min(given_) >= least and max(given_) < cast.said
    assert deciding.may_show_numbers(cast, 0)
