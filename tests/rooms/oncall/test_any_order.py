"""Whatever is done to a rota in whatever order: the ladder is what a sheet of paper would say, and no gap is unseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companionway.foundation.policy import Refused
from companionway.oncall import queries, services
from companionway.oncall.models import Turn
from companionway.people import services as people
from companionway.people.models import Person
from tests.cast import NOW, Cast
from tests.often import times
from tests.rooms.oncall.conftest import HOUR

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["take", "take", "end", "hand over", "pause", "come back", "wait"]),
        st.integers(0, 2),  # who
        st.integers(1, 3),  # at which step; or to whom
        st.integers(0, 60),  # from how many hours ahead; or which turn
        st.integers(1, 30),  # for how many hours
    ),
    min_size=3,
    max_size=9,
)


@dataclass
class Line:
    """One line of the sheet of paper."""

    who: int
    step: int
    since: datetime
    until: datetime
    turn: Turn

    def meets(self, since: datetime, until: datetime) -> bool:
        return self.since < self.until and self.since < until and since < self.until


class Sheet:
    def __init__(self, cast: Cast, team: list[Person]) -> None:
        self.cast, self.team = cast, team
        self.lines: list[Line] = []
        self.resting: set[int] = set()
        self.now = NOW

    def do(self, deed: str, who: int, step: int, hours: int, length: int) -> None:
        if deed == "wait":
            self.now += length * HOUR
        elif deed == "take":
            self.take(who, step, self.now + hours * HOUR, self.now + (hours + length) * HOUR)
        elif deed == "pause" and who not in self.resting:
            people.pause(actor=self.team[who], now=self.now)
            self.resting.add(who)
            self.check_at(self.now)
            services.leave_turns(actor=None, person=self.team[who], now=self.now)
            for line in (each for each in self.lines if each.who == who):
                self.cut(line)
        elif deed == "come back" and who in self.resting:
            people.come_back(actor=self.team[who], now=self.now)
            self.resting.discard(who)
        elif deed in {"end", "hand over"} and (
            standing := [each for each in self.lines if each.until > max(self.now, each.since)]
        ):
            line = standing[hours % len(standing)]
            if deed == "end":
                services.end_turn(actor=self.team[line.who], turn=line.turn, now=self.now)
                self.cut(line)
            else:
                self.hand_over(line, step - 1)

    def take(self, who: int, step: int, since: datetime, until: datetime) -> None:
        free = not any(
            each.meets(since, until) and (each.step == step or each.who == who) for each in self.lines
        )
        may = free and who not in self.resting
        asked = {"step": step, "starts_at": since, "ends_at": until, "now": self.now}
        if may:
            turn = services.take_turn(actor=self.team[who], person=self.team[who], **asked)
            self.lines.append(Line(who, step, since, until, turn))
        else:
            with pytest.raises(Refused):
                services.take_turn(actor=self.team[who], person=self.team[who], **asked)

    def hand_over(self, line: Line, to: int) -> None:
        since = max(self.now, line.since)
        busy = any(each.who == to and each.meets(since, line.until) for each in self.lines)
        owner, other = self.team[line.who], self.team[to]
        if to == line.who or to in self.resting or busy:
            with pytest.raises(Refused):
                services.hand_over(actor=owner, turn=line.turn, to=other, now=self.now)
            return
        offer = services.hand_over(actor=owner, turn=line.turn, to=other, now=self.now)
        self.check_at(self.now)
        turn = services.accept_turn(actor=other, offer=offer, now=self.now)
        self.lines.append(Line(to, line.step, since, line.until, turn))
        self.cut(line)

    def cut(self, line: Line) -> None:
        if line.until > self.now:
            line.until = max(self.now, line.since)

    def check(self) -> None:
        """At every quarter where anything could change, and in between."""
        edges = {self.now, *(each.since for each in self.lines), *(each.until for each in self.lines)}
        for edge in sorted(edges):
            for moment in (edge - timedelta(seconds=1), edge):
                if moment >= self.now:
                    self.check_at(moment)
        self.check_gaps()

    def on_paper(self, moment: datetime) -> list[tuple[int, int]]:
        return sorted(
            (each.step, self.team[each.who].pk)
            for each in self.lines
            if each.since <= moment < each.until and each.who not in self.resting
        )

    def check_at(self, moment: datetime) -> None:
        rungs = queries.ladder(self.cast.organisation, moment)
        assert [(rung.step, rung.person_id) for rung in rungs] == self.on_paper(moment)
        assert len({rung.step for rung in rungs}) == len({rung.person_id for rung in rungs}) == len(rungs)
        assert queries.on_call_ids(self.cast.organisation, moment) == {rung.person_id for rung in rungs}

    def check_gaps(self) -> None:
        days = queries.coming(self.cast.organisation, self.now)
        free = [(each.starts_at, each.ends_at) for day in days for each in day.pieces if each.turn is None]
        shown = {each.turn.pk for day in days for each in day.pieces if each.turn}
        for hours in range(14 * 24 * 2 - 48):
            moment = self.now + hours * HOUR / 2
            is_shown = any(since <= moment < until for since, until in free)
            assert is_shown is not bool(self.on_paper(moment))
        wanted = {each.turn.pk for each in self.lines if each.until > self.now and each.who not in self.resting
                  and each.until > each.since}  # fmt: skip
        assert wanted == shown


@settings(
    max_examples=times(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=DEEDS)
def test_the_ladder_is_what_a_sheet_of_paper_would_say(cast: Cast, oona, lena, deeds):
    with transaction.atomic():
        sheet = Sheet(cast, [Person.objects.get(pk=each.pk) for each in (oona, lena, cast.cora)])
        for deed in deeds:
            sheet.do(*deed)
        sheet.check()
        transaction.set_rollback(True)
