"""When practice supervision is due, what a late one leads to, and for how many one supervisor can be there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Standing = Literal["in_time", "due", "reminded", "told", "held"]
"""How late: nothing owed, owed, both reminded, the coordinator told, nobody new introduced."""

MOST_EACH: Final = 8
"""For how many one supervisor can be there. Eight to ten is what services report; we start at the careful end.
Unverified: each programme decides."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """In days. Weekly while in training, then every two to four weeks (45 to 60 minutes), and together once a month.

    Weekly group supervision in training is what the Exeter peer-support training describes; the rest is our
    recommendation, after the themes of ImROC briefing 25 and N.A.P.S. Each programme decides its own.
    """

    one_to_one_days: int = 28
    training_days: int = 7
    group_days: int = 30
    remind_after_days: int = 7
    tell_after_days: int = 14
    hold_after_days: int = 21

    def __post_init__(self) -> None:
        if not 0 < self.remind_after_days <= self.tell_after_days <= self.hold_after_days:
            raise ValueError(
                "First the two are reminded, then the coordinator, and only then anything stops."
            )
        if min(self.one_to_one_days, self.training_days, self.group_days) < 1:
            raise ValueError("A rhythm needs at least a day.")


USUAL: Final = Rhythm()


def due_on(last_on: date, rhythm: Rhythm, *, in_training: bool = False) -> date:
    """The day by which the next talk is owed, counted from the last one (or from the beginning)."""
    return last_on + timedelta(days=rhythm.training_days if in_training else rhythm.one_to_one_days)


def standing(due: date, today: date, rhythm: Rhythm) -> Standing:
    """How late a talk is that was due on `due`.

    The two hear first, kindly; the coordinator after them; at the limit nobody new is introduced. The day itself is
    in time, and each step begins on its own day: due + 7 reminds, due + 14 tells, due + 21 holds.
    """
    late = (today - due).days
    if late >= rhythm.hold_after_days:
        return "held"
    if late >= rhythm.tell_after_days:
        return "told"
    if late >= rhythm.remind_after_days:
        return "reminded"
    return "due" if late > 0 else "in_time"


def holds_on(due: date, rhythm: Rhythm) -> date:
    """From this day nobody new is introduced, if nothing was signed before."""
    return due + timedelta(days=rhythm.hold_after_days)
